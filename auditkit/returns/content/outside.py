"""Text outside the answer cells: kept as notes, so that somebody reads it."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.seen import Seen, some
from auditkit.returns.model import Finding

CODES = ("text-outside",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all notes; what stands in a row without a question has its own."""
    told = {(f.sheet, f.cell) for f in seen.extracted.findings if f.code in ("unkeyed-row", "unknown-row")}
    notes = [note for note in seen.extracted.notes if (note.sheet, note.cell) not in told]
    if notes:
        data = (
            ("count", str(len(notes))),
            ("places", some([f"{note.sheet} {note.cell}" for note in notes])),
        )
        yield Finding("text-outside", seen.file, notes[0].sheet, notes[0].cell, notes[0].question, data=data)
