"""An anonymous survey: between the files that came back and the tables, what tells who sent which goes.

The tables, the master and the report know returns by numbers that follow from the answers alone. So neither
token nor file name nor time stands beside an answer, and the order says nothing of any of them.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from auditkit.fields.plain import as_text
from auditkit.register import Recipient
from auditkit.returns.catalogue import completeness, content, structure, values
from auditkit.returns.findings import severity
from auditkit.returns.model import Count, Finding, Return

# What is told of a return that counts: what it says, and nothing of where it came from.
TOLD = frozenset(e.code for subject in (structure, values, completeness, content) for e in subject.ENTRIES)
OTHER = "another return"
# The most digits that a number may need.
DIGITS = 4


def veiled(
    files: Iterable[Return], recipients: Iterable[Recipient], key: bytes
) -> tuple[tuple[Return, ...], tuple[Recipient, ...]]:
    """Return the files and recipients of a round as its tables may know them.

    Args:
        files: What came back, with outcomes.
        recipients: The tokens.
        key: The round's key: without it nobody can work out which answers give which number.

    Returns:
        The files: of those that count the answers, under a number; of earlier ones of the same token only
        that there were some; of all others name and why, so that something can be done. And as many
        recipients as before, called by number.
    """
    files, tokens = tuple(files), tuple(recipients)
    counting = sorted((f for f in files if f.outcome == "accepted"), key=_digest(key))
    earlier = sorted((f for f in files if f.outcome == "superseded"), key=_digest(key))
    known = {*(token.id for token in tokens), *(file.file for file in files)}
    names = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))
    shown = [_counts(file, _number(n), names) for n, file in enumerate(counting, start=1)]
    shown += [_bare(file, f"earlier {_number(n)}", ()) for n, file in enumerate(earlier, start=1)]
    rest = [file for file in files if file.outcome not in ("accepted", "superseded")]
    shown += [_bare(file, file.file, tuple(filter(_is_about_file, file.findings))) for file in rest]
    people = [Recipient(_number(n), f"Return {n}") for n in range(1, len(counting) + 1)]
    open_ = range(len(counting) + 1, len(tokens) + 1)
    people += [Recipient(_number(n), "Not returned") for n in open_]
    return tuple(shown), tuple(people)


def _digest(key: bytes) -> Callable[[Return], bytes]:
    """Return what puts returns in an order that follows from what they say, and that nobody can foresee."""

    def of(file: Return) -> bytes:
        cells = sorted("\0".join((a.block, a.row_key, a.column_key, as_text(a.typed))) for a in file.answers)
        cells += sorted("\0".join((note.sheet, note.cell, note.text)) for note in file.notes)
        return hmac.new(key, "\1".join(cells).encode("utf-8", "replace"), hashlib.sha256).digest()

    return of


def _number(n: int) -> str:
    return f"R{n:0{DIGITS}}"


def _counts(file: Return, number: str, names: re.Pattern[str]) -> Return:
    """Return a file that counts, known by its number only."""
    own = tuple(answer._replace(file="") for answer in file.answers)
    told = tuple(_scrubbed(f, number, names) for f in file.findings if f.code in TOLD)
    notes = tuple(replace(note, file=number) for note in file.notes)
    bare = _bare(file, number, told)
    return replace(bare, recipient_id=number, answers=own, notes=notes, counted=file.counted)


def _bare(file: Return, name: str, findings: tuple[Finding, ...]) -> Return:
    """Return a file without anything that was typed in it, and without whose it is, when, and from where."""
    return Return(name, "", file.outcome, findings=findings, counted=Count())


def _scrubbed(finding: Finding, number: str, names: re.Pattern[str]) -> Finding:
    """Return a finding that names no file and no token."""
    data = tuple((name, names.sub(OTHER, text)) for name, text in finding.data)
    return replace(finding, file=number, data=data)


def _is_about_file(finding: Finding) -> bool:
    """Tell whether a finding says why a file doesn't count, and not what was typed in it."""
    return severity(finding) in ("held", "rejected") or not (finding.cell or finding.question)
