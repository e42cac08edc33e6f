"""*Questions*: how each question fared over all recipients, and which are weakest; live over *Ratings*."""

from __future__ import annotations

from collections import Counter
from typing import Any

from auditkit.definition.scale import Point, Scale
from auditkit.heights import rough_height
from auditkit.master.book import Book, area, cell, heads
from auditkit.master.flat import LEAST_HEIGHT, SIZE, frame_table
from auditkit.master.places import (
    QUESTIONS,
    RATINGS,
    RATINGS_FIRST_ROW,
    Places,
    places_of,
)
from auditkit.master.scoring import BELOW, FROM, STRENGTH
from auditkit.rating import point_counts
from auditkit.strength import rises
from auditkit.tables import Tables, rows
from auditkit.tables.scores import ORDER_STEP, STRENGTH_PLACES, WORST_STEP, weakness

NAME = QUESTIONS
ABOUT = "How often each question was given each rating; rank 1 is the weakest question. Follows Ratings."
ABOUT_FIXED = "How often each question was given each rating; rank 1 is the weakest question."
FIXED = ("No.", "Question ID", "Standard", "Question")
WIDTHS = (6, 12, 28, 62)
AFTER = ("Rated", "% at best", "% at worst", "Strength", "Rank", "Order")
COUNTS_COL = len(FIXED)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    places = places_of(tables)
    sheet = book.add_sheet(NAME)
    titles = heads([*FIXED, *places.point_texts, *AFTER])
    frame_table(
        book,
        sheet,
        NAME,
        (0, 0, max(len(places.questions), 1), len(titles) - 1),
        titles,
        centred_from=COUNTS_COL,
    )
    for col, width in enumerate((*WIDTHS, *(12 for _ in places.point_texts), *(9.5 for _ in AFTER))):
        sheet.set_column(col, col, width)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, len(places.questions), len(titles) - 2)
    points = _counts(tables)
    keys = area(NAME, 1, len(titles) - 1, len(places.questions), len(titles) - 1)
    for row, question in enumerate(rows(tables.questions), start=1):
        _, _, scale, col = places.questions[row - 1]
        fixed = ((question.number, "tally"), (question.question_id, "id"), (question.section, "text"))
        for c, (value, style) in enumerate((*fixed, (question.question, "text"))):
            book.put(sheet, row, c, value, style)
        texts = ((question.section, WIDTHS[2]), (question.question, WIDTHS[3]))
        wrapped = (rough_height(text, width, SIZE) for text, width in texts)
        sheet.set_row(row, max(LEAST_HEIGHT, *wrapped))
        values = _values(question)
        for c, text in enumerate(places.point_texts, start=COUNTS_COL):
            point = next((p for p in scale.points if p.text == text), None)
            if point is None:
                book.put(sheet, row, c, None, "tally")
                continue
            count = points.get((question.question_id, point.id), 0)
            book.formula(sheet, row, c, _count(places, scale, point, col), count, "tally")
        after = _after(places, scale, col, row, keys)
        for c, (formula, value) in enumerate(zip(after, values, strict=True), start=_after_col(places)):
            style = ("tally", "tally_share", "tally_share", "tally_score", "tally", "order")[
                c - _after_col(places)
            ]
            book.formula(sheet, row, c, formula, value, style)


def column(places: Places, col: int) -> str:
    """Return a column of this sheet, all questions."""
    return area(NAME, 1, col, len(places.questions), col)


def after_column(places: Places, title: str) -> str:
    """Return one of the columns after the counts."""
    return column(places, _after_col(places) + AFTER.index(title))


def _after_col(places: Places) -> int:
    return COUNTS_COL + len(places.point_texts)


def _counts(tables: Tables) -> dict[tuple[str, str], int]:
    """Return how often each question was given each point."""
    return Counter(rows(tables.ratings, "question_id", "point"))


def _values(question: Any) -> tuple[Any, ...]:
    """Return the values of the columns after the counts."""
    order = None
    if question.strength is not None:
        order = weakness(question.strength, question.worst, question.number)
    return (question.rated, question.best, question.worst, question.strength, question.rank, order)


def _ratings(places: Places, col: int) -> str:
    return area(RATINGS, RATINGS_FIRST_ROW, col, places.last_rating_row, col)


def _count(places: Places, scale: Scale, point: Point, col: int) -> str:
    """Return the formula that counts the ratings at ``point`` in a column of Ratings."""
    ratings, scoring = _ratings(places, col), places.scoring
    if scale.numbers is None or point.not_applicable:
        return f"=SUMPRODUCT(--({ratings}={scoring.point_cell(scale, point)}))"
    floor, ceiling = (scoring.point_cell(scale, point, c) for c in (FROM, BELOW))
    return f"=SUMPRODUCT(ISNUMBER({ratings})*({ratings}>={floor})*({ratings}<{ceiling}))"


def _after(places: Places, scale: Scale, col: int, row: int, keys: str) -> tuple[str, ...]:
    """Return the formulas after the counts: rated, at best, at worst, strength, rank, order."""
    scoring, first = places.scoring, _after_col(places)

    def here(c: int) -> str:
        return cell(row, c, row_abs=False)

    counted = [point for point in scale.ranked if point_counts(scale, point)]
    cells = [here(COUNTS_COL + places.point_texts.index(point.text)) for point in counted]
    rated, worst, mean, order = (here(first + i) for i in (0, 2, 3, 5))
    if scale.numbers is not None:
        low, high = scale.numbers.minimum, scale.numbers.maximum
        upwards = rises(scale)
        start, span = (low, high - low) if upwards else (high, low - high)
        strength = f'=IFERROR(100*(AVERAGE({_ratings(places, col)})-{start!r})/({span!r}),"")'
        total = f"=COUNT({_ratings(places, col)})"
    else:
        worth = [scoring.point_cell(scale, point, STRENGTH) for point in counted]
        sums = "+".join(f"{c}*{w}" for c, w in zip(cells, worth, strict=True))
        strength = f'=IFERROR(({sums})/{rated},"")'
        total = "=" + "+".join(cells)
    key = f"ROUND({mean},{STRENGTH_PLACES})-{worst}*{WORST_STEP!r}+$A{row + 1}*{ORDER_STEP:.10f}"
    return (
        total,
        f'=IF({rated}=0,"",{cells[0]}/{rated})',
        f'=IF({rated}=0,"",{cells[-1]}/{rated})',
        strength,
        f'=IF({order}="","",RANK({order},{keys},1))',
        f'=IF({rated}=0,"",{key})',
    )
