"""*To ask*: what an agency has to say more about: rows without an action or a reason, dates to check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.chronology import actions, dates
from auditkit.chronology.event import Chronology
from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table

NAME = "To ask"
ABOUT = "What to ask agencies: rows that say neither what was done nor why nothing was, and dates to check."
COLUMNS = (
    Column("Kind", 22, repeats=True),
    Column("No.", 6, "count"),
    Column("Agency", 9, "id", repeats=True),
    Column("Name", 24, repeats=True),
    Column("When", 18),
    Column("What happened", 46),
    Column("What is the matter", 46),
    Column("File", 22, repeats=True),
    Column("Sheet", 14, repeats=True),
    Column("Row", 6, "count"),
)
NOTHING = "There is nothing to ask."


def write(book: Book, chronology: Chronology) -> None:
    """Write the sheet."""
    write_table(book, NAME, COLUMNS, _lines(chronology), nothing=NOTHING, freeze=3)


def _lines(chronology: Chronology) -> Iterator[tuple[Any, ...]]:
    for kind in (dates.KIND, actions.KIND):
        for mark in chronology.of_kind(kind):
            event = chronology.events[mark.events[0] - 1]
            who = (event.number, event.recipient_id, event.recipient, event.when, event.event or None)
            yield (kind, *who, mark.what, event.file, event.sheet, event.row)
