"""Names of persons, where only role codes may stand: a warning that names the cell, never the name."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.personal import told
from auditkit.returns.content.seen import Seen, named
from auditkit.returns.details import names_person
from auditkit.returns.model import Finding

CODES = ("person-named",)

WHAT = "a person's name"


def find(seen: Seen) -> Iterator[Finding]:
    """Yield at most one finding, for all cells; fields that ask for a person may hold one."""
    wanted = seen.words.content.names
    if not (seen.audit.cases is not None if wanted is None else wanted):
        return
    places = [
        (WHAT, a.sheet, a.cell, named(a))
        for a in seen.answers
        if a.field.kind != "person" and names_person(a.typed, seen.words)
    ]
    places += [
        (WHAT, note.sheet, note.cell, note.question)
        for note in seen.extracted.notes
        if names_person(note.text, seen.words)
    ]
    if places:
        yield told(*CODES, seen, places)
