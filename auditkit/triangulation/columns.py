"""The columns of tables of differences, the same on sheets and in CSV."""

from __future__ import annotations

from collections.abc import Callable

from auditkit.master.flat import Column
from auditkit.rating import half_up
from auditkit.survey.say import percent
from auditkit.triangulation.model import Grades, Line, Practice, Triangulation

NOT_SHOWN = "not shown"
SHARE_PLACES = 3
AGENCY, STANDARD, SELF_RATING = "Agency", "Standard", "Self rating"
RANK, DIFFERENCE = "Rank", "Difference"
Cell = str | float | None
# Each column with what stands in it.
COLUMNS: tuple[tuple[Column, Callable[[Line, Triangulation], Cell]], ...] = (
    (Column(RANK, 6, "count"), lambda line, _: line.rank),
    (Column(AGENCY, 25, repeats=True), lambda line, made: made.agencies.get(line.agency, "All")),
    (Column(STANDARD, 25, repeats=True), lambda line, made: called(line.standard, made)),
    (Column(DIFFERENCE, 11, "difference"), lambda line, _: _place(line.difference)),
    (Column("At least", 8, "place"), lambda line, _: _place(line.at_least)),
    (Column(SELF_RATING, 14, "centred", repeats=True), lambda line, _: line.self_rating.text or None),
    (Column("Self place", 8, "place"), lambda line, _: _place(line.self_rating.place)),
    (Column("Rated", 7, "count"), lambda line, _: line.self_rating.rated),
    (Column("To be rated", 7, "count"), lambda line, _: line.self_rating.asked),
    (Column("Practitioners' place", 13, "place"), lambda line, _: _said(line.practice, _practice_place)),
    (Column("May be off by", 8, "place"), lambda line, _: _said(line.practice, _margin)),
    (Column("Favourable", 11, "percent"), lambda line, _: _said(line.practice, _favourable)),
    (Column("Answers", 9, "count"), lambda line, _: _said(line.practice, lambda said: said.answers)),
    (Column("Answers asked for", 10, "count"), lambda line, _: _said(line.practice, lambda said: said.asked)),
    (Column("People", 8, "count"), lambda line, _: _said(line.practice, lambda said: said.people)),
    (Column("Questions", 10, "centred"), lambda line, _: _questions(line.practice)),
    (Column("Case grades", 24), lambda line, _: _grades(line.grades)),
    (Column("Cases' place", 8, "place"), lambda line, _: _place(line.grades.place) if line.grades else None),
    (Column("Grades", 8, "count"), lambda line, _: line.grades.grades if line.grades else None),
    (Column("Grades asked for", 8, "count"), lambda line, _: line.grades.asked if line.grades else None),
    (Column("Cases", 7, "count"), lambda line, _: line.grades.cases if line.grades else None),
    (Column("Cases' difference", 11, "difference"), lambda line, _: _place(line.cases_difference)),
    (Column("Why no rank", 28), lambda line, _: line.remark or None),
)


def values(line: Line, made: Triangulation) -> tuple[Cell, ...]:
    """Return what stands in a line, column by column."""
    return tuple(value(line, made) for _, value in COLUMNS)


def called(standard: str, made: Triangulation) -> str:
    """Return what a standard is called: its id and title."""
    return f"{standard} {made.standards[standard]}"


def _place(place: float | None) -> float | None:
    return None if place is None else half_up(place, 1)


def _said(said: Practice | None, figure: Callable[[Practice], Cell]) -> Cell:
    """Return a figure of practitioners; of too few of them none is shown."""
    if said is None:
        return None
    return figure(said) if said.questions else NOT_SHOWN


def _practice_place(said: Practice) -> Cell:
    return _place(said.place)


def _margin(said: Practice) -> Cell:
    return half_up(said.margin, 1) if said.answers else None


def _favourable(said: Practice) -> Cell:
    """Return the share of favourable answers, or between which two it is if some are hidden."""
    if said.favourable is None:
        return None
    least, most = (percent(share) for share in said.favourable)
    return half_up(said.favourable[0], SHARE_PLACES) if least == most else f"{least} to {most}"


def _questions(said: Practice | None) -> str | None:
    """Return of how many questions answers are counted, of how many that name the standard."""
    return None if said is None else f"{said.questions} of {said.declared}"


def _grades(grades: Grades | None) -> str | None:
    if grades is None:
        return None
    return ", ".join(f"{label} {count}" for label, count in grades.counts) or "None given"
