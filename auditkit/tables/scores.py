"""Rows of what was rated: each question, each section, each recipient."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.definition.model import Scale
from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.rating import Rating, Result, counts, half_up, point_counts, rate, score_of, strength
from auditkit.register import Recipient
from auditkit.returns.model import Answer
from auditkit.tables.model import NO, NOT_ASKED, OVERALL, YES, Given

Row = tuple[Any, ...]
# How questions are put in order, weakest first, each step finer than the one before can tell apart: strength
# to a tenth, then the share at the worst point, then the definition's order. The master has the same formula.
STRENGTH_PLACES, WORST_STEP, ORDER_STEP = 1, 1e-2, 1e-10


def rating_rows(given: Given) -> Iterator[Row]:
    """Yield every recipient × rated question (``ratings``)."""
    rated = list(given.rated())
    for recipient in given.collation.recipients:
        asked = given.asked[recipient.id]
        answers = rating_answers(given, recipient)
        for section, scale, _ in rated:
            for question in section.questions:
                answer = answers.get(question.id)
                value = answer.value if answer else None
                point = None if value is None else scale.point_for(value)
                yield (
                    *(recipient.id, section.id, question.id, YES if question.id in asked else NO),
                    *(_shown(answer) if question.id in asked else NOT_ASKED, value),
                    *(point.id if point else None, score_of(scale, value)),
                )


def _shown(answer: Answer | None) -> Value | None:
    """Return what stands in the matrix: a rating that can't be used is text, so that no formula counts it."""
    if answer is None:
        return None
    return answer.value if answer.value is not None else as_text(answer.typed)


def rating_answers(given: Given, recipient: Recipient) -> dict[str, Answer]:
    """Return what the recipient's accepted return says in the rating columns of the questions asked of it."""
    file = given.accepted_by_id.get(recipient.id)
    if file is None:
        return {}
    asked, columns = given.asked[recipient.id], {section.id: column for section, _, column in given.rated()}
    return {a.row_key: a for a in file.answers if a.row_key in asked and columns.get(a.block) == a.column_key}


def result_rows(given: Given) -> Iterator[Row]:
    """Yield the rating of the whole and of each rated section, for every recipient (``results``)."""
    if not list(given.rated()):
        return
    titles = {section.id: section.title for section in given.collation.audit.sections}
    for recipient in given.collation.recipients:
        values = {k: a.value for k, a in rating_answers(given, recipient).items() if a.value is not None}
        ratings = rate(given.audits[recipient.id], values)
        yield _result(recipient, OVERALL, "Overall", ratings.overall)
        for section_id, result in ratings.sections.items():
            yield _result(recipient, section_id, titles[section_id], result)


def _result(recipient: Recipient, section_id: str, title: str, r: Result) -> Row:
    point = (r.point.id, r.point.text) if r.point else (None, None)
    counted = (r.asked, r.answered, r.not_applicable, r.unscored)
    return (recipient.id, section_id, title, r.score, *point, *counted)


def question_rows(given: Given) -> Iterator[Row]:
    """Yield every rated question with how it fared over all recipients (``questions``)."""
    values: dict[str, list[Value]] = {}
    for recipient in given.collation.recipients:
        for question_id, answer in rating_answers(given, recipient).items():
            if answer.value is not None:
                values.setdefault(question_id, []).append(answer.value)
    rated = [
        (section, scale, question) for section, scale, _ in given.rated() for question in section.questions
    ]
    rows = []
    for number, (section, scale, question) in enumerate(rated, start=1):
        asked = sum(question.id in questions for questions in given.asked.values())
        what = (number, section.id, section.title, question.id, question.text, scale.id)
        weights = (question.weight, question.weight * section.weight)
        key, fared = _fared(scale, values.get(question.id, []), number)
        rows.append((key, (*what, *weights, asked, *fared)))
    keys = sorted(key for key, _ in rows if key is not None)
    for key, row in rows:
        yield (*row, None if key is None else keys.index(key) + 1)


def _fared(scale: Scale, values: list[Value], number: int) -> tuple[float | None, Row]:
    """Return where question ``number`` stands in the order of weakness, and: rated, best, worst, strength."""
    counted = [v for v in values if counts(Rating(scale, v))]
    if not counted:
        return None, (0, None, None, None)
    ends = [p for p in scale.ranked if point_counts(scale, p)]
    points = [scale.point_for(v) for v in counted]
    best, worst = (points.count(end) / len(counted) for end in (ends[0], ends[-1]))
    mean = sum(strength(scale, v) or 0 for v in counted) / len(counted)
    return weakness(mean, worst, number), (len(counted), best, worst, mean)


def weakness(mean: float, worst: float, number: int) -> float:
    """Return a figure that orders questions, weakest first, and is never the same for two of them.

    Args:
        mean: Mean strength, 0 to 100.
        worst: Share of ratings at the worst point.
        number: Place in the definition.
    """
    return half_up(mean, STRENGTH_PLACES) - worst * WORST_STEP + number * ORDER_STEP
