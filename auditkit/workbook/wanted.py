"""How much a block asks for: sections of numbers and of surveys have questions that needn't be answered."""

from __future__ import annotations

from auditkit.definition.model import Question
from auditkit.definition.survey import is_first
from auditkit.workbook import status
from auditkit.workbook.layout import Block


def question_of(block: Block, row_key: str) -> Question:
    """Return the question that a row of a section is about."""
    assert block.section is not None
    return next(q for q in block.section.questions if q.id == block.about[row_key].question)


def asked(block: Block) -> str:
    """Return the expression that counts the questions of a section that are to be answered (no equals sign).

    One that needn't be counts once it is answered.
    """
    must = [_must(block, question) for question in _questions(block)]
    return str(len(must)) if all(must) else f"({len(must)}-{status.counted(block, status.OPTIONAL)})"


def asked_at_first(block: Block) -> int:
    """Return how many questions of a section must be answered: all that aren't optional."""
    return sum(_must(block, question) for question in _questions(block))


def first_status(block: Block, question: Question) -> str:
    """Return what the status of a row says before anything is typed."""
    return status.NOT_ANSWERED if _must(block, question) else status.OPTIONAL


def _questions(block: Block) -> list[Question]:
    """Return the question of each row; of several choices only the one where it begins."""
    found = (question_of(block, row_key) for row_key in block.row_keys)
    return [question for question in found if is_first(question.id)]


def _must(block: Block, question: Question) -> bool:
    """Tell whether a question must be answered."""
    if question.measure is not None:
        return question.measure.required
    answer = block.section.answer_to(question) if block.section and block.section.is_survey else None
    return answer is None or answer.required
