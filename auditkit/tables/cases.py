"""Rows of cases: each with the grades of its agencies, the meeting's judgement, and those of last time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditkit.definition.cases import folded
from auditkit.definition.scale import Point
from auditkit.rating import rank_of
from auditkit.register import Recipient
from auditkit.tables.last_time import GradeThen
from auditkit.tables.model import OVERALL, Given
from auditkit.tables.schema import NO, YES
from auditkit.tables.stands import Stands, overall_scale
from auditkit.tables.table import Row, Table, rows

# What stands where an agency has nothing to do with a case.
NOT_ON_CASE = "not on this case"
# Standings that count workbooks, in the order of the tables' columns: a nil return is a return.
CLOSED = "closed"
STANDINGS = (("returned", "nil return"), ("partly",), ("not returned",), (CLOSED,))
NOBODY = (None, NOT_ON_CASE, *(None,) * 5)


@dataclass(frozen=True)
class Grid:
    """Who is on which case: names as they are spelt first, in the order of the register, the meeting last.

    ``on`` has the recipient by case and agency, both folded.
    """

    cases: tuple[str, ...]
    agencies: tuple[str, ...]
    meeting: str
    on: Mapping[tuple[str, str], Recipient]

    def at(self, case: str, agency: str) -> Recipient | None:
        """Return the recipient that is this agency, or the meeting, on a case."""
        return self.on.get((folded(case), folded(agency)))

    def of(self, agency: str) -> list[Recipient]:
        """Return the recipients that an agency is, one on each of its cases."""
        return [found for case in self.cases if (found := self.at(case, agency)) is not None]


def grid_of(given: Given) -> Grid | None:
    """Return who is on which case; None if the audit isn't one of cases."""
    audited = given.collation.audit.cases
    if audited is None:
        return None
    cases, agencies, on = dict[str, str](), dict[str, str](), dict[tuple[str, str], Recipient]()
    meeting = folded(audited.meeting)
    for recipient in given.collation.recipients:
        row = recipient.row()
        case, agency = key = audited.key_of(row)
        cases.setdefault(case, audited.case_of(row))
        agencies.setdefault(agency, audited.agency_of(row))
        on[key] = recipient
    names = [name for key, name in agencies.items() if key != meeting]
    return Grid(tuple(cases.values()), tuple(names), agencies.get(meeting, audited.meeting), on)


def standings(table: Table) -> dict[str, str]:
    """Return how far each recipient is, by id; who closed is done with what it sent.

    Args:
        table: The table ``recipients``.
    """
    return {
        key: "returned" if standing == CLOSED and file else standing
        for key, standing, file in rows(table, "recipient_id", "standing", "file")
    }


def counted(found: Counter[str]) -> tuple[int, ...]:
    """Return how many workbooks stand how, in the order of the columns."""
    return tuple(sum(found[standing] for standing in names) for names in STANDINGS)


def case_grade_rows(given: Given, tables: Mapping[str, Table], stands: Mapping[str, Stands]) -> Iterator[Row]:
    """Yield every case × every agency, and the meeting (``case_grades``).

    Args:
        given: The collation.
        tables: At least ``recipients`` and ``results``.
        stands: The ratings that stand, by recipient.
    """
    grid = grid_of(given)
    if grid is None:
        return
    standing = standings(tables["recipients"])
    own = {
        key: text
        for key, section, text in rows(tables["results"], "recipient_id", "section_id", "text")
        if section == OVERALL
    }
    for case in grid.cases:
        meeting = grid.at(case, grid.meeting)
        judged = stands[meeting.id].point if meeting else None
        for agency in (*grid.agencies, grid.meeting):
            recipient, is_meeting = grid.at(case, agency), agency == grid.meeting
            what = (case, agency, YES if is_meeting else NO)
            then = given.collation.last.grades.get((folded(case), folded(agency)))
            if recipient is None:
                yield (*what, *NOBODY, *_then(given, then, None))
                continue
            found = stands[recipient.id]
            apart = None if is_meeting else _better(given, found.point, judged)
            shown = (found.point.id, found.point.text) if found.point else (None, None)
            moderated = YES if found.moderated else NO
            said = (recipient.id, standing[recipient.id], own.get(recipient.id), moderated, *shown)
            yield (*what, *said, apart, *_then(given, then, found.point))


def case_rows(case_grades: Table) -> Iterator[Row]:
    """Yield each case with how many of its agencies returned and what the meeting said (``cases``).

    Args:
        case_grades: The table of that name.
    """
    asked, graded, moderated = Counter[str](), Counter[str](), Counter[str]()
    standing: dict[str, Counter[str]] = {}
    meetings = {}
    for row in rows(case_grades):
        known = standing.setdefault(row.case, Counter())
        if row.is_meeting == YES:
            meetings[row.case] = row
        elif row.recipient_id is not None:
            asked[row.case] += row.standing != CLOSED
            known[row.standing] += 1
            graded[row.case] += row.grade is not None
            moderated[row.case] += row.moderated == YES
    for case, found in standing.items():
        one = meetings[case]
        counts = (asked[case], *counted(found), graded[case], moderated[case])
        yield (case, *counts, one.standing, one.point, one.grade, one.then_round, one.then, one.change)


def _better(given: Given, one: Point | None, other: Point | None) -> int | None:
    """Return by how many points of the scale a grade is better than another; None if there aren't two."""
    scale = overall_scale(given)
    if scale is None or one is None or other is None:
        return None
    ranks = [rank_of(scale, point.id) for point in (one, other)]
    return None if None in ranks else int(ranks[1]) - int(ranks[0])  # type: ignore[arg-type]


def _then(given: Given, then: GradeThen | None, now: Point | None) -> Row:
    """Return round and grade of last time, and whether today's is better."""
    if then is None:
        return (None, None, None)
    scale = overall_scale(given)
    before = scale.point(then.point) if scale and then.point else None
    return (then.round, then.text, change_word(_better(given, now, before)))


def change_word(better: float | None) -> str | None:
    """Return what a change for the better (more than 0) or worse (less) is called; None if it isn't known."""
    if better is None:
        return None
    return "better" if better > 0 else "worse" if better < 0 else "same"
