"""*Heatmap*: recipient × standard, live over *Ratings*. Without ratings it is *Recipients*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.heights import Text, row_height
from auditkit.master.book import Book
from auditkit.master.flat import SIZE, add_flat_sheet, frame_table, look, name_heights, name_widths
from auditkit.master.formulas import (
    NOT_RATED,
    not_applicable_text,
    row_formula,
    score_formula,
    text_formula,
)
from auditkit.master.places import COMPLETED_COL, HEATMAP, RESULTS_COL, Places, places_of
from auditkit.master.rows import Live, Look
from auditkit.tables import NOT_ASKED, Tables, rows

NAME = HEATMAP
ABOUT = "Every recipient's rating in every standard. Follows Ratings; filter by group or standing."
ABOUT_FIXED = "Every recipient's rating in every standard. Filter by group or standing."


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    places = places_of(tables)
    sheet = add_flat_sheet(book, places.overview)
    titles = places.heatmap_titles()
    last_col = len(titles) - 1
    frame_table(
        book,
        sheet,
        places.overview,
        (0, 0, places.recipients, last_col),
        titles,
        centred=range(RESULTS_COL, len(titles)),
    )
    _columns(sheet, tables, places)
    sheet.begin_rows(1, _looks(book, places))
    lines = zip(_lines(tables, places), name_heights(tables), strict=True)
    for line, height in lines:
        sheet.add_row(line, height)
    sheet.end_rows()
    if places.subjects:
        results = (1, RESULTS_COL, places.recipients, RESULTS_COL + len(places.subjects) - 1)
        book.colour_ratings(sheet, results, places.scales)
        book.grey(sheet, results, (NOT_RATED, NOT_ASKED))
    sheet.print_area(0, 0, places.recipients, RESULTS_COL + len(places.subjects) - 1)


def _looks(book: Book, places: Places) -> list[Look | Live]:
    """Return how the columns look: who it is, the ratings, and what they rest on."""
    score = book.format("score")
    looks: list[Look | Live] = [*(look(book, "name", repeats=True) for _ in range(COMPLETED_COL))]
    looks.append(look(book, "share"))
    ids = [subject for subject, _ in places.subjects]
    if not places.live:
        return [*looks, *(look(book, "cell", repeats=True) for _ in ids), *(look(book, "score") for _ in ids)]
    if ids:
        looks += [Live(text_formula(places, subject), book.format("cell")) for subject in ids]
        looks.append(Live(row_formula(places), score))
        looks += [Live(score_formula(places, subject), score) for subject in ids]
    return looks


def _lines(tables: Tables, places: Places) -> Iterator[list[Any]]:
    """Yield the values of each recipient, as the formulas give them."""
    shown = _shown(tables, places)
    who = ("recipient_id", "recipient", "group", "standing", "completed")
    for row, recipient in enumerate(rows(tables.recipients, *who), start=1):
        results = [shown.get((recipient[0], subject), (NOT_ASKED, None)) for subject, _ in places.subjects]
        found_in = [row] if places.live and results else []
        texts, scores = ([result[i] for result in results] for i in (0, 1))
        yield [*recipient, *texts, *found_in, *scores]


def _columns(sheet: Worksheet, tables: Tables, places: Places) -> None:
    sheet.set_column(0, 0, 12)
    widths = name_widths(tables)
    for col, width in enumerate(widths, start=1):
        sheet.set_column(col, col, width)
    sheet.set_column(3, COMPLETED_COL, 12)
    if places.subjects:
        after = RESULTS_COL + len(places.subjects)
        sheet.set_column(RESULTS_COL, after - 1, max(15, places.widest_point))
        sheet.set_column(after, len(places.heatmap_titles()) - 1, 10)
    titles = [(Text(title, 14, SIZE, bold=True),) for _, title in places.subjects]
    sheet.set_row(0, max(30, row_height(*titles) + 4))
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)


def _shown(tables: Tables, places: Places) -> dict[tuple[str, str], tuple[str, float | None]]:
    """Return the text and score of each recipient and subject asked of it."""
    return {
        (result.recipient_id, result.section_id): (said(places, result), result.score)
        for result in rows(tables.results)
    }


def said(places: Places, result: Any) -> str:
    """Return what stands in the cell of a row of results."""
    if result.text is not None:
        return str(result.text)
    if not result.asked:
        return NOT_ASKED
    if result.answered and result.not_applicable == result.asked and result.score is None:
        return not_applicable_text(places, result.section_id)
    return NOT_RATED
