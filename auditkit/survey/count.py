"""Counting: what each question was answered, by whom, and by the values of something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Sequence
from statistics import mean, median

from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.fields.plain import as_text
from auditkit.fields.yes_no import NO, YES
from auditkit.round import Round
from auditkit.survey.hide import hidden, unshown
from auditkit.survey.model import Asked, Base, Count, Cross, Numbers, Part, Report, Result
from auditkit.survey.replies import Replied, Reply, questions, replied

NUMBERS = ("whole_number", "decimal", "percent")
TEXTS = ("text", "person")
NOTHING = Reply()
# The name of a group, and who is in it.
Group = tuple[str, Sequence[Replied]]
# What stands for recipients of whom isn't known in which group they are.
UNKNOWN = "Not known"


def report(round_: Round, today: dt.date) -> Report:
    """Return what a survey was answered.

    Args:
        round_: The round, collated.
        today: The day that the report bears.

    Raises:
        AuditkitError: The audit has no survey, it wasn't collated, nobody has replied, or its tables aren't
            kept as files.
    """
    listed = tuple(questions(round_.audit))
    if not listed:
        raise AuditkitError(
            f"{round_.audit.title} has no survey questions: none of its questions has an 'answer'. What its "
            "returns say is in the master."
        )
    people, asked = replied(round_)
    audit, small = round_.audit, round_.audit.survey_policy.small
    results = tuple(_result(each, people, listed, audit, small) for each in listed)
    settings = round_.settings
    about = (settings.title, settings.partnership, audit.edition, today)
    return Report(*about, asked, len(people), small, results)


def counted_by(audit: Audit) -> dict[str, str]:
    """Return what answers are also counted by, a column or a question, with what people call it.

    Of those who answer an anonymous survey the register tells nothing, so its columns are left out.
    """
    texts = {each.id: each.text for each in questions(audit)}
    policy = audit.survey_policy
    names = (name for name in policy.by if name in texts or not policy.anonymous)
    return {name: texts.get(name, name.replace("_", " ")) for name in names}


def _result(
    asked: Asked, people: Sequence[Replied], listed: Sequence[Asked], audit: Audit, small: int | None
) -> Result:
    base, given = _base(asked, people), _given(asked, people)
    few = small is not None and base.answered < small
    if asked.answer.kind in TEXTS or asked.answer.kind == "date":
        texts = tuple(sorted(as_text(v) for reply in given for v in reply.values))
        return Result(asked, base, texts=() if few else texts, unlisted=few and bool(texts))
    answers = _answers(asked, given)
    row = _tally(given, answers)
    by = [] if asked.answer.kind in NUMBERS else _groupings(asked, people, listed, audit)
    tables = [[_tally(_given(asked, own), answers) for _, own in groups] for _, groups in by]
    bases = [[_base(asked, own) for _, own in groups] for _, groups in by]
    unseen = [unshown([each.answered for each in own], small) for own in bases]
    gone, gone_by = hidden(row, tables, small, adds_up=not asked.is_several, nothing_of=unseen)
    counts = _counts(answers, row, range(len(row)) if few else gone, base)
    crosses = []
    for n, (label, groups) in enumerate(by):
        parts = [
            Part(
                name,
                None if i in unseen[n] else bases[n][i],
                _counts(answers, tables[n][i], {j for at, j in gone_by[n] if at == i}, bases[n][i]),
            )
            for i, (name, _) in enumerate(groups)
        ]
        crosses.append(Cross(label, tuple(parts)))
    others = tuple(sorted(words for reply in given for words in reply.words))
    told = all(count.count is not None for count in counts if count.answer == asked.answer.other)
    return Result(
        asked,
        base,
        counts,
        others if told else (),
        unlisted=bool(others) and not told,
        numbers=_numbers(given, small) if asked.answer.kind in NUMBERS else None,
        crosses=tuple(crosses),
    )


def _base(asked: Asked, people: Sequence[Replied]) -> Base:
    put = [person.replies.get(asked.id, NOTHING) for person in people if asked.id in person.asked]
    none = sum(reply.is_not_applicable(asked) for reply in put)
    answered = sum(bool(reply.values) for reply in put) - none
    return Base(len(put), answered, none, sum(reply.unusable and not reply.values for reply in put))


def _given(asked: Asked, people: Sequence[Replied]) -> list[Reply]:
    """Return the replies that percentages are of."""
    replies = (person.replies.get(asked.id, NOTHING) for person in people if asked.id in person.asked)
    return [reply for reply in replies if reply.values and not reply.is_not_applicable(asked)]


def _answers(asked: Asked, given: Sequence[Reply]) -> tuple[str, ...]:
    """Return what can be counted: the choices, or the numbers that were given, smallest first."""
    if asked.answer.kind in NUMBERS:
        numbers = sorted({v for reply in given for v in reply.values if isinstance(v, (int, float))})
        return tuple(as_text(number) for number in numbers)
    if asked.answer.kind == "yes_no":
        return (YES, NO)
    return tuple(choice for choice in asked.answer.choices if choice != asked.answer.not_applicable)


def _tally(given: Sequence[Reply], answers: Sequence[str]) -> list[int]:
    said = [{as_text(value) for value in reply.values} for reply in given]
    return [sum(answer in each for each in said) for answer in answers]


def _counts(
    answers: Sequence[str], row: Sequence[int], gone: Container[int], base: Base
) -> tuple[Count, ...]:
    return tuple(
        Count(answer, None if j in gone else row[j], base.answered) for j, answer in enumerate(answers)
    )


def _numbers(given: Sequence[Reply], small: int | None) -> Numbers | None:
    values = [float(v) for reply in given for v in reply.values if isinstance(v, (int, float))]
    if not values or (small is not None and len(values) < small):
        return None
    ends = (min(values), max(values)) if small is None else (None, None)
    return Numbers(median(values), mean(values), *ends)


def _groupings(
    asked: Asked, people: Sequence[Replied], listed: Sequence[Asked], audit: Audit
) -> list[tuple[str, Sequence[Group]]]:
    """Return the people by each thing that the survey names: what it is called, and the groups in order."""
    by_id = {each.id: each for each in listed}
    found: list[tuple[str, Sequence[Group]]] = []
    for name, label in counted_by(audit).items():
        if name == asked.id:
            continue
        groups: dict[str, list[Replied]] = {}
        for person in people:
            groups.setdefault(_group(name, person, by_id), []).append(person)
        order = dict.fromkeys([*_order(name, by_id, audit), *sorted(groups)])
        found.append((label, [(group, groups[group]) for group in order if group in groups]))
    return found


def _group(name: str, person: Replied, by_id: dict[str, Asked]) -> str:
    """Return the group that somebody is in, by the register or by what was answered to another question."""
    if name not in by_id:
        return person.row.get(name, "") or UNKNOWN
    values = person.replies.get(name, NOTHING).values
    return as_text(values[0]) if values else UNKNOWN


def _order(name: str, by_id: dict[str, Asked], audit: Audit) -> tuple[str, ...]:
    """Return the groups in the order in which people expect them, as far as there is one."""
    if name == "group":
        return audit.groups
    asked = by_id.get(name)
    return () if asked is None else (asked.answer.choices or (YES, NO))
