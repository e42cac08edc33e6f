"""*Heatmap*: recipient × standard, live over *Ratings*."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.master.book import Book
from auditkit.master.flat import SIZE, frame_table, name_heights, name_widths
from auditkit.master.formulas import (
    NOT_RATED,
    at,
    not_applicable_text,
    row_formula,
    score_formula,
    text_formula,
)
from auditkit.master.places import COMPLETED_COL, HEATMAP, RESULTS_COL, Places, places_of
from auditkit.tables import NOT_ASKED, Tables, rows
from auditkit.workbook.heights import Text, row_height

NAME = HEATMAP
ABOUT = "Every recipient's rating in every standard. Follows Ratings; filter by group or standing."


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    places = places_of(tables)
    sheet = book.add_sheet(NAME)
    titles = places.heatmap_titles()
    last_col = len(titles) - 1
    frame_table(book, sheet, NAME, (0, 0, places.recipients, last_col), titles, centred_from=RESULTS_COL)
    _columns(sheet, tables, places)
    shown = _shown(tables, places)
    formulas = {s: (text_formula(places, s), score_formula(places, s)) for s, _ in places.subjects}
    for row, recipient in enumerate(rows(tables.recipients), start=1):
        fixed = (recipient.recipient_id, recipient.recipient, recipient.group, recipient.standing)
        for col, value in enumerate(fixed):
            book.put(sheet, row, col, value, "name")
        book.put(sheet, row, COMPLETED_COL, recipient.completed, "share")
        if places.subjects:
            book.formula(sheet, row, places.row_col, at(row_formula(places), row), row, "score")
        for subject, (text, score) in formulas.items():
            said, figure = shown[recipient.recipient_id, subject]
            book.formula(sheet, row, places.result_col(subject), at(text, row), said, "cell")
            book.formula(sheet, row, places.score_col(subject), at(score, row), figure, "score")
    if places.subjects:
        results = (1, RESULTS_COL, places.recipients, places.row_col - 1)
        book.colour_ratings(sheet, results, places.scales)
        book.grey(sheet, results, (NOT_RATED, NOT_ASKED))
    sheet.print_area(0, 0, places.recipients, RESULTS_COL + len(places.subjects) - 1)


def _columns(sheet: Worksheet, tables: Tables, places: Places) -> None:
    sheet.set_column(0, 0, 12)
    widths = name_widths(tables)
    for col, width in enumerate(widths, start=1):
        sheet.set_column(col, col, width)
    sheet.set_column(3, COMPLETED_COL, 12)
    if places.subjects:
        sheet.set_column(RESULTS_COL, places.row_col - 1, 15)
        sheet.set_column(places.row_col, places.row_col + len(places.subjects), 10)
    titles = [(Text(title, 14, SIZE, bold=True),) for _, title in places.subjects]
    sheet.set_row(0, max(30, row_height(*titles) + 4))
    name_heights(sheet, tables, 1)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)


def _shown(tables: Tables, places: Places) -> dict[tuple[str, str], tuple[str, float | None]]:
    """Return the text and score of each recipient and subject, as the formulas give them."""
    found: dict[tuple[str, str], tuple[str, float | None]] = {}
    for result in rows(tables.results):
        found[result.recipient_id, result.section_id] = (said(places, result), result.score)
    for recipient_id in tables.recipients["recipient_id"]:
        for subject, _ in places.subjects:
            found.setdefault((recipient_id, subject), (NOT_ASKED, None))
    return found


def said(places: Places, result: Any) -> str:
    """Return what stands in the cell of a row of results."""
    if result.text is not None:
        return str(result.text)
    if not result.asked:
        return NOT_ASKED
    if result.answered and result.not_applicable == result.asked and result.score is None:
        return not_applicable_text(places, result.section_id)
    return NOT_RATED
