"""A definition as its workbooks ask it: what it does without is left out, several choices are a row each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditkit.definition.model import Audit, Question, Section
from auditkit.definition.survey import CHOICE_MARK, DASH, SEVERAL, choice_key


def as_asked(audit: Audit) -> Audit:
    """Return the audit as it is asked, itself if that is how it was written."""
    wanted = (s for s in audit.sections if audit.number_policy.ask or not s.is_numbers)
    sections = tuple(map(_in_rows, wanted))
    return audit if sections == audit.sections else replace(audit, sections=sections)


def _in_rows(section: Section) -> Section:
    """Return a section of a survey whose questions with several choices are a question for each of them."""
    questions = tuple(row for question in section.questions for row in _rows(section, question))
    return section if questions == section.questions else replace(section, questions=questions)


def _rows(section: Section, question: Question) -> Iterator[Question]:
    answer = section.answer_to(question) if section.is_survey else None
    if answer is None or answer.kind != SEVERAL or CHOICE_MARK in question.id:
        yield question
        return
    for n, choice in enumerate(answer.choices, start=1):
        one = replace(answer, choices=(choice,), other=choice if choice == answer.other else "")
        text = f"{question.text}{DASH}{choice}"
        yield replace(question, id=choice_key(question.id, n), text=text, answer=one)
