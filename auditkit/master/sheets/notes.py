"""*Notes*: what respondents wrote beside, below or around the form."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.tables import Tables, rows

NAME = "Notes"
ABOUT = (
    "What respondents wrote outside the answer cells: beside a question, below, or on a sheet of their own."
)
NOTHING = "Nobody wrote anything outside the answer cells."
COLUMNS = (
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 26, repeats=True),
    Column("Ref", 14, "id", repeats=True),
    Column("Note", 60),
    Column("File", 34, repeats=True),
    Column("Sheet", 24, repeats=True),
    Column("Cell", 8, "id"),
)
_SHOWN = ["recipient_id", "recipient", "question_id", "note", "file", "sheet", "cell"]


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    shown = rows(tables.notes, *_SHOWN)
    write_table(book, NAME, COLUMNS, shown, nothing=NOTHING, freeze=2)
