"""*Changes*: cell by cell, what a later return changed, and what has changed since the last run."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.tables import Tables, rows

NAME = "Changes"
ABOUT = (
    "What later returns of the same recipient changed, answer by answer, and what has changed since the last "
    "time that anything did."
)
NOTHING = "Nothing was changed by a later return, or since the last run."
COLUMNS = (
    Column("Compared with", 24, repeats=True),
    Column("Change", 11, repeats=True),
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 26, repeats=True),
    Column("Section", 24, repeats=True),
    Column("Ref", 14, "id", repeats=True),
    Column("Question", 36, repeats=True),
    Column("Field", 16, repeats=True),
    Column("Before", 32),
    Column("Now", 32),
    Column("File before", 26, repeats=True),
    Column("File now", 26, repeats=True),
)
_SHOWN = ["since", "change", "recipient_id", "recipient", "section", "question_id", "question", "field"]
_SHOWN += ["old", "new", "old_file", "new_file"]


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    shown = rows(tables.changes, *_SHOWN)
    write_table(book, NAME, COLUMNS, shown, nothing=NOTHING, freeze=4)
