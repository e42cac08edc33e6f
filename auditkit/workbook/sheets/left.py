"""The sheet of what no question belongs to now: open actions of last time that mustn't be forgotten."""

from __future__ import annotations

from auditkit.workbook.book import Book
from auditkit.workbook.layout import (
    FIRST_ROW,
    HEADER_ROW,
    INTRO_ROW,
    KEY_ROW,
    OWN_MARK,
    OWN_SHEET,
    PROGRESS_ROW,
    START_SHEET,
    TITLE_ROW,
)
from auditkit.workbook.rows import LEFT_COLUMNS, own_height
from auditkit.workbook.sheets import colours

TITLE = "Open from last time"
INTRO = (
    "You planned these under questions that aren't asked any more. Carry on with each, or put it under the "
    "question where it belongs now."
)
STYLES = ("key", "own", "own_rating", "own")


def write(book: Book) -> None:
    """Write the sheet: a row for each of them. Nothing is to be filled in here."""
    own = book.issue.own
    sheet = book.add_sheet(OWN_SHEET)
    sheet.set_default_row(hide_unused_rows=False)
    widths = [width for _, width in LEFT_COLUMNS]
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    sheet.set_row(TITLE_ROW, 30)
    sheet.write_string(TITLE_ROW, 0, TITLE, book.format("title"))
    sheet.write_string(INTRO_ROW, 0, INTRO, book.format("subtitle"))
    sheet.write_url(PROGRESS_ROW, 0, f"internal:'{START_SHEET}'!A1", book.format("nav"), "Contents")
    sheet.write_string(KEY_ROW, 0, OWN_MARK, book.format("hidden_key"))
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    last = FIRST_ROW + len(own.left) - 1
    headers = [{"header": header, "header_format": book.format("header")} for header, _ in LEFT_COLUMNS]
    options = {"name": "FromLastTime", "style": None, "autofilter": False, "columns": headers}
    sheet.add_table(HEADER_ROW, 0, last, len(widths) - 1, options)
    sheet.set_row(HEADER_ROW, 32)
    for row, one in enumerate(own.left, start=FIRST_ROW):
        for col, (text, style) in enumerate(zip(one.texts, STYLES, strict=True)):
            sheet.write_stamp(row, col, text, book.format(style))
        sheet.stamp_height(row, own_height(one.texts, widths))
    colours.texts(book, sheet, (FIRST_ROW, 2, last, 2), own.colours.get(OWN_SHEET, ()))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, last, len(widths) - 1)
    sheet.set_zoom(90)
    sheet.protect()
