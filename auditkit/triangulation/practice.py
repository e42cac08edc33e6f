"""What practitioners answered, standard by standard: from the survey's report, after it hid small counts.

Nothing else of the survey is looked at. So whatever stands here can be worked out by anybody who has that
report, and tells nothing that it hides.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditkit.definition.places import places
from auditkit.definition.survey import AnswerType, whole
from auditkit.errors import AuditkitError
from auditkit.round import Round
from auditkit.survey.count import UNKNOWN, counted_by, report
from auditkit.survey.model import Base, Count, Report
from auditkit.triangulation.model import Practice

# A question's answers: how it is answered, who was asked (None if too few answered), and the counts.
Answers = tuple[AnswerType, Base | None, Sequence[Count]]


@dataclass(frozen=True)
class Practices:
    """A survey: figures by group and standard, and by standard over everybody.

    ``groups`` are all groups of which answers are counted, ``by`` what they are, ``questions`` the standard
    of each question, blank if it names none. ``small`` is as in the survey.
    """

    groups: tuple[str, ...]
    by: str
    questions: Mapping[str, str]
    figures: Mapping[tuple[str, str], Practice]
    overall: Mapping[str, Practice]
    small: int | None


def read(round_: Round) -> Practices:
    """Read what a survey's collation kept.

    Raises:
        AuditkitError: It has no survey, nobody replied, it wasn't collated, or it is counted by nothing.
    """
    by = next(iter(counted_by(round_.audit).values()), "")
    if not by:
        raise AuditkitError(
            f"It isn't known which agency answers in {round_.folder} are from. Name the column of its "
            "register, or the question, that says so first under 'by' of 'survey'."
        )
    try:
        made = report(round_, dt.date.min)
    except AuditkitError as error:
        raise AuditkitError(f"{round_.folder}: {error}") from error
    beside = {whole(question.id): question.beside for _, question in round_.audit.questions()}
    return shown(made, by, beside)


def shown(made: Report, by: str, beside: Mapping[str, str]) -> Practices:
    """Return the figures of a report.

    Args:
        made: The report.
        by: What tells the agency of those who answered, as the report calls it.
        beside: The standard of each question, blank if it names none.
    """
    groups: dict[str, None] = {}
    given: dict[tuple[str, str], list[Answers]] = defaultdict(list)
    everybody: dict[str, list[Answers]] = defaultdict(list)
    for result in made.results:
        standard = beside[result.asked.id]
        cross = next((each for each in result.crosses if each.by == by), None)
        for part in cross.parts if cross else ():
            groups[part.name] = None
            given[part.name, standard].append((result.asked.answer, part.base, part.counts))
        few = made.small is not None and 0 < result.base.answered < made.small
        everybody[standard].append((result.asked.answer, None if few else result.base, result.counts))
    figures = {key: figure(answers) for key, answers in given.items() if key[1]}
    overall = {standard: figure(answers) for standard, answers in everybody.items() if standard}
    questions = {result.asked.id: beside[result.asked.id] for result in made.results}
    known = tuple(group for group in groups if group != UNKNOWN)
    return Practices(known, by, questions, figures, overall, made.small)


def figure(answers: Iterable[Answers]) -> Practice:
    """Return what several questions come to.

    Hidden counts are taken together: how many they are follows from those that are shown.
    """
    declared = list(answers)
    used = [(answer, base, counts) for answer, base, counts in declared if base is not None]
    stand = [_ends(places(answer), base, counts) for answer, base, counts in used]
    good = [
        _ends({count.answer: count.answer in answer.favourable for count in counts}, base, counts)
        for answer, base, counts in used
    ]
    people = [base.answered for _, base, _ in used]
    total = sum(people)
    low, high = (sum(end) / total if total else 0.0 for end in _columns(stand))
    least, most = (sum(end) / total if total else 0.0 for end in _columns(good))
    return Practice(
        place=(low + high) / 2 if total else None,
        margin=(high - low) / 2,
        favourable=(least, most) if total else None,
        people=max(people, default=0),
        answers=total,
        asked=sum(base.asked for _, base, _ in used),
        questions=len(used),
        declared=len(declared),
    )


def _ends(worth: Mapping[str, float], base: Base, counts: Sequence[Count]) -> tuple[float, float]:
    """Return the least and the most that all answers to a question can be worth together.

    A hidden count is one at least, since nought is shown; the rest may be of any of the hidden choices.
    """
    shown_ = [count for count in counts if count.count is not None]
    open_ = [worth[count.answer] for count in counts if count.count is None]
    known = sum(worth[count.answer] * (count.count or 0) for count in shown_) + sum(open_)
    spare = base.answered - sum(count.count or 0 for count in shown_) - len(open_)
    return known + spare * min(open_, default=0), known + spare * max(open_, default=0)


def _columns(ends: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [least for least, _ in ends], [most for _, most in ends]
