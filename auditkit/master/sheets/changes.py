"""*Changes*: cell by cell, what a later return changed, and what has changed since the last run."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.changed import BEFORE, NOW, WHERE, write_changed
from auditkit.master.flat import Column
from auditkit.tables import Tables

NAME = "Changes"
ABOUT = (
    "What later returns of the same recipient changed, answer by answer, and what has changed since the last "
    "time that anything did."
)
NOTHING = "Nothing was changed by a later return, or since the last run."
SHOWN = (
    ("since", Column("Compared with", 24, repeats=True)),
    ("change", Column("Change", 11, repeats=True)),
    *WHERE,
    BEFORE,
    NOW,
    ("old_file", Column("File before", 26, repeats=True)),
    ("new_file", Column("File now", 26, repeats=True)),
)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    write_changed(book, tables, tables.changes, NAME, SHOWN, nothing=NOTHING)
