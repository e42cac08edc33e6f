"""A table of events: blank rows that the respondent fills, sorts and pastes over.

The table that programs see is the answer cells alone: they are unlocked, so it can be sorted on a protected
sheet. The references and what is still needed stand beside it.
"""

from __future__ import annotations

from auditkit.fields import kind_of
from auditkit.heights import Text, row_height
from auditkit.workbook import status
from auditkit.workbook.book import Book
from auditkit.workbook.layout import FIRST_ROW, HEADER_ROW, Block
from auditkit.workbook.protection import SORTABLE, LockedSheet
from auditkit.workbook.sheets import colours
from auditkit.workbook.sheets.block import validation, write_head

HOW = "One row for each event, in any order: sort by the buttons in the heading. Blank rows don't matter."
ROW_HEIGHT = 32.0
A3 = 8


def write(book: Book, block: Block) -> None:
    """Write the sheet."""
    assert block.section is not None
    sheet = book.add_sheet(block.sheet)
    sheet.set_paper(A3)
    sheet.set_default_row(hide_unused_rows=False)
    for col, column in enumerate(block.columns):
        sheet.set_column(col, col, column.width)
    intro = " ".join(filter(None, (block.section.intro, HOW)))
    progress = f'{status.begun(block)}&" rows begun, "&{status.complete(block)}&" complete"'
    write_head(book, sheet, block, intro, progress, "0 rows begun, 0 complete")
    _write_table(book, sheet, block)
    for row, key in enumerate(block.row_keys, start=FIRST_ROW):
        sheet.set_row(row, ROW_HEIGHT)
        sheet.write_string(row, 0, key, book.format("key"))
        formula = status.row_status(book, block, key)
        sheet.write_formula(row, block.col("status"), formula, book.format("status"), "")
    _write_cells(book, sheet, block)
    colours.statuses(book, sheet, block)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, block.last_row, len(block.columns) - 1)
    sheet.set_selection(FIRST_ROW, 1, FIRST_ROW, 1)
    sheet.set_zoom(90)
    sheet.allowed = SORTABLE
    sheet.protect()


def _write_table(book: Book, sheet: LockedSheet, block: Block) -> None:
    header = book.format("header")
    for col, column in enumerate(block.columns):
        sheet.write_string(HEADER_ROW, col, column.header, header)
    answers = [column for column in block.columns if column.role == "answer"]
    sheet.add_table(
        HEADER_ROW,
        1,
        block.last_row,
        block.last_answer,
        {
            "name": f"Standard_{book.issue.layout.blocks.index(block)}",
            "style": None,
            "columns": [{"header": c.header, "header_format": header} for c in answers],
        },
    )
    # The button of the filter takes some of the heading's width.
    heads = ((Text(c.header, max(c.width - 3, 4), bold=True),) for c in block.columns)
    sheet.set_row(HEADER_ROW, max(ROW_HEIGHT, row_height(*heads)))


def _write_cells(book: Book, sheet: LockedSheet, block: Block) -> None:
    """Write the answer cells, blank, with what may be typed in each column."""
    for slot in block.slots:
        sheet.write_blank(slot.row, slot.col, None, book.format(kind_of(slot.field).FORMAT))
    for slot in block.in_row[block.row_keys[0]]:
        allowed = validation(book, slot.field, slot.field.label)
        sheet.data_validation(slot.row, slot.col, block.last_row, slot.col, allowed)
