"""The numbers that a made-up respondent gives: they hang together, but for a slip now and then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from auditkit.definition.measure import NOT_COLLECTED, VALUE, Measure
from auditkit.definition.model import Question, Section
from auditkit.demo.fill import Place
from auditkit.fields import Typed

if TYPE_CHECKING:
    from auditkit.demo.answers import Respondent

# How long ago a date is at most, in days.
LATELY = 200


def numbers(
    asked: Sequence[tuple[Section, Question]], who: Respondent, words: str
) -> Iterator[tuple[Place, Typed]]:
    """Yield what is typed for the numbers that are asked, by place.

    Args:
        asked: The questions that the respondent reaches.
        who: The respondent. Its bank says in ``numbers`` between what the number of a question lies, or
            between what shares of another or of a number in the register; one of which it says nothing isn't
            given. ``slips`` are what people type instead.
        words: The words for a number that isn't collected.
    """
    known: dict[str, float] = {}
    measured = [(s, q, q.measure) for s, q in asked if s.is_numbers and q.measure is not None]
    # What is reckoned from others comes after them.
    for section, question, measure in sorted(measured, key=lambda one: _depth(one[2])):
        if measure.not_collected and who.happens("not_collected"):
            yield (section.id, question.id, NOT_COLLECTED), words
            continue
        if measure.kind == "date":
            yield (section.id, question.id, VALUE), _date(measure, who)
            continue
        number = _number(question.id, measure, known, who)
        if number is not None:
            known[question.id] = number
            slips = measure.kind == "whole_number" and who.happens("slips")
            yield (section.id, question.id, VALUE), who.chance.choice(who.bank["slips"]) if slips else number


def _depth(measure: Measure) -> int:
    return 2 if measure.ratio_of else 1 if measure.sum_of or measure.subset_of else 0


def _number(key: str, measure: Measure, known: dict[str, float], who: Respondent) -> float | None:
    """Return a number that agrees with those that are known; None if it can't be reckoned."""
    if measure.sum_of:
        return sum(known[other] for other in measure.sum_of) if set(measure.sum_of) <= known.keys() else None
    if measure.ratio_of:
        part, whole = (known.get(other) for other in measure.ratio_of)
        return round(part / whole, 3) if part is not None and whole else None
    said = who.bank.get("numbers", {}).get(key)
    if said is None:
        return None
    if isinstance(said, Mapping):
        of = known.get(said["of"], who.size(said["of"]))
        if of is None:
            return None
        low, high = of * said["from"], of * said["to"]
    else:
        low, high = said
    number = who.chance.uniform(low, high) if isinstance(said, Mapping) else who.chance.randint(low, high)
    if measure.kind == "percent":
        return round(number) / 100
    if measure.kind == "decimal":
        return round(number) + float(who.chance.choice((0, 0.5)))
    return min([round(number), *(known[other] for other in measure.subset_of if other in known)])


def _date(measure: Measure, who: Respondent) -> dt.date:
    day = who.deadline - dt.timedelta(days=who.chance.randint(1, LATELY))
    return max(day, measure.minimum) if isinstance(measure.minimum, dt.date) else day
