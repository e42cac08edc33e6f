"""*By theme*: how often each point was given of how many answers, for each theme, agency and question."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from auditkit.master.book import Book, literal
from auditkit.master.flat import Column, write_table
from auditkit.master.rows import FlatSheet
from auditkit.tables import Tables, rows
from auditkit.workbook.style import BAND, MUTED

NAME = "By theme"
ABOUT = (
    "Each theme, by agency and by question: of how many that were asked how many answered, and how often "
    "each grade was given. Strength is the mean place between the worst grade (0) and the best (100)."
)
NOTHING = "The audit has no theme that anything is asked of."
ALL_QUESTIONS, EVERYBODY = "All its questions", "All"
THEME = Column("Theme", 24, repeats=True)
QUESTION = (Column("Question ID", 10, "id", repeats=True), Column("Question", 36, repeats=True))
COUNTS = (
    Column("Asked", 8, "tally"),
    Column("Not returned", 12, "tally"),
    Column("Blank", 8, "tally"),
    Column("Answered", 10, "tally"),
    Column("N/A", 7, "tally"),
)
STRENGTH = (Column("Rated", 8, "tally"), Column("Strength", 10, "tally_score"))
EVENTS = Column("Events", 8, "tally")
THEN = (
    Column("Rated then", 10, "tally"),
    Column("Strength then", 12, "tally_score"),
    Column("Change", 10, "centred", repeats=True),
)
FIXED = 4


def write(book: Book, tables: Tables) -> None:
    """Write the sheet: each theme for all and by agency, then its questions for all."""
    points, given = _points(tables), _given(tables)
    found = [row for row in rows(tables.themes) if row.question_id is None or row.agency is None]
    with_events = any(row.events for row in found)
    compared = any(row.then_round is not None for row in found)
    agency = Column("Agency" if tables.audit.cases else "Group", 22, repeats=True)
    columns = [THEME, *QUESTION, agency, *COUNTS, *(Column(text, 13, "tally") for text in points), *STRENGTH]
    columns += [EVENTS] if with_events else []
    columns += THEN if compared else ()
    lines = (_line(row, points, given, with_events, compared) for row in found)
    for sheet in write_table(book, NAME, columns, lines, nothing=NOTHING, freeze=FIXED):
        _mark(book, sheet, len(columns))


def _points(tables: Tables) -> list[str]:
    """Return the points that are counted in columns; N/A has one of its own."""
    out = {point.text for scale in tables.audit.scales for point in scale.points if point.not_applicable}
    return [text for text in dict.fromkeys(tables.theme_grades["point_text"]) if text not in out]


def _given(tables: Tables) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return how often each point was given, by row of themes."""
    found: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    for row in rows(tables.theme_grades):
        found[_key(row)][row.point_text] = row.given
    return found


def _key(row: Any) -> tuple[Any, ...]:
    return (row.theme_id, row.theme, row.question_id, row.agency)


def _line(
    row: Any, points: list[str], given: dict[tuple[Any, ...], dict[str, int]], events: bool, compared: bool
) -> tuple[Any, ...]:
    what = (row.theme, row.question_id, row.question or ALL_QUESTIONS, row.agency or EVERYBODY)
    asked = (row.asked, row.not_returned, row.blank, row.answered, row.not_applicable)
    counts = given.get(_key(row), {})
    fared = (*(counts.get(text) for text in points), row.rated, row.strength)
    then = (row.then_rated, row.then_strength, row.change) if compared else ()
    return (*what, *asked, *fared, *([row.events] if events else []), *then)


def _mark(book: Book, sheet: FlatSheet, width: int) -> None:
    """Make the line of a whole theme stand out, and let noughts stand back."""
    whole = book.file.add_format({"bold": True, "bg_color": BAND})
    is_whole = f"=AND($C2={literal(ALL_QUESTIONS)},$D2={literal(EVERYBODY)})"
    rule = {"type": "formula", "criteria": is_whole, "format": whole}
    sheet.conditional_format(1, 0, sheet.count, width - 1, rule)
    pale = book.file.add_format({"font_color": MUTED})
    nought = {"type": "cell", "criteria": "==", "value": 0, "format": pale}
    sheet.conditional_format(1, FIXED, sheet.count, width - 1, nought)
