"""The rows of a section of numbers: what to give, in which unit and for when."""

from __future__ import annotations

from auditkit.definition.measure import NOT_COLLECTED
from auditkit.workbook import number_status, wanted
from auditkit.workbook.book import Book
from auditkit.workbook.layout import Block, Slot
from auditkit.workbook.measures import unit_of, when
from auditkit.workbook.protection import LockedSheet


def write_row(book: Book, sheet: LockedSheet, block: Block, row: int, key: str, *, again: bool) -> None:
    """Write what is fixed in the row of a number, and what it still needs; not how high it is.

    ``again`` tells whether the row above is about the same number.
    """
    question = wanted.question_of(block, key)
    assert question.measure is not None
    fixed, col = book.format("fixed_again" if again else "fixed"), block.col("question")
    if question.good:
        name = book.format("again_run" if again else "bold_run")
        runs = (name, question.text, book.format("run"), f"\n{question.good}")
        sheet.write_rich_string(row, col, *runs, fixed)
    else:
        sheet.write_string(row, col, question.text, fixed if again else book.format("fixed_strong"))
    there = {column.key for column in block.columns}
    for name, text in (("unit", unit_of(question.measure)), ("period", when(question.measure))):
        if name in there:
            sheet.write_string(row, block.col(name), text, fixed)
    formula = number_status.number_status(book, block, key)
    now = wanted.first_status(block, question)
    sheet.write_formula(row, block.col("status"), formula, book.format("status"), now)


def is_closed(block: Block, slot: Slot) -> bool:
    """Tell whether nothing is to be typed in a cell: in the row of a number that has to be collected."""
    if block.section is None or not block.section.is_numbers or slot.column_key != NOT_COLLECTED:
        return False
    question = wanted.question_of(block, slot.row_key)
    return question.measure is not None and not question.measure.not_collected
