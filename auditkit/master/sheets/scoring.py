"""*Scoring*: what each rating is worth and how ratings become results. The formulas refer to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.heights import Text, row_height
from auditkit.master.book import Book
from auditkit.master.flat import LEAST_HEIGHT, SIZE, frame_table
from auditkit.master.places import places_of
from auditkit.master.scoring import (
    BAND_COLUMNS,
    CAP_COLUMNS,
    SCALE_COLUMNS,
    SCALES_FIRST_ROW,
    SCORING,
    Scoring,
    band_of,
)
from auditkit.rating import point_counts, rank_of
from auditkit.strength import strength
from auditkit.tables import Tables

NAME = SCORING
ABOUT = "What each rating is worth, and the bands and caps that make results of ratings. All follows it."
ABOUT_FIXED = "What each rating is worth, and the bands and caps that make results of ratings."
WIDTHS = (28, 20, 64, 10, 10, 10, 22, 11, 10, 10)
NOTE = (
    "Place: 1 is the best point. Strength: 100 is the best point and 0 the worst. "
    "A rating that doesn't count leaves the sums, above and below the line."
)


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    scoring = places_of(tables).scoring
    sheet = book.add_sheet(NAME)
    for col, width in enumerate(WIDTHS):
        sheet.set_column(col, col, width)
    sheet.write_string(0, 0, "How ratings are scored", book.format("title"))
    sheet.set_row(0, 28)
    sheet.write_string(1, 0, NOTE, book.format("note"))
    _scales(book, sheet, scoring)
    _bands(book, sheet, scoring)
    _caps(book, sheet, scoring)
    _numbers(book, sheet, scoring)
    sheet.freeze_panes(1, 0)


def _heading(book: Book, sheet: Worksheet, first_row: int, text: str) -> None:
    sheet.write_string(first_row - 2, 0, text, book.format("heading"))
    sheet.set_row(first_row - 2, 24)


def _row(book: Book, sheet: Worksheet, row: int, *cells: tuple[Any, str]) -> None:
    """Write values with their styles from column 0 on; a point is shown in its colour."""
    texts = []
    for col, (value, style) in enumerate(cells):
        if isinstance(value, Point):
            sheet.write_string(row, col, value.text, book.colour(value.colour, "rating"))
        else:
            book.put(sheet, row, col, value, style)
        if isinstance(value, str):
            texts.append((Text(value, WIDTHS[col], SIZE),))
    sheet.set_row(row, max(LEAST_HEIGHT, row_height(*texts)))


def _scales(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    _heading(book, sheet, SCALES_FIRST_ROW, "What each rating is worth")
    rows = list(scoring.scale_rows())
    where = (SCALES_FIRST_ROW - 1, 0, rows[-1][0], len(SCALE_COLUMNS) - 1)
    frame_table(book, sheet, "Scales", where, SCALE_COLUMNS, centred_from=3)
    for row, scale, point in rows:
        rank = rank_of(scale, point.id)
        is_word = scale.numbers is None or point.not_applicable
        floor, ceiling = band_of(scale, point)
        _row(
            *(book, sheet, row),
            (scale.title or scale.id, "text"),
            (point, "rating"),
            (point.meaning or None, "text"),
            (0 if rank is None else rank + 1, "tally"),
            (None if point.not_applicable else point.score, "figure_cell"),
            (int(point_counts(scale, point)), "yes"),
            (strength(scale, point.text) if is_word else None, "tally_score"),
            (int(point.not_applicable), "yes"),
            (floor, "limit"),
            (ceiling, "limit"),
        )


def _bands(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    first = scoring.bands_row
    _heading(book, sheet, first, "From score to result")
    rows = list(scoring.band_rows())
    where = (first - 1, 0, first + max(len(rows), 1) - 1, len(BAND_COLUMNS) - 1)
    frame_table(book, sheet, "Bands", where, BAND_COLUMNS, centred_from=3)
    for row, rule, band in rows:
        place = (rank_of(rule.scale, band.point) or 0) + 1
        what = (rule.scale.point(band.point), "rating"), (sentence(rule.roll_up, rule.over), "text")
        _row(book, sheet, row, (rule.name, "text"), *what, (place, "tally"), (band.at_least, "figure_cell"))


def _caps(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    first = scoring.caps_row
    _heading(book, sheet, first, "Caps")
    rows = list(scoring.cap_rows())
    where = (first - 1, 0, first + max(len(rows), 1) - 1, len(CAP_COLUMNS) - 1)
    frame_table(book, sheet, "Caps", where, CAP_COLUMNS, centred_from=3)
    for row, rule, cap in rows:
        limits = ((limit, "limit") for limit in band_of(cap.scale, cap.point))
        what = (rule.name, "text"), (cap.point, "rating"), (cap.cap.name, "text"), (cap.place, "tally")
        _row(book, sheet, row, *what, *limits, (cap.result, "rating"))


def _numbers(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    """List the numbers of number scales, for the dropdowns of Ratings."""
    for scale in scoring.scales:
        if scale.id in scoring.number_columns:
            col, numbers = scoring.number_columns[scale.id]
            sheet.set_column(col, col, 14)
            sheet.write_string(SCALES_FIRST_ROW - 1, col, scale.title or scale.id, book.format("header"))
            for row, value in enumerate(numbers, start=SCALES_FIRST_ROW):
                book.put(sheet, row, col, value, "number" if isinstance(value, float) else "text")


def sentence(roll_up: RollUp, scales: Sequence[Scale]) -> str:
    """Return what the score of a roll-up of ratings on ``scales`` is, in words."""
    if roll_up.rule == "mean":
        return "The weighted mean of scores"
    if roll_up.rule == "percent":
        return "The weighted scores as a percentage of the most that could be scored"
    ranked = (point.label for scale in scales for point in scale.ranked if point.id == roll_up.at_or_above)
    return f"The weighted percentage of ratings at or above {next(ranked, roll_up.at_or_above)}"
