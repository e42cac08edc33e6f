"""The trail: every change that a progress return ever made, in ``trail.jsonl`` in the round's folder.

Lines are only ever added. Each is sealed with the round's key over its own words and the seal of the line
before, and the round keeps how many there are; so a line that was changed, taken out or put in shows. What a
return changed that has gone from the folder stays in the trail, and doesn't count any more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from auditkit.errors import AuditkitError
from auditkit.fields import Value
from auditkit.fields.plain import as_json, from_json
from auditkit.files import atomic_write, write_state
from auditkit.returns.progress import Step
from auditkit.round import PRIVATE, Round

FILE, HEAD = "trail.jsonl", "trail.json"
# What tells a change from every other, wherever its file lies and whatever its question is called by now.
Key = tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A line of the trail: its number from 1, when it was written (UTC), and the change."""

    number: int
    recorded: dt.datetime
    step: Step


@dataclass(frozen=True)
class Progress:
    """What progress returns changed: the changes that count now, and the whole trail."""

    steps: tuple[Step, ...]
    trail: tuple[Entry, ...]

    @cached_property
    def by_recipient(self) -> Mapping[str, tuple[Step, ...]]:
        """The changes that count now, by recipient id."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.recipient_id, []).append(step)
        return {recipient_id: tuple(own) for recipient_id, own in found.items()}


def files(folder: Path) -> tuple[Path, Path]:
    """Return where the trail of the round in ``folder`` is, and what is kept of it."""
    return folder / FILE, folder / PRIVATE / HEAD


def kept(round_: Round, steps: Collection[Step], at: dt.datetime) -> tuple[Entry, ...]:
    """Add to the trail of a round what isn't in it yet.

    Args:
        round_: The round.
        steps: The changes that progress returns make now.
        at: When this is.

    Returns:
        The whole trail, the oldest first.

    Raises:
        AuditkitError: The trail was altered, a part of it has gone, or it can't be written.
    """
    path, head = files(round_.folder)
    if not steps and not path.exists() and not head.exists():
        return ()
    lines, seal = _read(round_, path, head)
    entries = [_entry(line, n) for n, line in enumerate(lines, start=1)]
    known = {key(entry.step) for entry in entries}
    added: list[bytes] = []
    for step in steps:
        if key(step) not in known:
            known.add(key(step))
            entry = Entry(len(entries) + 1, at.replace(microsecond=0), step)
            entries.append(entry)
            words = _words(entry)
            seal = _seal(round_.key(), seal, words)
            added.append(json.dumps({**words, "seal": seal}).encode() + b"\n")
    if added:
        before = path.read_bytes() if path.exists() else b""
        atomic_write(path, b"".join([before, *added]), siblings=False)
    if added or not head.exists():
        write_state(head, json.dumps({"lines": len(entries), "seal": seal}).encode())
    return tuple(entries)


def key(step: Step) -> Key:
    """Return what tells a change from every other."""
    values = (json.dumps(_plain(value)) for value in (step.old, step.new))
    return (step.sha256, step.sheet, step.cell, *values)


def _read(round_: Round, path: Path, head: Path) -> tuple[list[dict[str, Any]], str]:
    """Return the lines of a trail and the seal of the last, once it is sure that all are as they were."""
    try:
        content = path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    seal, seals, lines = "", [""], list[dict[str, Any]]()
    for number, text in enumerate(content, start=1):
        try:
            line = json.loads(text)
            said = line.pop("seal")
            seal = _seal(round_.key(), seal, line)
            sound = line["number"] == number and hmac.compare_digest(said, seal)
            _entry(line, number)
        except (ValueError, TypeError, KeyError, AttributeError):
            sound = False
        if not sound:
            raise AuditkitError(
                f"Line {number} of {path} isn't as auditkit wrote it, so the trail can't be relied on. Put "
                f"back a copy of {FILE} from a backup. Nothing was added to it."
            )
        seals.append(seal)
        lines.append(line)
    count, last = _head(head)
    if count >= len(seals) or seals[count] != last:
        raise AuditkitError(
            f"{path} had {count} lines, and {len(lines)} are left: some of the trail has gone. Put back a "
            f"copy of {FILE} from a backup. Nothing was added to it."
        )
    return lines, seal


def _head(head: Path) -> tuple[int, str]:
    """Return how many lines there were, and the seal of the last; none if that has gone or is damaged."""
    try:
        said = json.loads(head.read_bytes())
        return int(said["lines"]), str(said["seal"])
    except (OSError, ValueError, TypeError, KeyError):
        return 0, ""


def _seal(secret: bytes, before: str, words: dict[str, Any]) -> str:
    said = json.dumps([before, words], sort_keys=True)
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


def _words(entry: Entry) -> dict[str, Any]:
    step = {field.name: _plain(getattr(entry.step, field.name)) for field in fields(Step)}
    return {"number": entry.number, "recorded": entry.recorded.isoformat(), **step}


def _entry(line: dict[str, Any], number: int) -> Entry:
    step = {field.name: line[field.name] for field in fields(Step)}
    old, new = step["old"], step["new"]
    when = None if step["when"] is None else dt.datetime.fromisoformat(step["when"])
    values = {"when": when, "old": None if old is None else from_json(old), "new": from_json(new)}
    return Entry(number, dt.datetime.fromisoformat(line["recorded"]), Step(**{**step, **values}))


def _plain(value: Value | dt.datetime | None) -> Any:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, dt.datetime) else None if value is None else as_json(value)
