"""Sections of a survey: all or none of a section's questions say how they are answered, in known ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditkit.definition.checks import fields, unrated, walk
from auditkit.definition.model import Audit, Section
from auditkit.definition.places import offered
from auditkit.definition.source import Issue, Path
from auditkit.definition.survey import ANSWER, OTHER, SEVERAL, AnswerType, answer_field
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.fields.plain import trimmed
from auditkit.register.tokens import is_token

# The kinds of answer that a survey has, and those of which one or several of a list are chosen.
CHOSEN = ("choice", SEVERAL)
KINDS = (*CHOSEN, "yes_no", "text", "person", "whole_number", "decimal", "percent", "date")
# Keys that a section of a survey gives to columns of its own.
COLUMNS = (ANSWER, OTHER, "choice")
SMALLEST = 2


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any question of a survey, or with a section of them."""
    for i, section in enumerate(audit.sections):
        yield from _section(("sections", i), section)
    for path, answer in walk.answers(audit):
        yield from _answer(path, answer, audit)
    for path, field in walk.fields(audit):
        if field.kind == SEVERAL and len(field.choices) > 1:
            message = (
                f"a field of kind '{SEVERAL}' is one box to tick, with one choice: only a question of a "
                "survey has more, under its 'answer'"
            )
            yield Issue((*path, "choices"), message)
    yield from _beside(audit)
    yield from _settings(audit)


def register_issues(audit: Audit, rows: Sequence[Mapping[str, str]], register: str) -> Iterator[Issue]:
    """Yield each name under ``by`` that is neither a column of the register nor a question."""
    if audit.survey_policy.anonymous and not all(map(is_token, rows)):
        message = (
            f"{register} holds more than tokens, so this survey wouldn't be anonymous. Keep it under another "
            "name, and run: auditkit register tokens 60"
        )
        yield Issue(("survey", "anonymous"), message)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    known = [*columns, *_questions(audit)]
    for n, name in enumerate(audit.survey.by if audit.survey else ()):
        if name not in known:
            message = f"{register} has no column {quoted(name)}, and no question is called so"
            yield Issue(("survey", "by", n), f"{message}{did_you_mean(name, known)}")


def _section(path: Path, section: Section) -> Iterator[Issue]:
    with_answer = [question for question in section.questions if section.answer_to(question)]
    if not with_answer:
        return
    for n, question in enumerate(section.questions):
        if section.answer_to(question) is None:
            yield unrated.lacking(path, section, n, "answer")
        if question.measure is not None:
            message = "a question of a survey has an 'answer' or a 'measure', not both: leave one of them out"
            yield Issue((*path, "questions", n, "measure"), message, at_name=True)
    yield from unrated.columns(path, section, "a survey", COLUMNS)


def _answer(path: Path, answer: AnswerType, audit: Audit) -> Iterator[Issue]:
    if answer.kind not in KINDS:
        message = (
            f"a question of a survey is answered by one of {listed(map(quoted, KINDS))}, "
            f"not {quoted(answer.kind)}{did_you_mean(answer.kind, KINDS)}"
        )
        yield Issue((*path, "kind"), message)
        return
    field = answer_field(answer)
    yield from fields.kind(path, field, audit)
    yield from fields.limits(path, field)
    for name in ("other", "not_applicable"):
        choice = getattr(answer, name)
        if choice and answer.kind not in CHOSEN:
            message = f"'{name}' is one of the choices, and a {quoted(answer.kind)} has none: leave it out"
            yield Issue((*path, name), message, at_name=True)
        elif choice and choice not in answer.choices:
            message = f"{quoted(choice)} isn't one of the choices{did_you_mean(choice, answer.choices)}"
            yield Issue((*path, name), message)
    yield from _favourable(path, answer)
    if answer.other and answer.other == answer.not_applicable:
        message = "one choice can't be both 'other' and 'not_applicable'"
        yield Issue((*path, "not_applicable"), message, other=(*path, "other"))


def _favourable(path: Path, answer: AnswerType) -> Iterator[Issue]:
    """Yield why it isn't known from the favourable choices which end of the list is the best."""
    if not answer.favourable:
        return
    here = (*path, "favourable")
    if answer.kind not in ("choice", "yes_no"):
        message = f"choices of a {quoted(answer.kind)} stand in no order, so none is favourable: leave it out"
        yield Issue(here, message, at_name=True)
        return
    choices = offered(answer)
    for n, choice in enumerate(answer.favourable):
        if choice not in choices:
            message = f"{quoted(choice)} isn't one of the choices in order{did_you_mean(choice, choices)}"
            yield Issue((*here, n), message)
    count = len(answer.favourable)
    ends = (set(choices[:count]), set(choices[-count:]))
    if set(answer.favourable) <= set(choices) and (
        count >= len(choices) or set(answer.favourable) not in ends
    ):
        message = (
            "the favourable choices must stand together at one end of the list, and not be all of them: "
            "list the choices in their order, best first or last"
        )
        yield Issue(here, message)


def _beside(audit: Audit) -> Iterator[Issue]:
    """Yield each question that is to be laid beside a standard, and whose answers have no best and worst."""
    for path, section, question in walk.questions(audit):
        why = _no_place(section, section.answer_to(question), audit) if question.beside else ""
        if why:
            message = f"{quoted(question.id)} is to be laid beside {quoted(question.beside)}, and {why}"
            yield Issue((*path, "beside"), message, at_name=True)


def _no_place(section: Section, answer: AnswerType | None, audit: Audit) -> str:
    """Return why answers to a question have no place between the worst and the best, and what to do."""
    if answer is None:
        rated = audit.rating_field(section) is not None
        return "" if rated else "it is neither rated nor a question of a survey: take 'beside' out"
    if not answer.favourable:
        return "it isn't known which answers are good: name them under 'favourable' of its 'answer'"
    if answer.other:
        return "“other” has no place between its best and its worst answer: take 'other' or 'beside' out"
    return ""


def _settings(audit: Audit) -> Iterator[Issue]:
    policy = audit.survey_policy
    if policy.small is not None and policy.small < SMALLEST:
        message = f"'small' must be {SMALLEST} or more, not {trimmed(policy.small)}"
        yield Issue(("survey", "small"), message)
    if policy.anonymous:
        yield from _anonymous(audit)
    kinds = _questions(audit)
    for n, name in enumerate(policy.by):
        if name in policy.by[:n]:
            yield Issue(("survey", "by", n), f"{quoted(name)} is listed twice")
        if kinds.get(name, "choice") not in ("choice", "yes_no"):
            message = f"{quoted(name)} can have any answer, so nothing can be counted by it"
            yield Issue(("survey", "by", n), message)


def _anonymous(audit: Audit) -> Iterator[Issue]:
    """Yield what would tell whose an answer is, in a survey that is to be anonymous."""
    for n, field in enumerate(audit.cover):
        if field.role or field.kind in ("person", "date"):
            message = "an anonymous survey asks nobody who they are, or when: take this field out"
            yield Issue(("cover", n), message)
    for i, section in enumerate(audit.sections):
        if not section.is_survey:
            message = "an anonymous survey is nothing but a survey: give these questions an 'answer' each"
            yield Issue(("sections", i), message)
    for path, section, question in walk.questions(audit):
        if any((section.applies_to, section.except_for, question.applies_to, question.except_for)):
            message = "everybody is asked the same in an anonymous survey: take the conditions out"
            yield Issue(path, message)


def _questions(audit: Audit) -> dict[str, str]:
    """Return the kinds of answer to the questions of a survey, by question."""
    answers = ((q.id, s.answer_to(q)) for s, q in audit.questions() if s.is_survey)
    return {key: answer.kind for key, answer in answers if answer is not None}
