"""*Trail*: every change that a progress return ever made: who, when, from what to what, in which file."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.changed import BEFORE, NOW, WHERE, write_changed
from auditkit.master.flat import Column
from auditkit.master.style import WARNING
from auditkit.tables import NO, Tables

NAME = "Trail"
ABOUT = "Every change that a progress return ever made: who, when, from what to what, and in which file."
NOTHING = "No progress return has changed anything yet."
SHOWN = (
    ("number", Column("No.", 7, "count")),
    ("made", Column("Made (UTC)", 16)),
    ("who", Column("By", 20, repeats=True)),
    *WHERE,
    BEFORE,
    NOW,
    ("file", Column("File", 26, repeats=True)),
    ("counts", Column("Counts", 9, "centred", repeats=True)),
    ("recorded", Column("Recorded (UTC)", 16)),
)
COUNTS_COL = [name for name, _ in SHOWN].index("counts")


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    gone = book.file.add_format({"bold": True, "font_color": WARNING})
    rule = {"type": "cell", "criteria": "==", "value": f'"{NO}"', "format": gone}
    for sheet in write_changed(book, tables, tables.trail, NAME, SHOWN, nothing=NOTHING):
        sheet.conditional_format(1, COUNTS_COL, sheet.count, COUNTS_COL, rule)
