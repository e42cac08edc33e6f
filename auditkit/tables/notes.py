"""Rows of what respondents wrote outside the answer cells (``notes``)."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.tables.model import Given, Own, who
from auditkit.tables.table import Row


def note_rows(_given: Given, own: Own) -> Iterator[Row]:
    """Yield a row for each note in the return that counts, in the order of the file."""
    if own.counts is None:
        return
    file = own.counts.file
    for note in file.notes:
        place = (note.file, note.sheet, note.cell)
        yield (*who(file.recipient_id, own.recipient), note.question or None, note.text, *place)
