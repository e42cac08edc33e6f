"""What a made-up respondent types into a section of numbers: it hangs together, but for slips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from auditkit.definition.measure import NOT_COLLECTED, VALUE, Measure
from auditkit.definition.model import Audit, Question
from auditkit.fields import Typed

if TYPE_CHECKING:
    from auditkit.demo.answers import Respondent


def number(
    audit: Audit, question: Question, who: Respondent, drawn: MutableMapping[str, float]
) -> Iterator[tuple[str, Typed]]:
    """Yield what is typed in answer to one question of a section of numbers, by column.

    Args:
        audit: The audit.
        question: The question; nothing is typed if it has no measure, or the bank has no numbers for it.
        who: The respondent.
        drawn: The numbers that were drawn before, by question; this one is put there too.
    """
    measure, span = question.measure, who.bank.get("numbers", {}).get(question.id)
    if measure is None or span is None or "numbers" not in who.persona:
        return
    value = _value(measure, span, who, drawn)
    if isinstance(value, (int, float)):
        drawn[question.id] = value
    said = who.drawn("numbers")
    if said == "odd" and measure.kind != "date":
        yield VALUE, str(who.chance.choice(who.bank["odd_numbers"]))
    elif said == "not_collected" and measure.not_collected:
        yield NOT_COLLECTED, audit.number_policy.not_collected
    elif said != "blank":
        yield VALUE, value


def _value(
    measure: Measure, span: Mapping[str, Any], who: Respondent, drawn: MutableMapping[str, float]
) -> float | dt.date:
    if measure.kind == "date":
        return who.day_within(span)
    if measure.ratio_of:
        part, whole = (drawn.get(name, 0) for name in measure.ratio_of)
        return round(part / whole, 3) if whole else 0
    share = who.chance.uniform(span["from"], span["to"])
    if measure.kind == "percent":
        return round(share / 100, 3)
    if not measure.subset_of:
        return round(share)
    return round(share / 100 * min(drawn.get(name, 0) for name in measure.subset_of))
