"""What the officer decided about files that came back: who, when, why, by content.

A decision follows the content of a file (its SHA-256), not its name, so that it holds however often the
round is collated and wherever the file is moved. Nothing is ever taken out of the record: undoing is an
entry of its own.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, get_args

from auditkit.errors import AuditkitError
from auditkit.files import write_state

if TYPE_CHECKING:
    from auditkit.round import Round

Kind = Literal["accept", "exclude", "undo"]


@dataclass(frozen=True)
class Decision:
    """One entry of the record.

    ``number`` counts from 1. ``file`` is what the file was called when it was decided, ``sha256`` its
    content. ``recipient_id`` is whose return it is, if it was accepted. ``undoes`` is the number of the
    decision that this one takes back. ``when`` is UTC, as ISO writes it.
    """

    number: int
    kind: Kind
    who: str
    when: str
    why: str = ""
    file: str = ""
    sha256: str = ""
    recipient_id: str = ""
    undoes: int = 0

    @property
    def time(self) -> dt.datetime:
        """When it was taken."""
        return dt.datetime.fromisoformat(self.when)


@dataclass(frozen=True)
class State:
    """What has become of a decision: whether it holds for its file, or by which later one it doesn't.

    ``by`` is the number of the entry that took it back, or of the one that holds for the file instead.
    """

    what: Literal["in force", "replaced", "taken back"]
    by: int = 0

    def __str__(self) -> str:
        return f"{self.what} by {self.by}" if self.by else self.what


def read(round_: Round) -> tuple[Decision, ...]:
    """Return the whole record, oldest first.

    Raises:
        AuditkitError: It is damaged. It is never guessed at, since it says what counts.
    """
    path = round_.private / "decisions.json"
    try:
        record = tuple(Decision(**entry) for entry in json.loads(path.read_text(encoding="utf-8")))
        sound = all(_sound(entry, number) for number, entry in enumerate(record, start=1))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    except (ValueError, TypeError):
        sound = False
    if not sound:
        raise AuditkitError(
            f"{path} is damaged, so it isn't known what you decided about files. Put back a copy of it "
            "from a backup; if there is none, delete it and take the decisions again."
        )
    return record


def in_force(record: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision that holds for each content: the last one that wasn't undone.

    Args:
        record: All decisions, oldest first.

    Returns:
        The decisions by SHA-256.
    """
    record = tuple(record)
    undone = {entry.undoes for entry in record if entry.kind == "undo"}
    return {e.sha256: e for e in record if e.kind != "undo" and e.number not in undone}


def states(record: Iterable[Decision]) -> dict[int, State]:
    """Return what has become of each decision, by its number; an undoing has no state of its own.

    Args:
        record: All decisions, oldest first.
    """
    record = tuple(record)
    undone = {entry.undoes: entry.number for entry in record if entry.kind == "undo"}
    holds = in_force(record)
    found = {}
    for entry in record:
        if entry.number in undone:
            found[entry.number] = State("taken back", undone[entry.number])
        elif entry.kind != "undo" and holds[entry.sha256] == entry:
            found[entry.number] = State("in force")
        elif entry.kind != "undo":
            found[entry.number] = State("replaced", holds[entry.sha256].number)
    return found


def add(
    round_: Round,
    kind: Kind,
    *,
    who: str,
    now: dt.datetime,
    why: str = "",
    file: str = "",
    sha256: str = "",
    recipient_id: str = "",
    undoes: int = 0,
) -> Decision:
    """Record a decision.

    Args:
        round_: The round.
        kind: What was decided.
        who: Who decided.
        now: When.
        why: Why.
        file: What the file is called.
        sha256: Its content.
        recipient_id: Whose return it is.
        undoes: The number of the decision that is taken back.

    Returns:
        The decision, as it was recorded.

    Raises:
        AuditkitError: The record is damaged or can't be written.
    """
    record = read(round_)
    when = now.astimezone(dt.timezone.utc).isoformat(timespec="seconds")
    entry = Decision(len(record) + 1, kind, who, when, why, file, sha256, recipient_id, undoes)
    text = json.dumps([asdict(each) for each in (*record, entry)], ensure_ascii=False, indent=1)
    write_state(round_.private / "decisions.json", text.encode())
    return entry


def undo(round_: Round, number: int, *, who: str, now: dt.datetime, why: str = "") -> Decision:
    """Take a decision back; what was decided about the same file before holds again.

    Args:
        round_: The round.
        number: The decision.
        who: Who takes it back.
        now: When.
        why: Why.

    Returns:
        The decision that was taken back.

    Raises:
        AuditkitError: There is no such decision, or it can't be taken back; or the record can't be written.
    """
    record = {entry.number: entry for entry in read(round_)}
    if number not in record:
        raise AuditkitError(f"There is no decision {number}. List them with: auditkit decisions")
    entry = record[number]
    if entry.kind == "undo":
        raise AuditkitError(
            f"Decision {number} took back decision {entry.undoes}. To have that again, decide again: "
            "auditkit accept or auditkit exclude."
        )
    by = next((e.number for e in record.values() if e.kind == "undo" and e.undoes == number), None)
    if by is not None:
        raise AuditkitError(f"Decision {number} was already taken back (by decision {by}).")
    add(round_, "undo", who=who, now=now, why=why, file=entry.file, sha256=entry.sha256, undoes=number)
    return entry


def _sound(entry: Decision, number: int) -> bool:
    """Tell whether an entry is one that this module wrote."""
    texts = (entry.who, entry.why, entry.file, entry.sha256, entry.recipient_id)
    return (
        entry.number == number
        and entry.kind in get_args(Kind)
        and all(isinstance(text, str) for text in texts)
        and isinstance(entry.undoes, int)
        and entry.time.tzinfo is not None
    )
