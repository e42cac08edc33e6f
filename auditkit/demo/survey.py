"""The answers that a made-up respondent gives to a survey: drawn by the shares of the template's bank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from auditkit.definition.model import Question, Section
from auditkit.definition.survey import ANSWER, OTHER, SEVERAL, AnswerType, whole
from auditkit.demo.fill import Place
from auditkit.fields import Typed
from auditkit.fields.yes_no import YES

if TYPE_CHECKING:
    from auditkit.demo.answers import Respondent


def survey(asked: Sequence[tuple[Section, Question]], who: Respondent) -> Iterator[tuple[Place, Typed]]:
    """Yield what is typed for the questions of a survey that are asked, by place.

    Args:
        asked: The questions that the respondent reaches.
        who: The respondent. Its bank has in ``survey`` for each question the weights of its choices, for one
            with several choices the percentage that each has, or a list to draw from; under ``other`` what
            "other" is. Without any, or where the draw is blank, nothing is typed.
    """
    # Whoever doesn't do what a section is about says so throughout.
    without: set[str] = set()
    for section, question in asked:
        answer = section.answer_to(question) if section.is_survey else None
        if answer is None:
            continue
        said = _said(question, answer, who, section.id in without)
        if said is None:
            continue
        if answer.not_applicable and said == answer.not_applicable and answer.kind != SEVERAL:
            without.add(section.id)
        yield (section.id, question.id, ANSWER), YES if answer.kind == SEVERAL else said
        if answer.other and said == answer.other:
            words = who.bank["survey"]["other"][whole(question.id)]
            yield (section.id, question.id, OTHER), who.chance.choice(words)


def _said(question: Question, answer: AnswerType, who: Respondent, without: bool) -> Typed | None:
    """Return what is answered, of several choices the choice itself; None if nothing is."""
    bank: Any = who.bank["survey"].get(whole(question.id))
    if answer.kind == SEVERAL:
        (choice,) = answer.choices
        if without:
            return choice if choice == answer.not_applicable else None
        chosen = isinstance(bank, Mapping) and who.chance.random() * 100 < bank.get(choice, 0)
        return choice if chosen else None
    if without:
        return answer.not_applicable or None
    if isinstance(bank, Mapping):
        drawn = str(who.chance.choices(list(bank), list(bank.values()))[0])
        return None if drawn == "blank" else drawn
    found: Typed | None = who.chance.choice(bank) if bank else None
    return found
