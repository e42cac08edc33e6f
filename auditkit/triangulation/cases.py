"""How work on cases was graded, standard by standard and agency by agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from auditkit.definition.scale import Scale
from auditkit.errors import AuditkitError
from auditkit.fields import Value
from auditkit.round import Round
from auditkit.strength import strength
from auditkit.tables import YES
from auditkit.tables.kept import kept
from auditkit.triangulation.model import Grades
from auditkit.triangulation.source import check_rated, there

# A question that was asked on a case: on which scale, which case, and the grade, if there is one.
Asked = tuple[Scale, str, Value | None]


@dataclass(frozen=True)
class Graded:
    """A case audit: what was asked, by agency, as its register calls it, and standard; figures over all.

    ``questions`` has the standard of each rated question, blank if it names none.
    """

    agencies: tuple[str, ...]
    questions: Mapping[str, str]
    asked: Mapping[tuple[str, str], Sequence[Asked]]
    overall: Mapping[str, Grades]


def read(round_: Round) -> Graded:
    """Read what a case audit's collation kept; the judgement of meetings is left out.

    Raises:
        AuditkitError: It has no cases, or wasn't collated with the questions that it asks now.
    """
    cases = round_.audit.cases
    if cases is None:
        raise AuditkitError(
            f"{round_.folder} is no case audit: its definition doesn't say under 'cases' which columns of "
            "the register are case and agency."
        )
    check_rated(round_)
    known = {key for key, *_ in there(round_)}
    rows = {each.id: each.row() for each in round_.recipients if each.id in known}
    rows = {key: row for key, row in rows.items() if not cases.is_meeting(row)}
    scales = {section.id: round_.audit.scale_of(section) for section in round_.audit.sections}
    questions = {q.id: q.beside for section, q in round_.audit.questions() if scales[section.id]}
    given: dict[tuple[str, str], list[Asked]] = defaultdict(list)
    everybody: dict[str, list[Asked]] = defaultdict(list)
    columns = ("recipient_id", "section_id", "question_id", "asked", "value")
    for recipient, section, question, asked, value in kept(round_, "ratings", *columns):
        scale, standard = scales[section], questions[question]
        if scale is None or not standard or asked != YES or recipient not in rows:
            continue
        row = rows[recipient]
        one = (scale, cases.case_of(row), value)
        given[cases.agency_of(row), standard].append(one)
        everybody[standard].append(one)
    return Graded(
        tuple(dict.fromkeys(cases.agency_of(row) for row in rows.values())),
        questions,
        given,
        {standard: figure(asked) for standard, asked in everybody.items()},
    )


def figure(asked: Iterable[Asked]) -> Grades:
    """Return what several questions on several cases come to."""
    asked = list(asked)
    counts: dict[str, int] = {point.label: 0 for scale, *_ in asked for point in scale.points}
    places, cases = [], set()
    for scale, case, value in asked:
        point = None if value is None else scale.point_for(value)
        place = strength(scale, value)
        if point is not None:
            counts[point.label] += 1
        if place is not None:
            places.append(place)
            cases.add(case)
    shown = tuple((label, count) for label, count in counts.items() if count)
    return Grades(fmean(places) if places else None, shown, len(places), len(asked), len(cases))
