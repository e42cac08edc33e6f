"""How a round stood when its master was last made: a run in which nothing changed isn't made again.

The master follows from the round's folder, the returns and the day alone. As long as all of them are as they
were, and so is the master, it is the one that a run would make. To find out, files are only hashed: nothing
of them is read, and no definition.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from auditkit import program, rota, trail
from auditkit.errors import AuditkitError
from auditkit.files import is_open, write_state
from auditkit.guard.limits import Limits
from auditkit.returns import intake
from auditkit.round import DEFINITIONS, MASTER, PRIVATE, REGISTERS, SETTINGS, TABLES, Round

# What of the round's private folder a master follows from; the record of runs is looked at apart.
RECORDS = ("key", "issued.json", "decisions.json", "shown.json", "carried.json")
RUNS = "runs.store"


@dataclass(frozen=True)
class Counts:
    """How a round stands, in the numbers that ``--json`` prints."""

    files: int
    returns: int
    accepted: int
    superseded: int
    held: int
    rejected: int
    passed_over: int
    recipients: int
    returned: int
    partly: int
    nil_return: int
    not_returned: int
    closed: int
    findings: int
    answers: int
    not_asked: int = 0
    progress: int = 0

    @property
    def needs_decision(self) -> bool:
        """Whether a file waits for the officer: it was held or rejected."""
        return bool(self.held or self.rejected)

    def as_json(self, master: Path) -> dict[str, int | str]:
        """Return the object that ``--json`` prints, with where the master is."""
        return {**asdict(self), "master": str(master)}


@dataclass(frozen=True)
class Standing:
    """The figures of the master that is there. ``at`` is when it was made; ``queries`` how many it asks."""

    at: dt.datetime
    counts: Counts
    queries: int


def made_from(folder: Path, returns: Path | intake.Address, as_at: dt.date) -> str | None:
    """Return a digest of everything that a master is made from.

    Args:
        folder: The round's folder. It is looked at as it is, before anything of it is loaded.
        returns: The returns folder.
        as_at: The day to which the master speaks.

    Returns:
        The digest, None if a file can't be looked at, so that it isn't known; what a store holds is known
        only by fetching all of it.
    """
    if isinstance(returns, intake.Address):
        return None
    try:
        parts = [program.digest(), as_at.isoformat(), *_own(folder), *_returned(returns)]
    except (OSError, AuditkitError, intake.UnreadableError):
        return None
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def unchanged(folder: Path, made_from: str) -> Standing | None:
    """Return how a round stands if its master is the one that a run would make.

    Args:
        folder: The round's folder.
        made_from: What the run would make it from, as :func:`made_from` gives it.

    Returns:
        None if something changed, or the master is gone, edited or open: then a run is needed.
    """
    try:
        record = json.loads((folder / PRIVATE / "standing.json").read_bytes())
        seal = record.pop("seal")
        known = Standing(
            dt.datetime.fromisoformat(record["at"]), Counts(**record["counts"]), record["queries"]
        )
        same = hmac.compare_digest(seal, _seal(folder, made_from, record))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return known if same and not is_open(folder / MASTER) else None


def remember(round_: Round, made_from: str, at: dt.datetime, counts: Counts, queries: int) -> None:
    """Remember what the master that was just written was made from.

    Args:
        round_: The round.
        made_from: What :func:`made_from` gave before the round was loaded.
        at: When the run was.
        counts: Its figures.
        queries: How many queries it has.

    Raises:
        AuditkitError: The round's folder can't be written to.
    """
    record = {"at": at.isoformat(timespec="seconds"), "counts": asdict(counts), "queries": queries}
    record["seal"] = _seal(round_.folder, made_from, record)
    write_state(round_.private / "standing.json", json.dumps(record, indent=1).encode())


def _seal(folder: Path, made_from: str, record: object) -> str:
    """Return what ties figures to the master and the record of runs as they are; only the key makes it."""
    master, runs = _digest(folder / MASTER), _digest(folder / PRIVATE / RUNS)
    kept = [_digest(path) for path in trail.files(folder) if path.exists()]
    key = (folder / PRIVATE / "key").read_bytes()
    content = json.dumps([made_from, master, runs, kept, _tables(folder), record])
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def _tables(folder: Path) -> list[tuple[str, int, int]]:
    """Return what shows whether a table was deleted or worked in: they are too large to be hashed."""
    statuses = ((path.name, path.stat()) for path in sorted((folder / TABLES).glob("*")))
    return [(name, status.st_size, status.st_mtime_ns) for name, status in statuses]


def _own(folder: Path) -> Iterator[tuple[str, str]]:
    private = folder / PRIVATE
    names = (SETTINGS, *DEFINITIONS, *REGISTERS, rota.FILE)
    for path in (
        *(folder / name for name in names),
        *(private / name for name in RECORDS),
        *sorted((private / "editions").glob("*.json")),
    ):
        yield path.name, _digest(path) if path.exists() else ""


def _returned(returns: Path) -> Iterator[tuple[str, ...]]:
    limits = Limits()
    for found in intake.find(returns):
        if found.problem is not None:
            yield found.file, found.problem.code, *(text for pair in found.problem.data for text in pair)
        else:
            incoming = intake.load(found, limits)
            yield found.file, incoming.sha256, incoming.received.isoformat()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
