"""*Actions*: every action that was typed, with who leads it, by when and whether it is late."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.style import WARNING
from auditkit.tables import YES, Tables, rows

NAME = "Actions"
ABOUT = "Every action in the accepted returns: who leads it, by when, and whether it is overdue."
NOTHING = "No action was typed in an accepted return."
COLUMNS = (
    Column("Recipient ID", 12, "id", repeats=True),
    Column("Recipient", 26, repeats=True),
    Column("Group", 16, repeats=True),
    Column("Section", 20, repeats=True),
    Column("Question ID", 11, "id", repeats=True),
    Column("Question", 38, repeats=True),
    Column("Rating", 14, "rating", repeats=True),
    Column("Action", 46),
    Column("Lead", 20, repeats=True),
    Column("Due", 12),
    Column("Progress", 13, repeats=True),
    Column("Overdue", 10, "centred", repeats=True),
)
RATING_COL, OVERDUE_COL = 6, len(COLUMNS) - 1
_SHOWN = (
    *("recipient_id", "recipient", "group", "section", "question_id", "question"),
    *("rating", "action", "lead", "due", "progress", "overdue"),
)


def wanted(tables: Tables) -> bool:
    """Tell whether the audit asks for actions, or has any."""
    audit = tables.audit
    fields = (field for section in audit.sections for field in audit.responses_of(section))
    return len(tables.actions) > 0 or any(field.role == "action" for field in fields)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    shown = rows(tables.actions, *_SHOWN)
    late = book.file.add_format({"bold": True, "font_color": WARNING})
    rule = {"type": "cell", "criteria": "==", "value": f'"{YES}"', "format": late}
    for sheet in write_table(book, NAME, COLUMNS, shown, nothing=NOTHING, freeze=2):
        book.colour_ratings(sheet, (1, RATING_COL, sheet.count, RATING_COL), tables.audit.scales)
        sheet.conditional_format(1, OVERDUE_COL, sheet.count, OVERDUE_COL, rule)
