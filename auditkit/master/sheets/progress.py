"""*Progress*: each recipient and standard by the audit's return, and as it is now."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.style import WARNING
from auditkit.tables import Tables, rows

NAME = "Progress"
ABOUT = "Each recipient, overall and by section: the position by the audit's return, and the position now."
NOTHING = "There is no accepted return with answers yet."
COLUMNS = (
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 26, repeats=True),
    Column("Group", 16, repeats=True),
    Column("Section", 28, repeats=True),
    Column("Rating at the start", 14, "rating", repeats=True),
    Column("Rating now", 14, "rating", repeats=True),
    Column("Change", 10, "centred", repeats=True),
    Column("Not good yet, at the start", 12, "count"),
    Column("Not good yet, now", 12, "count"),
    Column("Actions open at the start", 12, "count"),
    Column("Actions open now", 12, "count"),
    Column("Actions finished", 12, "count"),
    Column("Actions withdrawn", 12, "count"),
    Column("Actions overdue", 12, "count"),
    Column("Answers changed", 12, "count"),
    Column("Last change (UTC)", 16),
)
RATINGS, CHANGE_COL, OVERDUE_COL = (4, 5), 6, 13
_SHOWN = (
    *("recipient_id", "recipient", "group", "section", "rating_start", "rating_now", "change", "to_do_start"),
    *("to_do_now", "open_start", "open_now", "done", "withdrawn", "overdue", "changes", "last_change"),
)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    warning = book.file.add_format({"bold": True, "font_color": WARNING})
    strong = book.file.add_format({"bold": True})
    for sheet in write_table(book, NAME, COLUMNS, rows(tables.progress, *_SHOWN), nothing=NOTHING, freeze=2):
        for col in RATINGS:
            book.colour_ratings(sheet, (1, col, sheet.count, col), tables.audit.scales)
        for word, look in (("worse", warning), ("better", strong)):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
            sheet.conditional_format(1, CHANGE_COL, sheet.count, CHANGE_COL, rule)
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": warning}
        sheet.conditional_format(1, OVERDUE_COL, sheet.count, OVERDUE_COL, rule)
