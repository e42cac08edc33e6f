"""*Numbers*: every number that was asked for, a row for each recipient and number."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.rows import FlatSheet
from auditkit.master.style import WARNING
from auditkit.tables import YES, Tables, rows

NAME = "Numbers"
ABOUT = "Every number that was asked for: what was given, what isn't collected and what is missing."
NOTHING = "No number was asked of anybody."
COLUMNS = (
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 26, repeats=True),
    Column("Group", 16, repeats=True),
    Column("Section", 18, repeats=True),
    Column("Question ID", 11, "id", repeats=True),
    Column("Measure", 38, repeats=True),
    Column("Unit", 12, repeats=True),
    Column("For", 20, repeats=True),
    Column("Value", 12),
    Column("Status", 14, repeats=True),
    Column("As typed", 16),
    Column("Comment", 30),
)
SMALL = Column("Not to be published", 12, "centred", repeats=True)
_SHOWN = (
    *("recipient_id", "recipient", "group", "section", "question_id", "question", "unit", "period"),
    *("value", "status", "typed", "comment"),
)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet; counts that are too small to be published are marked, if the audit says which."""
    if tables.audit.number_policy.small is None:
        write_table(book, NAME, COLUMNS, rows(tables.numbers, *_SHOWN), nothing=NOTHING, freeze=2)
        return
    columns = (*COLUMNS, SMALL)
    lines = ((*line, mark(small)) for *line, small in rows(tables.numbers, *_SHOWN, "small"))
    for sheet in write_table(book, NAME, columns, lines, nothing=NOTHING, freeze=2):
        warn(book, sheet, len(COLUMNS))


def mark(small: str) -> str | None:
    """Return what says that a number is too small to be published."""
    return YES if small == YES else None


def warn(book: Book, sheet: FlatSheet, col: int) -> None:
    """Make a mark in a column stand out."""
    bold = book.file.add_format({"bold": True, "font_color": WARNING})
    rule = {"type": "cell", "criteria": "==", "value": f'"{YES}"', "format": bold}
    sheet.conditional_format(1, col, sheet.count, col, rule)
