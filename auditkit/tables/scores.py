"""Rows of what was rated: each question, each section, each recipient."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from auditkit.definition.scale import Scale
from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.rating import Rating, Result, counts, half_up, point_counts, rate, score_of
from auditkit.register import Recipient
from auditkit.returns.model import Answer
from auditkit.strength import strength
from auditkit.tables.model import NOT_ASKED, OVERALL, WHOLE, Given, Own
from auditkit.tables.schema import NO, YES
from auditkit.tables.table import Row, Table, rows

# How questions are put in order, weakest first, each step finer than the one before can tell apart: strength
# to a tenth, then the share at the worst point, then the definition's order. The master has the same formula.
STRENGTH_PLACES, WORST_STEP, ORDER_STEP = 1, 1e-2, 1e-10


def rating_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield a recipient × every rated question (``ratings``)."""
    recipient = own.recipient
    asked = given.asked[recipient.id]
    answers = _rating_answers(given, own)
    for section, scale, _ in given.rated:
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
    return answer.value if answer.value is not None else as_text(answer.shown)


def _rating_answers(given: Given, own: Own) -> dict[str, Answer]:
    """Return what the return that counts says in the rating columns of its recipient's questions."""
    if own.counts is None:
        return {}
    file = own.counts.file
    asked, columns = (
        given.asked[file.recipient_id],
        {section.id: column for section, _, column in given.rated},
    )
    return {a.row_key: a for a in file.answers if a.row_key in asked and columns.get(a.block) == a.column_key}


def result_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield the rating of the whole and of each rated section, for a recipient (``results``)."""
    recipient = own.recipient
    if not given.rated:
        return
    values = {key: a.value for key, a in _rating_answers(given, own).items() if a.value is not None}
    ratings = rate(given.audits[recipient.id], values)
    yield _result(recipient, OVERALL, WHOLE, ratings.overall)
    for section, _, _ in given.rated:
        if section.id in ratings.sections:
            yield _result(recipient, section.id, section.title, ratings.sections[section.id])


def _result(recipient: Recipient, section_id: str, title: str, r: Result) -> Row:
    point = (r.point.id, r.point.text) if r.point else (None, None)
    counted = (r.asked, r.answered, r.not_applicable, r.unscored)
    return (recipient.id, section_id, title, r.score, *point, *counted)


def question_rows(given: Given, ratings: Table) -> Iterator[Row]:
    """Yield every rated question with how it fared over all recipients (``questions``).

    Args:
        given: The collation.
        ratings: The table of that name.
    """
    values: dict[str, Counter[Value]] = defaultdict(Counter)
    for (question_id, value), n in Counter(rows(ratings, "question_id", "value")).items():
        if value is not None:
            values[question_id][value] = n
    put = Counter(question_id for question_id, asked in rows(ratings, "question_id", "asked") if asked == YES)
    rated = [
        (section, scale, question) for section, scale, _ in given.rated for question in section.questions
    ]
    found = []
    for number, (section, scale, question) in enumerate(rated, start=1):
        what = (number, section.id, section.title, question.id, question.text, scale.id)
        weights = (question.weight, question.weight * section.weight)
        key, fared = _fared(scale, values[question.id], number)
        found.append((key, (*what, *weights, put[question.id], *fared)))
    keys = sorted(key for key, _ in found if key is not None)
    for key, row in found:
        yield (*row, None if key is None else keys.index(key) + 1)


def _fared(scale: Scale, values: Counter[Value], number: int) -> tuple[float | None, Row]:
    """Return where question ``number`` stands in the order of weakness, and: rated, best, worst, strength.

    ``values`` is how often each rating was given.
    """
    counted = {value: n for value, n in values.items() if counts(Rating(scale, value))}
    total = sum(counted.values())
    if not total:
        return None, (0, None, None, None)
    ends = [p for p in scale.ranked if point_counts(scale, p)]
    best, worst = (
        sum(n for value, n in counted.items() if scale.point_for(value) == end) / total
        for end in (ends[0], ends[-1])
    )
    mean = sum((strength(scale, value) or 0) * n for value, n in counted.items()) / total
    return weakness(mean, worst, number), (total, best, worst, mean)


def weakness(mean: float, worst: float, number: int) -> float:
    """Return a figure that orders questions, weakest first, and is never the same for two of them.

    Args:
        mean: Mean strength, 0 to 100.
        worst: Share of ratings at the worst point.
        number: Place in the definition.
    """
    return half_up(mean, STRENGTH_PLACES) - worst * WORST_STEP + number * ORDER_STEP
