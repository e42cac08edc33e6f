"""Rows of what respondents wrote outside the answer cells (``notes``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.tables.model import Given, who

Row = tuple[Any, ...]


def note_rows(given: Given) -> Iterator[Row]:
    """Yield a row for each note in an accepted return, in the order of the register and of the file."""
    for recipient, file in given.accepted():
        for note in file.notes:
            place = (note.file, note.sheet, note.cell)
            yield (*who(recipient.id, recipient), note.question or None, note.text, *place)
