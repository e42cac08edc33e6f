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

    Hidden counts are taken together: how many they are follows from those that are shown, and they stand
    somewhere between the worst and the best of the choices that they are of.
    """
    declared = list(answers)
    used = [(answer, base, counts) for answer, base, counts in declared if base is not None]
    low = high = 0.0
    favourable: list[int | None] = []
    for answer, base, counts in used:
        least, most = _ends(answer, base, counts)
        low, high = low + least, high + most
        favourable.append(_favourable(answer, base, counts))
    people = [base.answered for _, base, _ in used]
    total = sum(people)
    known = [count for count in favourable if count is not None]
    return Practice(
        place=(low + high) / 2 / total if total else None,
        margin=(high - low) / 2 / total if total else 0,
        favourable=sum(known) / total if total and len(known) == len(favourable) else None,
        people=max(people, default=0),
        answers=total,
        asked=sum(base.asked for _, base, _ in used),
        questions=len(used),
        declared=len(declared),
    )


def _ends(answer: AnswerType, base: Base, counts: Sequence[Count]) -> tuple[float, float]:
    """Return the least and the most that the places of all answers can add up to."""
    place = places(answer)
    known = sum(place[count.answer] * count.count for count in counts if count.count is not None)
    hidden = base.answered - sum(count.count for count in counts if count.count is not None)
    open_ = [place[count.answer] for count in counts if count.count is None]
    return known + hidden * min(open_, default=0), known + hidden * max(open_, default=0)


def _favourable(answer: AnswerType, base: Base, counts: Sequence[Count]) -> int | None:
    """Return how many answers are favourable, None if that can't be told from the counts that are shown."""
    good = [count.count for count in counts if count.answer in answer.favourable]
    rest = [count.count for count in counts if count.answer not in answer.favourable]
    if None not in good:
        return sum(count or 0 for count in good)
    return None if None in rest else base.answered - sum(count or 0 for count in rest)
