"""What counted in earlier runs of collate, so that a run can say what has changed since.

Two runs are remembered: the last, and the last before it in which anything was different. A run in which
nothing changed leaves the record alone and is compared with the same run as before, so that collating twice
gives the same master. Without a record (it was deleted, or is damaged) a run is compared with nothing.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.files import write_state
from auditkit.returns.model import Answer, Return
from auditkit.round import Round

# Longer texts are remembered by their beginning and a digest.
LONGEST_TEXT = 400
# No record is larger than this, before it is compressed.
LARGEST = 64 * 1024 * 1024

# Block, row and column of an answer.
Key = tuple[str, str, str]
# A value as the record holds it: JSON, and short.
Kept = str | float | dict[str, str]


@dataclass(frozen=True)
class Counted:
    """The return of one recipient that counted: its file, content and answers, each with its own file."""

    file: str
    sha256: str
    answers: Mapping[Key, tuple[Kept, str]]


@dataclass(frozen=True)
class Run:
    """What counted in a run, by recipient id. ``at`` is when it was, in UTC, as ISO writes it."""

    at: str
    counted: Mapping[str, Counted]


@dataclass(frozen=True)
class History:
    """The last run, and the last before it in which something else counted."""

    last: Run | None = None
    earlier: Run | None = None

    def before(self, now: Run) -> Run | None:
        """Return the run that ``now`` is compared with: the last in which anything was different."""
        if self.last is None or self.last.counted != now.counted:
            return self.last
        return self.earlier


def this_run(returns: Iterable[Return], at: dt.datetime) -> Run:
    """Return what counts now.

    Args:
        returns: All returns of the round, with their outcomes.
        at: When the run is.
    """
    return Run(at.astimezone(dt.timezone.utc).isoformat(timespec="seconds"), counted(returns))


def counted(returns: Iterable[Return]) -> dict[str, Counted]:
    """Return the accepted return of each recipient that has one, by recipient id.

    Args:
        returns: All returns of the round, with their outcomes.
    """
    return {
        one.recipient_id: Counted(
            one.file,
            one.sha256,
            {(a.block, a.row_key, a.column_key): (kept(a), a.file or one.file) for a in one.answers},
        )
        for one in returns
        if one.outcome == "accepted"
    }


def kept(answer: Answer) -> Kept:
    """Return the value of an answer (else what was typed) as the record holds it."""
    value = answer.value if answer.value is not None else as_text(answer.typed)
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return {"text": value[:LONGEST_TEXT], "digest": hashlib.sha256(value.encode()).hexdigest()[:16]}
    return value


def shown(value: Kept) -> Value:
    """Return a value of the record as outputs show it; long texts end in an ellipsis."""
    if not isinstance(value, dict):
        return value
    return dt.date.fromisoformat(value["date"]) if "date" in value else f"{value['text']}…"


def read(round_: Round) -> History:
    """Return what is remembered; nothing if the record is gone, damaged or too large."""
    try:
        with gzip.open(_path(round_)) as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            return History()
        record = json.loads(content)
        return History(_run(record["last"]), _run(record["earlier"]))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError, AttributeError):
        return History()


def remember(round_: Round, history: History, now: Run) -> None:
    """Remember a run, unless nothing changed in it.

    Args:
        round_: The round.
        history: What was remembered before it.
        now: The run.

    Raises:
        AuditkitError: The round's folder can't be written to.
    """
    if history.last is not None and history.last.counted == now.counted:
        return
    content = _written(History(now, history.last))
    if len(content) > LARGEST:
        content = _written(History(now))
    if len(content) > LARGEST:
        content = _written(History())
    write_state(_path(round_), gzip.compress(content, 6, mtime=0))


def _written(history: History) -> bytes:
    def plain(run: Run | None) -> dict[str, Any] | None:
        if run is None:
            return None
        counted = {
            recipient: {
                "file": one.file,
                "sha256": one.sha256,
                "answers": [[*key, *said] for key, said in one.answers.items()],
            }
            for recipient, one in run.counted.items()
        }
        return {"at": run.at, "counted": counted}

    record = {"last": plain(history.last), "earlier": plain(history.earlier)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _run(record: dict[str, Any] | None) -> Run | None:
    if record is None:
        return None
    at = dt.datetime.fromisoformat(record["at"]).isoformat()
    return Run(at, {recipient: _counted(**one) for recipient, one in record["counted"].items()})


def _counted(file: str, sha256: str, answers: list[Any]) -> Counted:
    found: dict[Key, tuple[Kept, str]] = {}
    for block, row_key, column_key, value, own in answers:
        shown(value)  # whoever reads the record later can show it
        found[block, row_key, column_key] = (value, own)
    return Counted(file, sha256, found)


def _path(round_: Round) -> Path:
    return round_.private / "runs.json.gz"
