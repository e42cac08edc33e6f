"""Three rounds side by side, by agency and standard; what goes with nothing is listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditkit.rating import half_up
from auditkit.round import Round
from auditkit.triangulation import cases, practice, self_rated
from auditkit.triangulation.cases import Asked, Graded
from auditkit.triangulation.match import Match, alone, matched, standards
from auditkit.triangulation.model import Grades, Key, Line, Practice, SelfRating, Triangulation
from auditkit.triangulation.practice import Practices
from auditkit.triangulation.rules import shipped
from auditkit.triangulation.self_rated import SelfRatings
from auditkit.triangulation.source import CASES, SELF, SURVEY, source

# Differences that are the same but for the sums of fractions are the same.
PLACES = 6


def triangulate(own: Round, survey: Round, case_audit: Round | None = None) -> Triangulation:
    """Lay a self assessment, a survey of practitioners and a case audit side by side.

    Args:
        own: The self assessment, collated.
        survey: The survey, collated. Its questions name standards of the self assessment.
        case_audit: The case audit, collated, if there is one; likewise.

    Raises:
        AuditkitError: One of them wasn't collated, or isn't what it is to be.
    """
    ratings, practices = self_rated.read(own), practice.read(survey)
    graded = cases.read(case_audit) if case_audit else None
    sources = [source(own, SELF), source(survey, SURVEY)]
    sources += [source(case_audit, CASES)] if case_audit else []
    made = laid(ratings, practices, graded)
    return replace(made, sources=tuple(sources), scales=own.audit.scales)


def laid(ratings: SelfRatings, practices: Practices, graded: Graded | None) -> Triangulation:
    """Return what was read of each round, side by side, with the differences ranked."""
    groups = matched(practices.groups, ratings, SURVEY)
    workers = matched(graded.agencies if graded else (), ratings, CASES, several=True)
    said = {
        (groups.agencies[name], standard): figure
        for (name, standard), figure in practices.figures.items()
        if name in groups.agencies
    }
    work = _graded(graded, workers) if graded else {}
    small = practices.small
    lines = [
        _line(agency, standard, figure, said.get((agency, standard)), work.get((agency, standard)), small)
        for (agency, standard), figure in ratings.figures.items()
        if (agency, standard) in said or (agency, standard) in work
    ]
    overall = [
        _line("", key, figure, practices.overall.get(key), graded.overall.get(key) if graded else None, small)
        for key, figure in ratings.overall.items()
        if key in practices.overall or (graded and key in graded.overall)
    ]
    unmatched = [
        *(*groups.unmatched, *workers.unmatched),
        *alone(ratings, groups, "no_survey"),
        *(alone(ratings, workers, "no_cases") if graded else ()),
        *standards(ratings, practices.questions, SURVEY),
        *(standards(ratings, graded.questions, CASES) if graded else ()),
    ]
    return Triangulation(
        ranked(lines),
        ranked(overall),
        tuple(unmatched),
        (),
        ratings.agencies,
        ratings.standards,
        by=practices.by,
        small=small,
        least=shipped().least_answered,
    )


def ranked(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return lines, the largest difference first, then those that have no rank, in their order.

    What counts of a difference is what is left of it after what it may be off by; of equal ones that which
    more people answered comes first.
    """
    lines = list(lines)
    able = sorted((line for line in lines if not line.remark), key=_weight)
    first = tuple(replace(line, rank=n) for n, line in enumerate(able, start=1))
    return (*first, *(line for line in lines if line.remark))


def _weight(line: Line) -> tuple[float, int]:
    people = line.practice.people if line.practice else 0
    return -half_up(line.at_least or 0, PLACES), -people


def _graded(graded: Graded, match: Match) -> dict[Key, Grades]:
    """Return how work was graded, by agency and standard; an agency may be called in several ways."""
    asked: dict[Key, list[Asked]] = {}
    for (name, standard), own in graded.asked.items():
        if name in match.agencies:
            asked.setdefault((match.agencies[name], standard), []).extend(own)
    return {key: cases.figure(own) for key, own in asked.items()}


def _line(
    agency: str, standard: str, own: SelfRating, said: Practice | None, work: Grades | None, small: int | None
) -> Line:
    remark = _remark(own, said, small)
    return Line(
        agency,
        standard,
        own,
        said,
        work,
        _less(own.place, said.place if said else None),
        _less(own.place, work.place if work else None),
        remark=remark,
    )


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def _remark(own: SelfRating, said: Practice | None, small: int | None) -> str:
    """Return why a difference has no rank, nothing if it has one."""
    least = shipped().least_answered
    reasons = {
        "not_asked": not own.asked,
        "not_rated": own.place is None and bool(own.standing),
        "nobody_rated": own.place is None,
        "not_surveyed": said is None or (said.questions == said.declared and not said.asked),
        "too_few": said is not None and not said.answers and said.questions < said.declared,
        "nobody": said is not None and not said.answers,
        "few": said is not None and said.people < least,
    }
    why = next((name for name, holds in reasons.items() if holds), None)
    if why is None:
        return ""
    return shipped().remarks[why].format(standing=own.standing, small=small, least=least)
