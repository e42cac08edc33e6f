"""The live formulas of a section of numbers: what each row still needs, and whether its number can be right.

Like those of :mod:`auditkit.workbook.status`. What they check is checked again when a return is read (see
:mod:`auditkit.returns.content.numbers`), with the same tolerance.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.measure import NOT_COLLECTED, VALUE
from auditkit.definition.model import Question
from auditkit.workbook import status
from auditkit.workbook.book import Book, cell, quoted
from auditkit.workbook.layout import Block, Row, Slot
from auditkit.workbook.wanted import first_status, question_of


def number_status(book: Book, block: Block, row_key: str) -> str:
    """Return the formula that says what the row of a number still needs."""
    question, row = question_of(block, row_key), block.about[row_key]
    slots = block.in_row[row_key]
    refs = {slot.column_key: status.answer(block, slot) for slot in slots}
    audit, measure = book.issue.audit, question.measure
    assert measure is not None
    value, none = refs[VALUE], refs[NOT_COLLECTED]
    number, words = slots[0].field, audit.number_policy.not_collected
    blank = ",".join(f'{ref}=""' for ref in refs.values())
    at_first = first_status(block, question)
    missing = f" and {number.missing}" if measure.required else ""
    either = f" and either {number.missing} or “{words}”"
    needs = [
        f'IF(AND({value}="",{none}=""),{status.literal(missing)},"")',
        f'IF(AND({value}<>"",{none}<>""),{status.literal(either)},"")',
        f'IF(OR({value}="",ISNUMBER({value}),{value}={status.literal(words)}),"",'
        f"{status.literal(f' and {number.missing} {status.hint(number)}')})",
        *(
            f'IF({wrong},{status.literal(f" and to be {what}")},"")'
            for wrong, what in _contradictions(book, question, row, value)
        ),
        *(
            status.need(book, audit, slot, slots, refs, audit.rules)
            for slot in slots
            if slot.column_key != VALUE
        ),
    ]
    return f'=IF(AND({blank}),"{at_first}",{status.needs_in_words("&".join(needs))})'


def _contradictions(book: Book, question: Question, row: Row, value: str) -> Iterator[tuple[str, str]]:
    """Yield when the number can't be right beside others, and what it must be then."""
    measure = question.measure
    assert measure is not None
    for other in measure.subset_of:
        ref = _other(book, other, row)
        if ref:
            yield f"IF(AND(ISNUMBER({value}),ISNUMBER({ref})),{value}>{ref},FALSE)", f"no more than {other}"
    allowed = f"{measure.allowance:g}+0.000001"
    parts = [_other(book, other, row) for other in measure.sum_of]
    if parts and all(parts):
        given = ",".join(f"ISNUMBER({ref})" for ref in (value, *parts))
        differs = f"ABS({value}-({'+'.join(parts)}))>{allowed}"
        yield f"IF(AND({given}),{differs},FALSE)", " + ".join(measure.sum_of)
    ratio = [_other(book, other, row) for other in measure.ratio_of]
    if len(ratio) == 2 and all(ratio):
        part, whole = ratio
        given = ",".join(f"ISNUMBER({ref})" for ref in (value, part, whole))
        differs = f"IF({whole}=0,FALSE,ABS({value}-{part}/{whole})>{allowed})"
        yield f"IF(AND({given}),{differs},FALSE)", " divided by ".join(measure.ratio_of)


def _other(book: Book, question_id: str, row: Row) -> str:
    """Return the expression for the number of another question, for those for whom a row is.

    It is empty if they aren't asked it.
    """
    for block in book.issue.layout.blocks:
        row_key = block.row_about(question_id, row.members)
        slot = None if row_key is None else block.by_key.get((row_key, VALUE))
        if slot is not None and block.section is not None and block.section.is_numbers:
            return _answer_on(block, slot)
    return ""


def _answer_on(block: Block, slot: Slot) -> str:
    """Return the expression for an answer cell on any sheet; see :func:`auditkit.workbook.status.answer`."""
    sheet = quoted(block.sheet)
    table = f"{sheet}!$A$1:{cell(block.last_row + 1, block.last_answer)}"
    return f"INDEX({table},ROW($A${slot.row + 1}),{slot.col + 1})"
