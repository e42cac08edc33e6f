"""Numbers that can't be right beside others, or that nobody can know yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from auditkit.definition.measure import NOT_COLLECTED, VALUE, Measure
from auditkit.fields.date import british
from auditkit.fields.plain import trimmed
from auditkit.returns.content.seen import Row, Seen, about, some
from auditkit.returns.model import Answer, Finding

CODES = ("sum-differs", "ratio-differs", "number-and-not-collected", "must-be-collected", "numbers-too-early")
DAY = dt.timedelta(days=1)
# Sums of decimals are seldom exact.
NEARLY = 1e-6

# The numbers that were given, by question.
Numbers = Mapping[str, tuple[Answer, Measure]]


def find(seen: Seen) -> Iterator[Finding]:
    """Yield what is the matter with the numbers of a return."""
    rows = [
        (row, row.question.measure) for row in seen.rows if row.section.is_numbers and row.question.measure
    ]
    if not rows:
        return
    numbers = numbers_of(seen)
    for answer, measure in numbers.values():
        yield from _sums(seen, answer, measure, numbers)
        yield from _ratios(seen, answer, measure, numbers)
    words = seen.audit.number_policy.not_collected
    both = [row.answers[VALUE] for row, _ in rows if {VALUE, NOT_COLLECTED} <= row.answers.keys()]
    if both:
        yield about("number-and-not-collected", seen, both, words=words)
    refused = [
        row.answers[NOT_COLLECTED]
        for row, measure in rows
        if NOT_COLLECTED in row.answers and not measure.not_collected
    ]
    if refused:
        yield about("must-be-collected", seen, refused, words=words)
    yield from _early(seen, numbers)


def numbers_of(seen: Seen) -> Numbers:
    """Return the numbers of a return that can be reckoned with, each with its measure, by question."""
    return {
        row.question.id: (row.answers[VALUE], row.question.measure)
        for row in seen.rows
        if row.question.measure is not None and row.section.is_numbers and _is_given(row)
    }


def written(answer: Answer) -> str:
    """Return a number as an officer would write it."""
    if not isinstance(answer.value, (int, float)):
        return str(answer.value)
    return _written(answer.value, answer.field.kind)


def _is_given(row: Row) -> bool:
    answer = row.answers.get(VALUE)
    return answer is not None and not isinstance(answer.value, (str, type(None)))


def _written(value: float, kind: str) -> str:
    return f"{trimmed(round(value * 100, 1))}%" if kind == "percent" else trimmed(round(value, 6))


def _sums(seen: Seen, answer: Answer, measure: Measure, numbers: Numbers) -> Iterator[Finding]:
    """Yield a finding if a number isn't the sum of others that were all given."""
    parts = [numbers[key][0] for key in measure.sum_of if key in numbers]
    if not parts or len(parts) < len(measure.sum_of):
        return
    total = sum(float(part.value) for part in parts if isinstance(part.value, (int, float)))
    if isinstance(answer.value, (int, float)) and abs(answer.value - total) > measure.allowance + NEARLY:
        data = {
            "parts": some([f"{part.row_key} ({written(part)})" for part in parts]),
            "sum": _written(total, answer.field.kind),
        }
        yield _of(answer, about("sum-differs", seen, [answer, *parts], **data))


def _ratios(seen: Seen, answer: Answer, measure: Measure, numbers: Numbers) -> Iterator[Finding]:
    """Yield a finding if a number isn't one number divided by another that were both given."""
    if len(measure.ratio_of) != 2 or not set(measure.ratio_of) <= numbers.keys():
        return
    part, whole = (numbers[key][0] for key in measure.ratio_of)
    if (
        not isinstance(part.value, (int, float))
        or not isinstance(whole.value, (int, float))
        or not whole.value
    ):
        return
    ratio = part.value / whole.value
    if isinstance(answer.value, (int, float)) and abs(answer.value - ratio) > measure.allowance + NEARLY:
        data = {
            "part": f"{part.row_key} ({written(part)})",
            "whole": f"{whole.row_key} ({written(whole)})",
            "ratio": _written(ratio, answer.field.kind),
        }
        yield _of(answer, about("ratio-differs", seen, [answer, part, whole], **data))


def _of(answer: Answer, finding: Finding) -> Finding:
    """Return a finding as one about a single number."""
    return replace(finding, question=answer.row_key, value=written(answer))


def _early(seen: Seen, numbers: Numbers) -> Iterator[Finding]:
    """Yield a finding for numbers signed off before the day that they are for, and for days before it."""
    sign_off = seen.cover("signoff_date")
    signed = sign_off.value if sign_off is not None else None
    by_day: dict[dt.date, list[Answer]] = {}
    for answer, measure in numbers.values():
        if measure.last_day is not None and measure.last_day > dt.date.min:
            by_day.setdefault(measure.last_day, []).append(answer)
    for day, answers in sorted(by_day.items()):
        if isinstance(signed, dt.date) and signed < day:
            yield about(
                "numbers-too-early", seen, answers, day=british(day), had="was, when it was signed off,"
            )
        else:
            early = about("numbers-too-early", seen, answers, day=british(day), had="is")
            yield replace(early, until=day - DAY)
