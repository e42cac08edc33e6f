"""The identity sheet, very hidden: whose workbook this is, in text cells."""

from __future__ import annotations

from auditkit.workbook.book import Book
from auditkit.workbook.layout import IDENTITY_SHEET


def write(book: Book) -> None:
    """Write the sheet: name and value, a row each."""
    sheet = book.file.add_worksheet(IDENTITY_SHEET)
    for row, (name, value) in enumerate(book.issue.identity.rows()):
        sheet.write_string(row, 0, name)
        sheet.write_stamp(row, 1, value)
    sheet.protect()
    sheet.very_hidden()
