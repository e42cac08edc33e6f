"""Rows of agencies: how each fared in each section, and altogether, over all its cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from auditkit.definition.model import Audit, Section
from auditkit.rating import Rating, Result, result_scale, roll_up
from auditkit.register import Recipient
from auditkit.tables.cases import CLOSED, counted, grid_of, standings
from auditkit.tables.model import OVERALL, WHOLE, Given
from auditkit.tables.stands import Stands, overall_scale
from auditkit.tables.table import Row, Table
from auditkit.tables.tally import Tally

CAME = ("returned", "partly", "nil return")


def agency_result_rows(
    given: Given, tables: Mapping[str, Table], stands: Mapping[str, Stands]
) -> Iterator[Row]:
    """Yield the whole and each rated section of an agency, the meeting apart (``agency_results``).

    Args:
        given: The collation.
        tables: At least ``recipients``.
        stands: The ratings that stand, by recipient.
    """
    grid = grid_of(given)
    if grid is None:
        return
    standing = standings(tables["recipients"])
    for agency in grid.agencies:
        members = [member for member in grid.of(agency) if standing[member.id] != CLOSED]
        own = [section for section, _, _ in given.rated if any(_asks(given, m, section) for m in members)]
        yield _row(given, agency, None, members, own, standing, stands)
        for section in own:
            on = [member for member in members if _asks(given, member, section)]
            yield _row(given, agency, section, on, [section], standing, stands)


def _row(
    given: Given,
    agency: str,
    section: Section | None,
    members: Sequence[Recipient],
    sections: Sequence[Section],
    standing: Mapping[str, str],
    stands: Mapping[str, Stands],
) -> Row:
    """Return a row of an agency: a section over the members that are asked it, or without one the whole."""
    tally, ratings = Tally(), list[Rating]()
    for member in members:
        for part, scale in ((part, scale) for part, scale, _ in given.rated if part in sections):
            for question in part.questions:
                if question.id not in given.asked[member.id]:
                    continue
                value = stands[member.id].values.get(question.id)
                tally.add(scale, value, has_returned=standing[member.id] in CAME)
                ratings.append(Rating(scale, value, question.weight))
    what = (OVERALL, WHOLE) if section is None else (section.id, section.title)
    *cases, _ = counted(Counter(standing[member.id] for member in members))
    if section is None:  # each case counts once, by the grade that stands
        whole = overall_scale(given)
        points = (stands[member.id].point for member in members)
        ratings = [Rating(whole, point.text) for point in points if whole and point]
    result = _result(given.collation.audit, section, ratings) if ratings else None
    shown = (result.point.id, result.point.text) if result and result.point else (None, None)
    score = result.score if result else None
    return (agency, *what, len(members), *cases, *tally.figures, score, *shown, tally.mean)


def _result(audit: Audit, section: Section | None, ratings: Sequence[Rating]) -> Result:
    """Return what the audit's rule makes of ratings of one section, or without one of grades of cases.

    A cap holds one return down for one bad answer. Over many cases hardly an agency would be without any.
    """
    rule = audit.roll_up_of(section)
    return roll_up(replace(rule, caps=()), result_scale(audit, section), ratings)


def _asks(given: Given, member: Recipient, section: Section) -> bool:
    return any(question.id in given.asked[member.id] for question in section.questions)
