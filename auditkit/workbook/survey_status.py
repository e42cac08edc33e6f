"""The live formulas of a section of a survey: what each question still needs. Like those of ``status``."""

from __future__ import annotations

from auditkit.definition.survey import ANSWER, SEVERAL, is_first, whole
from auditkit.fields.yes_no import YES
from auditkit.workbook import status
from auditkit.workbook.book import Book
from auditkit.workbook.layout import Block, Slot
from auditkit.workbook.wanted import first_status, question_of


def survey_status(book: Book, block: Block, row_key: str) -> str:
    """Return the formula that says what a row still needs.

    Of several choices it stands in the first row, for all of them; the others have none.
    """
    question = question_of(block, row_key)
    if not is_first(question.id):
        return ""
    at_first = first_status(block, question)
    rows = _rows_of(block, row_key)
    needs = "&".join(need for key in rows for need in _needs(book, block, key, rows))
    answers = [_ref(block, slot, rows) for key in rows for slot in block.in_row[key]]
    blank = ",".join(f'{ref}=""' for ref in answers)
    chosen = _nothing_chosen(block, rows) if _kind(block, row_key) == SEVERAL else ""
    none = f'IF({chosen}," and a Yes","")&' if chosen else ""
    return f'=IF(AND({blank}),"{at_first}",{status.needs_in_words(none + needs)})'


def _ref(block: Block, slot: Slot, rows: list[str]) -> str:
    """Return the expression for an answer cell: in the formula's own row, or in that of a choice."""
    ref = status.answer(block, slot)
    return ref if len(rows) == 1 else ref.replace("ROW()", f"ROW($A${slot.row + 1})")


def _needs(book: Book, block: Block, row_key: str, rows: list[str]) -> list[str]:
    """Return an expression for each thing that a row can need."""
    slots = block.in_row[row_key]
    refs = {slot.column_key: _ref(block, slot, rows) for slot in slots}
    audit = book.issue.audit
    assert block.section is not None
    rules = audit.rules_of(block.section, question_of(block, row_key))
    return [status.need(book, audit, slot, slots, refs, rules) for slot in slots]


def _nothing_chosen(block: Block, rows: list[str]) -> str:
    """Return the condition that no choice was chosen."""
    refs = (_ref(block, _answer_slot(block, key), rows) for key in rows)
    return f"NOT(OR({','.join(f'{ref}={status.literal(YES)}' for ref in refs)}))"


def _rows_of(block: Block, row_key: str) -> list[str]:
    """Return the rows of the question that a row is of; in a pack, for the same members."""
    about = block.about[row_key]
    return [
        key
        for key, other in block.about.items()
        if whole(other.question) == whole(about.question) and other.members == about.members
    ]


def _kind(block: Block, row_key: str) -> str:
    return _answer_slot(block, row_key).field.kind


def _answer_slot(block: Block, row_key: str) -> Slot:
    return block.by_key[row_key, ANSWER]
