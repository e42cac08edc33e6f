"""The rows of a section of a survey: a question with its answer, or a row for each of its choices."""

from __future__ import annotations

from auditkit.definition.survey import OTHER
from auditkit.workbook import survey_status, wanted
from auditkit.workbook.book import Book
from auditkit.workbook.layout import CHOICE, Block, Slot
from auditkit.workbook.protection import LockedSheet
from auditkit.workbook.rows import asked_and_choice


def write_row(book: Book, sheet: LockedSheet, block: Block, row: int, key: str, *, again: bool) -> None:
    """Write what is fixed in a row, and what its question still needs; not how high it is.

    ``again`` tells whether the row above is about the same question, for another member of a pack.
    """
    question = wanted.question_of(block, key)
    fixed, col = book.format("fixed_again" if again else "fixed"), block.col("question")
    strong = fixed if again else book.format("fixed_strong")
    text, choice = asked_and_choice(question)
    if text and question.good:
        runs = (
            book.format("again_run" if again else "bold_run"),
            text,
            book.format("run"),
            f"\n{question.good}",
        )
        sheet.write_rich_string(row, col, *runs, fixed)
    elif text:
        sheet.write_string(row, col, text, strong)
    else:
        sheet.write_blank(row, col, None, fixed)
    if any(column.key == CHOICE for column in block.columns):
        sheet.write_string(row, block.col(CHOICE), choice, fixed)
    formula, place = survey_status.survey_status(book, block, key), (row, block.col("status"))
    if formula:
        now = wanted.first_status(block, question)
        sheet.write_formula(*place, formula, book.format("status"), now)
    else:
        sheet.write_blank(*place, None, book.format("status"))


def is_closed(block: Block, slot: Slot) -> bool:
    """Tell whether nothing is to be typed in a cell: what "other" is, where that can't be answered."""
    if slot.column_key != OTHER or block.section is None:
        return False
    answer = block.section.answer_to(wanted.question_of(block, slot.row_key))
    return answer is not None and not answer.other
