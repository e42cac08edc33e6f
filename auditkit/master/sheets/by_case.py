"""*By case*: the grades of all agencies on a case side by side, and what their meeting made of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.style import WARNING
from auditkit.tables import NOT_ON_CASE, YES, Tables, rows

NAME = "By case"
ABOUT = (
    "Each case: the grades of its agencies side by side, the judgement of their meeting, and how far the "
    "agencies' grades are from it."
)
NOTHING = "Nobody is on any case."
FIRST = (Column("Case", 10, "id"), Column("On it", 6, "tally"), Column("Returned", 9, "tally"))
MISSING = Column("Missing", 22)
JUDGEMENT = Column("Meeting's judgement", 14, "centred", repeats=True)
AFTER = (Column("Apart from the meeting", 38), Column("Moderated", 12, "centred", repeats=True))
SINCE = (Column("Judgement then", 14, "centred", repeats=True), Column("Since then", 40))
# What stands in place of a grade, where there is none.
NOT_RATED = "not rated"
OUT = ("not returned", "partly")
FROZEN = 1


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    grades = [list(own) for _, own in groupby(rows(tables.case_grades), key=lambda row: row.case)]
    agencies = [row.agency for row in grades[0] if row.is_meeting != YES] if grades else []
    columns = [*FIRST, MISSING, *(Column(name, 13, "centred", repeats=True) for name in agencies)]
    first = len(columns) - len(agencies)
    columns += [JUDGEMENT, *AFTER]
    compared = any(row.then is not None for own in grades for row in own)
    columns += SINCE if compared else ()
    lines = (_line(case, own, compared) for case, own in zip(rows(tables.cases), grades, strict=True))
    warning = book.file.add_format({"bold": True, "font_color": WARNING})
    for sheet in write_table(book, NAME, columns, lines, nothing=NOTHING, freeze=FROZEN):
        shown = (1, first, sheet.count, first + len(agencies))
        book.colour_ratings(sheet, shown, tables.audit.scales)
        book.grey(sheet, shown, (NOT_ON_CASE, "closed"))
        for text in OUT:
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": warning}
            sheet.conditional_format(*shown, rule)
        if compared:
            then = len(columns) - len(SINCE)
            book.colour_ratings(sheet, (1, then, sheet.count, then), tables.audit.scales)


def _line(case: Any, grades: list[Any], compared: bool) -> tuple[Any, ...]:
    """Return the line of a case: its row of cases, and those of its grades, the meeting's last."""
    *agencies, meeting = grades
    judgement = shown(meeting)
    line = (case.case, case.asked, case.returned, "\n".join(_missing(grades)))
    after = ("\n".join(_apart(agencies)), "\n".join(_moderated(agencies)))
    since = (case.then, "\n".join(_since(agencies, meeting))) if compared else ()
    return (*line, *map(shown, agencies), judgement, *after, *since)


def shown(row: Any) -> str:
    """Return what stands in the cell of an agency on a case: its grade, or why there is none."""
    if row.grade is not None:
        return str(row.grade)
    return NOT_RATED if row.standing == "returned" else str(row.standing)


def _missing(grades: list[Any]) -> Iterator[str]:
    for row in grades:
        if row.standing in OUT:
            yield row.agency + (" (partly)" if row.standing == "partly" else "")


def _apart(agencies: list[Any]) -> Iterator[str]:
    compared = [row for row in agencies if row.difference is not None]
    for row in (row for row in compared if row.difference):
        yield f"{row.agency}: {abs(row.difference)} {'better' if row.difference > 0 else 'worse'}"
    if compared and not any(row.difference for row in compared):
        yield "none"


def _moderated(agencies: list[Any]) -> Iterator[str]:
    graded = [row for row in agencies if row.grade is not None]
    moderated = [row for row in graded if row.moderated == YES]
    changed = sum(row.self_grade != row.grade for row in moderated)
    if graded:
        yield f"{len(moderated)} of {len(graded)}"
    if changed:
        yield f"{changed} changed"


def _since(agencies: list[Any], meeting: Any) -> Iterator[str]:
    compared = [row for row in (meeting, *agencies) if row.then is not None and row.grade is not None]
    for row in compared:
        if row.change != "same":
            yield f"{row.agency}: {row.change or 'not comparable'} (was {row.then})"
    same = sum(row.change == "same" for row in compared)
    if same:
        yield f"the same: {same} of {len(compared)}"
