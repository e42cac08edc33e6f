"""What stands beside a question for one recipient alone."""

from __future__ import annotations

from auditkit.workbook.book import Book
from auditkit.workbook.layout import FIRST_ROW, OWN_COLUMNS, OWN_RATINGS, Block
from auditkit.workbook.protection import LockedSheet
from auditkit.workbook.rows import own_height

STYLES = {c.key: "own_rating" if c in OWN_RATINGS else "own" for c in OWN_COLUMNS}


def write(book: Book, sheet: LockedSheet, block: Block, row: int, height: float) -> None:
    """Write it, and set the height of the row: as high as that and the question need.

    Args:
        book: The workbook.
        sheet: The sheet of the block.
        block: The block.
        row: The row, counting from 0.
        height: How high the question is, in points.
    """
    if not block.own:
        sheet.set_row(row, height)
        return
    texts = book.issue.own.texts[block.id, block.row_keys[row - FIRST_ROW]]
    for column, text in zip(block.own, texts, strict=True):
        sheet.write_stamp(row, block.col(column.key), text, book.format(STYLES[column.key]))
    sheet.stamp_height(row, max(height, own_height(texts, [column.width for column in block.own])))
