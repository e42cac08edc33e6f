"""The lists sheet, hidden: what the dropdowns offer.

Ranges, not lists inside the validation: those hold 255 characters at most and split at every comma.
"""

from __future__ import annotations

from auditkit.definition.model import Audit
from auditkit.fields import kind_of
from auditkit.workbook.book import Book
from auditkit.workbook.layout import LISTS_SHEET, Layout


def columns(layout: Layout, audit: Audit) -> dict[tuple[str | float, ...], int]:
    """Return each distinct list of choices in the layout with its column, counting from 0."""
    found: dict[tuple[str | float, ...], int] = {}
    for block in layout.blocks:
        for slot in block.slots:
            choices = kind_of(slot.field).choices(slot.field, audit)
            if choices:
                found.setdefault(choices, len(found))
    return found


def write(book: Book) -> None:
    """Write the sheet: one list a column, below a heading."""
    sheet = book.file.add_worksheet(LISTS_SHEET)
    for choices, column in book.lists.items():
        sheet.set_column(column, column, 24)
        sheet.write_string(0, column, f"List {column + 1}", book.format("header"))
        for row, choice in enumerate(choices, start=1):
            sheet.write(row, column, choice, book.format("plain"))
    sheet.protect()
    sheet.hide()
