"""Rows of numbers: each recipient's, and what they add up to with how many are missing."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from auditkit.definition.measure import NOT_COLLECTED, VALUE, Measure
from auditkit.definition.model import Audit, Question, Section
from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.returns.model import Answer
from auditkit.tables.model import NOT_ASKED, Given, Own, who
from auditkit.tables.schema import NO, YES
from auditkit.tables.table import Row, Table, rows
from auditkit.workbook.measures import unit_of, when

# What became of a number that was asked for. A recipient's number is in totals only if it is GIVEN.
GIVEN, NONE_HELD, NOT_USABLE, BLANK = "given", "not collected", "not usable", "blank"
NIL, NOT_RETURNED = "nil return", "not returned"
ASKED = (GIVEN, NONE_HELD, NOT_USABLE, BLANK, NIL, NOT_RETURNED)
# Nobody waits for who has closed and sent nothing: in no total, and missing from none.
CLOSED = "closed"
# Kinds whose numbers can be added up; the first are counts, which may be small.
COUNT, ADDED = "whole_number", ("whole_number", "decimal")
# What stands for a recipient's blank cell in a column of the register.
UNSAID = "not stated"
# Sums are rounded to so many places: beyond them is what floating point adds.
PLACES = 6


def measures(audit: Audit) -> Iterator[tuple[Section, Question, Measure]]:
    """Yield every question that asks for a number, with its section and measure."""
    for section in audit.sections:
        for question in section.questions if section.is_numbers else ():
            if question.measure is not None:
                yield section, question, question.measure


def number_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield a recipient × every number, whether it was asked for and given or not (``numbers``)."""
    audit = given.collation.audit
    if not audit.has_numbers:
        return
    recipient, counts = own.recipient, own.counts
    whose, small = who(recipient.id, recipient), audit.number_policy.small
    at_first = NOT_RETURNED if counts is None or counts.done is None else _at_first(counts.done.standing)
    if at_first == NOT_RETURNED and recipient.is_closed(given.collation.as_at):
        at_first = CLOSED
    file = counts.file.file if counts else None
    typed: dict[str, dict[str, Answer]] = defaultdict(dict)
    numeric = {section.id for section in audit.sections if section.is_numbers}
    for answer in counts.file.answers if counts else ():
        if answer.block in numeric:
            typed[answer.row_key][answer.column_key] = answer
    for section, question, measure in measures(audit):
        row = typed.get(question.id, {}) if question.id in given.asked[recipient.id] else {}
        status, value = _status(row, at_first)
        if question.id not in given.asked[recipient.id]:
            status = NOT_ASKED
        if measure.kind == "percent" and isinstance(value, (int, float)):
            value = round(value * 100, PLACES)
        marked = _is_small(value, small) if measure.kind == COUNT else False
        place = row.get(VALUE) or row.get(NOT_COLLECTED) or next(iter(row.values()), None)
        where = (place.file or file, place.sheet, place.cell) if place else (None, None, None)
        yield (
            *(*whose, section.id, section.title, question.id, question.text),
            *(unit_of(measure) or None, when(measure) or None, status, value, _typed(row), _beside(row)),
            *(YES if marked else NO, *where),
        )


def _at_first(standing: str) -> str:
    """Return what is the matter with a number if nothing was typed for it."""
    return standing if standing in (NIL, NOT_RETURNED) else BLANK


def _status(row: Mapping[str, Answer], at_first: str) -> tuple[str, Value | None]:
    """Return what became of a number, and the number if it is given."""
    number, none = row.get(VALUE), row.get(NOT_COLLECTED)
    if number is None and none is None:
        return at_first, None
    if number is None or none is None:
        one = number or none
        assert one is not None
        if one.value is None:
            return NOT_USABLE, None
        # Words are no number: they say that it isn't collected.
        return (NONE_HELD, None) if isinstance(one.value, str) else (GIVEN, one.value)
    says_none = isinstance(number.value, str) and none.value is not None
    return (NONE_HELD if says_none else NOT_USABLE), None


def _typed(row: Mapping[str, Answer]) -> str | None:
    """Return what was typed for a number, both cells of it."""
    return "; ".join(as_text(row[key].typed) for key in (VALUE, NOT_COLLECTED) if key in row) or None


def _beside(row: Mapping[str, Answer]) -> str | None:
    """Return what else was typed in the row of a number."""
    others = [as_text(a.typed) for key, a in row.items() if key not in (VALUE, NOT_COLLECTED)]
    return "; ".join(others) or None


def _is_small(value: Value | None, small: int | None) -> bool:
    return small is not None and isinstance(value, (int, float)) and 0 < value < small


@dataclass
class _Sum:
    """What is known of one measure over some recipients; ``both`` have the two numbers of its ratio."""

    statuses: Counter[str] = field(default_factory=Counter)
    total: float = 0.0
    lowest: float | dt.date | None = None
    highest: float | dt.date | None = None
    both: int = 0
    part: float = 0.0
    whole: float = 0.0

    def add(self, status: str, value: float | dt.date | None) -> None:
        self.statuses[status] += 1
        if value is None:
            return
        if isinstance(value, (int, float)):
            self.total += value
        self.lowest = value if self.lowest is None else min(self.lowest, value)
        self.highest = value if self.highest is None else max(self.highest, value)


# By question, column of the register ("" for everyone) and its value.
_Sums = dict[tuple[str, str, str], _Sum]


def total_rows(given: Given, numbers: Table) -> Iterator[Row]:
    """Yield every number over everyone, then by the columns that the definition names (``totals``).

    Args:
        given: The collation.
        numbers: The table of that name.
    """
    audit = given.collation.audit
    sums = _sums(given, numbers)
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for _, by, of in sums:
        values[by][of] = None
    for section, question, measure in measures(audit):
        what = (
            section.id,
            section.title,
            question.id,
            question.text,
            unit_of(measure) or None,
            when(measure) or None,
        )
        for by in ("", *audit.number_policy.totals_by):
            own = [(of, sums[question.id, by, of]) for of in values[by] if (question.id, by, of) in sums]
            small = _small(measure, [total for _, total in own], audit.number_policy.small)
            for (of, total), marked in zip(own, small, strict=True):
                yield (*what, by or None, of or None, *_figures(measure, total), YES if marked else NO)


def _sums(given: Given, numbers: Table) -> _Sums:
    audit = given.collation.audit
    ratios = {q.id: m.ratio_of for _, q, m in measures(audit) if m.ratio_of}
    columns = audit.number_policy.totals_by
    registered = {r.id: r.row() for r in given.collation.recipients} if audit.has_numbers else {}
    sums: _Sums = defaultdict(_Sum)
    shown = rows(numbers, "recipient_id", "question_id", "status", "value")
    for recipient_id, own in groupby(shown, key=itemgetter(0)):
        row = registered[recipient_id]
        kept = [
            (question_id, status, value)
            for _, question_id, status, value in own
            if status not in (NOT_ASKED, CLOSED)
        ]
        known = {question_id: value for question_id, status, value in kept if status == GIVEN}
        for question_id, status, value in kept:
            part, whole = (known.get(key) for key in ratios.get(question_id, ("", "")))
            for by in ("", *columns):
                total = sums[question_id, by, (row.get(by, "").strip() or UNSAID) if by else ""]
                total.add(status, value)
                if part is not None and whole is not None:
                    total.both += 1
                    total.part += part
                    total.whole += whole
    return sums


def _figures(measure: Measure, total: _Sum) -> Row:
    """Return what is shown of a sum, from the total to the highest."""
    counted = [total.statuses[status] for status in ASKED]
    asked = sum(counted)
    given, *others = counted
    adds_up = measure.kind in ADDED and not measure.ratio_of and given
    rate = total.part / total.whole if total.whole else None
    if rate is not None and measure.kind == "percent":
        rate *= 100
    return (
        *(round(total.total, PLACES) if adds_up else None, given, asked - given, asked, *others),
        *(None if rate is None else round(rate, PLACES), total.both if measure.ratio_of else None),
        *(total.lowest, total.highest),
    )


def _small(measure: Measure, totals: list[_Sum], small: int | None) -> list[bool]:
    """Tell which of some totals mustn't be published, since each or another could be worked out from them.

    If only one of several is small, so is the next larger one: else the one is what is left of the whole.
    """
    if measure.ratio_of:
        figures = [total.part for total in totals]
    elif measure.kind == COUNT:
        figures = [total.total for total in totals]
    else:
        return [False] * len(totals)
    marked = [_is_small(figure, small) for figure in figures]
    if marked.count(True) == 1 and len(marked) > 1:
        others = [(figure, n) for n, figure in enumerate(figures) if figure > 0 and not marked[n]]
        if others:
            marked[min(others)[1]] = True
    return marked
