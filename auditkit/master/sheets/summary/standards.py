"""The block of *Summary* on how many recipients stand where in each standard, with its chart."""

from __future__ import annotations

from collections import Counter

from auditkit.definition.scale import Point
from auditkit.master import charts
from auditkit.master.book import cell, literal
from auditkit.master.places import Places
from auditkit.master.sheets.summary.page import Page
from auditkit.tables import NOT_ASKED, rows


def result_points(places: Places) -> tuple[Point, ...]:
    """Return the points that results can have, those of the overall scale first, each text once."""
    found: dict[str, Point] = {}
    for rule in reversed(places.rules):
        for point in rule.scale.ranked:
            found.setdefault(point.text, point)
    return tuple(found.values())


def write(page: Page, row: int, points: tuple[Point, ...]) -> int:
    """Write how many recipients stand where in each standard, with its chart; return the row after."""
    page.heading(row, "Ratings by standard")
    page.head(row + 1, ["Recipients rated", *(point.text for point in points), "Not rated", "Not asked"])
    for col, point in enumerate(points, start=1):
        page.sheet.write_string(row + 1, col, point.text, page.book.colour(point.colour, "list_point"))
    texts = Counter(rows(page.tables.results, "section_id", "text"))
    asked_of = Counter(key for key, asked in rows(page.tables.results, "section_id", "asked") if asked)
    first, everyone = row + 2, len(page.tables.recipients)
    for line, (subject, title) in enumerate(page.places.subjects, start=first):
        column = page.places.heatmap_column(page.places.result_col(subject))
        style = "list_total" if line == first else "list"
        page.book.put(page.sheet, line, 0, title, style)
        counts = [texts[subject, point.text] for point in points]
        for col, count in enumerate(counts, start=1):
            formula = f"=SUMPRODUCT(--({column}={cell(row + 1, col)}))"
            page.book.formula(page.sheet, line, col, formula, count, f"{style}_count")
        asked, col = asked_of[subject], len(points) + 1
        rest = f"=ROWS({column})-SUM({cell(line, 1)}:{cell(line, len(points))})-{cell(line, col + 1)}"
        page.book.formula(page.sheet, line, col, rest, asked - sum(counts), f"{style}_count")
        formula = f"=SUMPRODUCT(--({column}={literal(NOT_ASKED)}))"
        page.book.formula(page.sheet, line, col + 1, formula, everyone - asked, f"{style}_count")
    last = first + len(page.places.subjects) - 1
    end = page.lines(first, last)
    columns = [(col, point.colour) for col, point in enumerate(points, start=1)]
    said = "Bar chart: of the recipients rated in each standard, how many stand at each rating."
    bars = charts.Bars("Recipients at each rating", said, row + 1, first, last, columns)
    charts.insert(page.book, page.sheet, bars, (row, page.right), page.chart_size(row, end))
    return end
