"""*By agency*: what each agency's grades are over all its cases, and where it is weakest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from auditkit.definition.scale import Scale
from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.rating import result_scale
from auditkit.tables import OVERALL, Tables, rows

NAME = "By agency"
ABOUT = (
    "Each agency over all its cases: how often each grade stands and what the audit's rule makes of these "
    "grades, of how many questions asked how many were rated, and its weakest sections. Caps are left out: "
    "they hold down one return."
)
NOTHING = "No agency is on any case."
FIRST = (
    Column("Agency", 26),
    Column("Cases", 7, "tally"),
    Column("Returned", 9, "tally"),
    Column("Partly", 7, "tally"),
    Column("Missing cases", 16),
    Column("Graded", 8, "tally"),
)
AFTER = (
    Column("Asked", 8, "tally"),
    Column("Rated", 8, "tally"),
    Column("Score", 8, "tally_score"),
    Column("Over all cases", 15, "centred", repeats=True),
    Column("Weakest sections", 50),
)
# How many sections are named.
WEAKEST = 3
BEST = 100


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    scale = result_scale(tables.audit) if tables.audit.cases and len(tables.results) else None
    points = [point.text for point in scale.ranked] if scale else []
    columns = (*FIRST, *(Column(text, 13, "tally") for text in points), *AFTER)
    lines = _lines(tables, scale)
    for sheet in write_table(book, NAME, columns, lines, nothing=NOTHING, freeze=1):
        col = len(columns) - 2
        book.colour_ratings(sheet, (1, col, sheet.count, col), tables.audit.scales)


def _lines(tables: Tables, scale: Scale | None) -> Iterator[tuple[Any, ...]]:
    points = [point.id for point in scale.ranked] if scale else []
    given, missing = defaultdict[str, Counter[str]](Counter), defaultdict[str, list[str]](list)
    for row in rows(tables.case_grades):
        if row.point is not None:
            given[row.agency][row.point] += 1
        if row.standing == "not returned":
            missing[row.agency].append(row.case)
    weakest = _weakest(tables)
    for row in rows(tables.agency_results):
        if row.section_id == OVERALL:
            counts = given[row.agency]
            first = (row.agency, row.cases, row.returned, row.partly, ", ".join(missing[row.agency]))
            after = (row.asked, row.rated, row.score, row.text, "\n".join(weakest[row.agency]))
            yield (*first, counts.total(), *(counts[point] for point in points), *after)


def _weakest(tables: Tables) -> dict[str, list[str]]:
    """Return the sections of each agency that are furthest from the best point, weakest first."""
    found = defaultdict[str, list[Any]](list)
    for row in rows(tables.agency_results):
        if row.section_id != OVERALL and row.strength is not None and row.strength < BEST:
            found[row.agency].append(row)
    named = defaultdict[str, list[str]](list)
    for agency, own in found.items():
        for row in sorted(own, key=lambda row: row.strength)[:WEAKEST]:
            named[agency].append(
                f"{row.section}: {row.text or 'no grade'} ({row.rated} of {row.asked} rated)"
            )
    return named
