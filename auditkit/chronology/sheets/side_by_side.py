"""*Side by side*: rows that may be of one event, two by two, with what they differ in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.chronology import contradictions, duplicates
from auditkit.chronology.event import Chronology, Event
from auditkit.chronology.look import A3
from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table

NAME = "Side by side"
ABOUT = (
    "Rows that may be of one event, two by two: contradictions between agencies, then likely duplicates. "
    "Nothing was merged: you decide."
)
_ROW = (
    Column("No.", 6, "count"),
    Column("Agency", 9, "id", repeats=True),
    Column("When", 16),
    Column("About", 11, repeats=True),
    Column("What happened", 40),
    Column("Child seen", 7, repeats=True),
    Column("Source", 16, repeats=True),
)
COLUMNS = (
    Column("Kind", 15, repeats=True),
    Column("What differs", 30),
    Column("Alike %", 7, "count"),
    *_ROW,
    *(Column(f"Other {c.header[0].lower()}{c.header[1:]}", c.width, c.style, c.repeats) for c in _ROW),
)
NOTHING = "No two rows look as if they were of one event."


def write(book: Book, chronology: Chronology) -> None:
    """Write the sheet."""
    for sheet in write_table(book, NAME, COLUMNS, _lines(chronology), nothing=NOTHING, freeze=1):
        sheet.set_paper(A3)


def _lines(chronology: Chronology) -> Iterator[tuple[Any, ...]]:
    for kind in (contradictions.KIND, duplicates.KIND):
        for mark in chronology.of_kind(kind):
            one, other = (chronology.events[number - 1] for number in mark.events)
            yield (kind, mark.what, mark.alike or None, *_shown(one), *_shown(other))


def _shown(event: Event) -> tuple[Any, ...]:
    said = (event.when, event.subject or None, event.event or None, event.child_seen or None)
    return (event.number, event.recipient_id, *said, event.source or None)
