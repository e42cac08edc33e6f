"""*Trail*: every change that a progress return ever made: who, when, from what to what, in which file."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.style import WARNING
from auditkit.tables import NO, Tables, rows

NAME = "Trail"
ABOUT = "Every change that a progress return ever made: who, when, from what to what, and in which file."
NOTHING = "No progress return has changed anything yet."
COLUMNS = (
    Column("No.", 7, "count"),
    Column("Made (UTC)", 16),
    Column("By", 20, repeats=True),
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 24, repeats=True),
    Column("Section", 20, repeats=True),
    Column("Question ID", 11, "id", repeats=True),
    Column("Question", 32, repeats=True),
    Column("Field", 14, repeats=True),
    Column("Before", 28),
    Column("After", 28),
    Column("File", 26, repeats=True),
    Column("Counts", 9, "centred", repeats=True),
    Column("Recorded (UTC)", 16),
)
VALUES, COUNTS_COL = (9, 10), 12
_SHOWN = (
    *("number", "made", "who", "recipient_id", "recipient", "section", "question_id", "question", "field"),
    *("old", "new", "file", "counts", "recorded"),
)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    gone = book.file.add_format({"bold": True, "font_color": WARNING})
    rule = {"type": "cell", "criteria": "==", "value": f'"{NO}"', "format": gone}
    for sheet in write_table(book, NAME, COLUMNS, rows(tables.trail, *_SHOWN), nothing=NOTHING, freeze=4):
        for col in VALUES:
            book.colour_ratings(sheet, (1, col, sheet.count, col), tables.audit.scales)
        sheet.conditional_format(1, COUNTS_COL, sheet.count, COUNTS_COL, rule)
