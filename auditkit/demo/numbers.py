"""What a made-up respondent types into a section of numbers: it hangs together, but for slips."""

from __future__ import annotations

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
        question: The question; nothing is typed if it has no measure.
        who: The respondent.
        drawn: The numbers that were drawn before, by question; this one is put there too.
    """
    measure, words = question.measure, audit.number_policy.not_collected
    if measure is None:
        return
    value = _value(measure, who.bank["numbers"][question.id], who, drawn)
    if isinstance(value, (int, float)):
        drawn[question.id] = value
    how = who.drawn("numbers") if "numbers" in who.persona else "given"
    if value == words or (how == "not_collected" and measure.not_collected):
        yield NOT_COLLECTED, words
    elif how == "odd" and measure.kind != "date":
        yield VALUE, str(who.chance.choice(who.bank["odd_numbers"]))
    elif how != "blank":
        yield VALUE, value


def _value(measure: Measure, bank: Any, who: Respondent, drawn: Mapping[str, float]) -> Typed:
    if not isinstance(bank, Mapping):
        said: Typed = who.chance.choice(bank)
        return said
    if measure.ratio_of:
        part, whole = (drawn.get(name, 0) for name in measure.ratio_of)
        return round(part / whole, 3) if whole else 0
    if measure.kind == "date":
        return who.day_within(bank)
    share = who.chance.uniform(bank["from"], bank["to"])
    if measure.kind == "percent":
        return round(share, 3)
    return round(share * drawn.get(bank["of"], 0) if "of" in bank else share)
