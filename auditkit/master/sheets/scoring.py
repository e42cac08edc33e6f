"""*Scoring*: what each rating is worth and how ratings become results. The formulas refer to it."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from auditkit.definition.model import RollUp, Scale
from auditkit.master.book import Book
from auditkit.master.flat import frame_table
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
from auditkit.rating import point_counts, rank_of, strength
from auditkit.tables import Tables

NAME = SCORING
ABOUT = "What each rating is worth, and the bands and caps that make results of ratings. All follows it."
WIDTHS = (26, 26, 26, 10, 10, 10, 26, 10, 10, 60)
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


def _scales(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    _heading(book, sheet, SCALES_FIRST_ROW, "What each rating is worth")
    rows = list(scoring.scale_rows())
    frame_table(
        book, sheet, "Scales", (SCALES_FIRST_ROW - 1, 0, rows[-1][0], len(SCALE_COLUMNS) - 1), SCALE_COLUMNS
    )
    for row, scale, point in rows:
        rank = rank_of(scale, point.id)
        floor, ceiling = band_of(scale, point)
        score = None if point.not_applicable else point.score
        is_word = scale.numbers is None or point.not_applicable
        book.put(sheet, row, 0, scale.title or scale.id, "text")
        sheet.write_string(row, 1, point.text, book.colour(point.colour, "rating"))
        values = (
            *((score, "number"), (0 if rank is None else rank + 1, "count")),
            *((int(point_counts(scale, point)), "yes"), (int(point.not_applicable), "yes")),
            *(
                (strength(scale, point.text) if is_word else None, "number"),
                (floor, "limit"),
                (ceiling, "limit"),
            ),
            (point.meaning or None, "text"),
        )
        for col, (value, style) in enumerate(values, start=2):
            book.put(sheet, row, col, value, style)


def _bands(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    first = scoring.bands_row
    rules = "; ".join(f"{rule.name}: {sentence(rule.roll_up, rule.scale)}" for rule in scoring.rules)
    _heading(book, sheet, first, "From score to result")
    sheet.write_string(first - 2, 2, rules, book.format("note"))
    rows = list(scoring.band_rows())
    frame_table(book, sheet, "Bands", (first - 1, 0, first + max(len(rows), 1) - 1, 3), BAND_COLUMNS)
    for row, rule, band in rows:
        point = rule.scale.point(band.point)
        book.put(sheet, row, 0, rule.name)
        book.put(sheet, row, 1, band.at_least, "number")
        sheet.write_string(row, 2, point.text, book.colour(point.colour, "rating"))
        book.put(sheet, row, 3, (rank_of(rule.scale, point.id) or 0) + 1, "count")


def _caps(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    first = scoring.caps_row
    _heading(book, sheet, first, "Caps")
    rows = list(scoring.cap_rows())
    where = (first - 1, 0, first + max(len(rows), 1) - 1, len(CAP_COLUMNS) - 1)
    frame_table(book, sheet, "Caps", where, CAP_COLUMNS)
    for row, rule, cap in rows:
        book.put(sheet, row, 0, rule.name)
        sheet.write_string(row, 1, cap.point.text, book.colour(cap.point.colour, "rating"))
        sheet.write_string(row, 2, cap.result.text, book.colour(cap.result.colour, "rating"))
        book.put(sheet, row, 3, cap.place, "count")
        for col, limit in enumerate(band_of(cap.scale, cap.point), start=4):
            book.put(sheet, row, col, limit, "limit")
        book.put(sheet, row, 6, cap.cap.name)


def _numbers(book: Book, sheet: Worksheet, scoring: Scoring) -> None:
    """List the numbers of number scales, for the dropdowns of Ratings."""
    for scale in scoring.scales:
        if scale.id in scoring.number_columns:
            col, numbers = scoring.number_columns[scale.id]
            sheet.set_column(col, col, 14)
            sheet.write_string(SCALES_FIRST_ROW - 1, col, scale.title or scale.id, book.format("header"))
            for row, value in enumerate(numbers, start=SCALES_FIRST_ROW):
                book.put(sheet, row, col, value, "number" if isinstance(value, float) else "text")


def sentence(roll_up: RollUp, scale: Scale) -> str:
    """Return what a roll-up does, in words."""
    if roll_up.rule == "mean":
        return "the weighted mean of scores"
    if roll_up.rule == "percent":
        return "the weighted scores as a percentage of the most that could be scored"
    if roll_up.rule == "worst":
        return "the worst rating"
    return f"the weighted percentage of ratings at or above {_label(scale, roll_up.at_or_above)}"


def _label(scale: Scale, point_id: str) -> str:
    rank = rank_of(scale, point_id)
    return scale.ranked[rank].label if rank is not None else point_id
