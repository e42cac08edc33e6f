"""The sheet of a pack with a row for each member: how far they are, and what each answers for itself."""

from __future__ import annotations

from auditkit.heights import Text, row_height
from auditkit.workbook import status
from auditkit.workbook.book import Book, cell
from auditkit.workbook.layout import FIRST_ROW, HEADER_ROW, Block
from auditkit.workbook.protection import LockedSheet
from auditkit.workbook.sheets import colours
from auditkit.workbook.sheets.block import write_answer, write_head

LEAST_HEIGHT = 32.0


def write(book: Book, block: Block) -> None:
    """Write the sheet."""
    sheet = book.add_sheet(block.sheet)
    sheet.set_default_row(hide_unused_rows=False)
    for col, column in enumerate(block.columns):
        sheet.set_column(col, col, column.width)
    intro, progress, now = f"How far each {book.issue.settings.pack_member} is.", "", ""
    if block.slots:
        intro += " Its own row is for what it answers for itself."
        progress = f'{status.complete(block)}&" of {len(block.row_keys)} rows complete"'
        now = f"0 of {len(block.row_keys)} rows complete"
    write_head(book, sheet, block, intro, progress, now)
    columns = [{"header": c.header, "header_format": book.format("header")} for c in block.columns]
    area = (HEADER_ROW, 0, block.last_row, len(block.columns) - 1)
    sheet.add_table(*area, {"name": "EachOne", "style": None, "autofilter": False, "columns": columns})
    sheet.set_row(HEADER_ROW, row_height(*((Text(c.header, c.width, bold=True),) for c in block.columns)))
    for row, key in enumerate(block.row_keys, start=FIRST_ROW):
        _write_member(book, sheet, block, row, key)
    for slot in block.slots:
        write_answer(book, sheet, block, slot)
    if block.slots:
        colours.statuses(book, sheet, block)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, block.last_row, len(block.columns) - 1)
    sheet.set_zoom(90)
    sheet.protect()


def _write_member(book: Book, sheet: LockedSheet, block: Block, row: int, key: str) -> None:
    pack = book.issue.pack
    assert pack is not None
    name = pack.by_id[key].name
    sheet.write_string(row, 0, key, book.format("key"))
    sheet.write_string(row, block.col("name"), name, book.format("fixed_strong"))
    sheet.set_row(row, max(LEAST_HEIGHT, row_height((Text(name, block.columns[1].width, bold=True),))))
    own = [other for other, _ in book.issue.layout.sections() if any(r.members == (key,) for r in other.rows)]
    asked = sum(r.members == (key,) for other in own for r in other.rows)
    done = status.complete_for(own, "whom", cell(row, block.col("name"))) if own else "0"
    formula = f'={done}&" of {asked}"'
    sheet.write_formula(row, block.col("progress"), formula, book.format("fixed"), f"0 of {asked}")
    if block.slots:
        formula = status.row_status(book, block, key)
        sheet.write_formula(row, block.col("status"), formula, book.format("status"), status.NOT_ANSWERED)
