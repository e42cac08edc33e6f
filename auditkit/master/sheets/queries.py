"""*Queries*: every finding, with where it is, what is wrong and what to do."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.tables import Tables, rows

NAME = "Queries"
ABOUT = (
    "Everything that somebody should look at, file by file, the gravest first: what is wrong and what to do."
)
NOTHING = "Nothing needs a look: no return gave cause for a query or a note."
COLUMNS = (
    Column("Severity", 10, repeats=True),
    Column("File", 30, repeats=True),
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 26, repeats=True),
    Column("Sheet", 18, repeats=True),
    Column("Cell", 7, "id"),
    Column("Question", 12, repeats=True),
    Column("Value", 28),
    Column("What is wrong", 48),
    Column("What to do", 48, repeats=True),
)
SEVERITY_COL = 0
_SHOWN = ["severity", "file", "recipient_id", "recipient", "sheet", "cell", "question", "value", "what", "do"]


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    shown = rows(tables.findings, *_SHOWN)
    write_table(book, NAME, COLUMNS, shown, nothing=NOTHING, freeze=2)
