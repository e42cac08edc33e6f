"""Sheets of what no question belongs to: of last time, or of another partnership's audit."""

from __future__ import annotations

from auditkit.workbook.book import Book
from auditkit.workbook.layout import (
    FIRST_ROW,
    FROM_LAST_TIME,
    HEADER_ROW,
    INTRO_ROW,
    KEY_ROW,
    LEFT_COLUMNS,
    NOT_CARRIED,
    OWN_MARK,
    OWN_SHEETS,
    PROGRESS_ROW,
    START_SHEET,
    TITLE_ROW,
)
from auditkit.workbook.own import Left
from auditkit.workbook.rows import left_height
from auditkit.workbook.sheets import colours

# Title and first line of each sheet, and how its headers end.
SAID = {
    FROM_LAST_TIME: (
        "Open from last time",
        "You planned these under questions that aren't asked any more. Carry on with each, or put it under "
        "the question where it belongs now.",
        "then",
    ),
    NOT_CARRIED: (
        "Not carried over",
        "You said these elsewhere, and no question here is known to ask the same. Use what still holds.",
        "there",
    ),
}
STYLES = ("key", "own", "own_rating", "own")


def write(book: Book, name: str, rows: tuple[Left, ...]) -> None:
    """Write a sheet: a row for each of them. Nothing is to be filled in here."""
    title, intro, where = SAID[name]
    sheet = book.add_sheet(name)
    sheet.set_default_row(hide_unused_rows=False)
    widths = [width for _, width in LEFT_COLUMNS]
    for col, width in enumerate(widths):
        sheet.set_column(col, col, width)
    sheet.set_row(TITLE_ROW, 30)
    sheet.write_string(TITLE_ROW, 0, title, book.format("title"))
    sheet.write_string(INTRO_ROW, 0, intro, book.format("subtitle"))
    sheet.write_url(PROGRESS_ROW, 0, f"internal:'{START_SHEET}'!A1", book.format("nav"), "Contents")
    sheet.write_string(KEY_ROW, 0, OWN_MARK, book.format("hidden_key"))
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    last = FIRST_ROW + len(rows) - 1
    named = [f"{header} {where}" for header, _ in LEFT_COLUMNS]
    headers = [{"header": header, "header_format": book.format("header")} for header in named]
    table = f"Left_{OWN_SHEETS.index(name) + 1}"
    options = {"name": table, "style": None, "autofilter": False, "columns": headers}
    sheet.add_table(HEADER_ROW, 0, last, len(widths) - 1, options)
    sheet.set_row(HEADER_ROW, 32)
    for row, one in enumerate(rows, start=FIRST_ROW):
        for col, (text, style) in enumerate(zip(one.texts, STYLES, strict=True)):
            sheet.write_stamp(row, col, text, book.format(style))
        sheet.stamp_height(row, left_height(one.texts))
    colours.texts(book, sheet, (FIRST_ROW, 2, last, 2), book.issue.own.colours.get(name, ()))
    sheet.freeze_panes(FIRST_ROW, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, last, len(widths) - 1)
    sheet.set_zoom(90)
    sheet.protect()
