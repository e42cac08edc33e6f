"""Where the choices of a question of a survey stand between the worst and the best."""

from __future__ import annotations

from auditkit.definition.survey import AnswerType
from auditkit.fields.yes_no import NO, YES


def offered(answer: AnswerType) -> tuple[str, ...]:
    """Return the choices that stand in an order, as they are listed: all but "other" and not applicable."""
    choices = (YES, NO) if answer.kind == "yes_no" else answer.choices
    return tuple(choice for choice in choices if choice not in ("", answer.other, answer.not_applicable))


def places(answer: AnswerType) -> dict[str, float]:
    """Return the place of each choice, from 0 for the worst to 100 for the best.

    They stand at even distances. The best is at the end of the list at which the favourable ones are; without
    favourable ones it isn't known, and there are no places.
    """
    choices = offered(answer)
    if not answer.favourable or len(choices) <= 1:
        return {}
    last = len(choices) - 1
    from_best = choices if choices[0] in answer.favourable else choices[::-1]
    return {choice: 100 * (last - n) / last for n, choice in enumerate(from_best)}
