"""*Gaps*: times without any event, with one person, or without the child being seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.chronology import gaps
from auditkit.chronology.event import Chronology
from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table

NAME = "Gaps"
ABOUT = "Times without any event of any agency, about one person, or without the child being seen."
COLUMNS = (
    Column("Without", 30, repeats=True),
    Column("From", 12),
    Column("To", 12),
    Column("Days", 8, "count"),
    Column("After no.", 8, "count"),
    Column("Agency before", 12, "id", repeats=True),
    Column("Before no.", 8, "count"),
    Column("Agency after", 12, "id", repeats=True),
    Column("In words", 60),
)
NOTHING = "No time without events is as long as a gap."


def write(book: Book, chronology: Chronology) -> None:
    """Write the sheet."""
    write_table(book, NAME, COLUMNS, _lines(chronology), nothing=NOTHING, freeze=1)


def _lines(chronology: Chronology) -> Iterator[tuple[Any, ...]]:
    for mark in chronology.of_kind(gaps.KIND):
        assert mark.first is not None
        assert mark.last is not None
        before, after = (chronology.events[number - 1] for number in mark.events)
        days = (mark.last - mark.first).days + 1
        around = (before.number, before.recipient_id, after.number, after.recipient_id)
        yield (mark.of, mark.first, mark.last, days, *around, mark.what)
