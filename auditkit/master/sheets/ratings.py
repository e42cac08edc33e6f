"""*Ratings*: recipient × question, for officers to edit. *Heatmap*, *Questions* and *Summary* follow it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from xlsxwriter.worksheet import Worksheet

from auditkit.heights import Text, row_height
from auditkit.master.book import Book, cell, heads, literal
from auditkit.master.flat import SIZE, add_flat_sheet, frame_table, look, name_heights, name_widths
from auditkit.master.places import (
    MOST_COLUMNS,
    MOST_LIVE,
    OVERALL_WEIGHT_ROW,
    RATINGS,
    RATINGS_FIRST_COL,
    RATINGS_FIRST_ROW,
    RATINGS_HEADER_ROW,
    SECTION_ROW,
    WEIGHT_ROW,
    Places,
    places_of,
)
from auditkit.master.rows import FlatSheet
from auditkit.master.scoring import band_of
from auditkit.master.style import WARNING
from auditkit.tables import NOT_ASKED, Tables, rows

NAME = RATINGS
ABOUT = "Every recipient's rating of every question. Change one, and Heatmap, Questions and Summary follow."
ABOUT_ELSEWHERE = "Where every recipient's rating of every question stands: not here, for want of columns."
ABOUT_FIXED = "Every recipient's rating of every question. Other sheets don't follow a change here."
LIVE = "Change a rating, and the other sheets follow."
NOT_LIVE = "The other sheets don't follow a change here."
TOO_MANY = (
    "With more than {most:,} ratings a workbook would be slow to follow each change. So Heatmap, Questions "
    "and Summary hold the figures worked out when this master was made."
)
ELSEWHERE = (
    "This audit has {questions:,} rated questions, and a sheet has columns for {most:,}. Every rating that "
    "was given stands on Answers, in a row for each recipient and question. The table ratings.parquet, in "
    "the folder master unless the master has a password, also tells what was not asked and not answered. "
    "Heatmap, Questions and Summary hold the figures worked out when this master was made."
)
# Width of a column of ratings, and what fits on a printed page at its scale (per cent), in characters.
WIDTH, PAGE_WIDTH, PRINT_SCALE = 13.5, 200, 65
ID_WIDTH = 12
FIXED = ("Recipient ID", "Recipient", "Group")
INPUT_TITLE, INPUT_MESSAGE = 32, 255


def write(book: Book, tables: Tables) -> None:
    """Write the sheet."""
    places = places_of(tables)
    if not places.has_matrix:
        _elsewhere(book, places)
        return
    sheet = add_flat_sheet(book, NAME, one_page_wide=False)
    last_col = RATINGS_FIRST_COL + len(places.questions) - 1
    titles = heads([*FIXED, *(question.id for _, question, _, _ in places.questions)])
    frame_table(
        book,
        sheet,
        NAME,
        (RATINGS_HEADER_ROW, 0, places.last_rating_row, last_col),
        titles,
        centred=range(RATINGS_FIRST_COL, len(titles)),
    )
    _above(book, sheet, places)
    _matrix(book, sheet, tables, places)
    _colours(book, sheet, places)
    if places.live:
        _dropdowns(sheet, places)
    _page(sheet, tables, places)


def _elsewhere(book: Book, places: Places) -> None:
    """Say where ratings are that a sheet hasn't the columns for."""
    sheet = book.add_sheet(NAME)
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, "Ratings", book.format("title"))
    sheet.set_row(0, 28)
    text = ELSEWHERE.format(questions=len(places.questions), most=MOST_COLUMNS - RATINGS_FIRST_COL)
    sheet.write_string(1, 0, text, book.format("paragraph"))
    sheet.set_row(1, row_height((Text(text, 110, SIZE),)))


def _matrix(book: Book, sheet: FlatSheet, tables: Tables, places: Places) -> None:
    """Write a row for each recipient, a column for each question."""
    for col, width in enumerate(_name_widths(tables)):
        sheet.set_column(col, col, width)
    name = look(book, "name", repeats=True)
    rating = replace(look(book, "cell", repeats=True), number=book.format("cell_number"))
    sheet.begin_rows(RATINGS_FIRST_ROW, [*(name for _ in FIXED), *(rating for _ in places.questions)])
    columns = {question.id: col for _, question, _, col in places.questions}
    shown = groupby(rows(tables.ratings, "recipient_id", "question_id", "shown"), key=itemgetter(0))
    who = rows(tables.recipients, "recipient_id", "recipient", "group")
    for recipient, (_, ratings), height in zip(who, shown, name_heights(tables), strict=True):
        line = [*recipient, *(None for _ in columns)]
        for _, question, value in ratings:
            line[columns[question]] = value
        sheet.add_row(line, height)
    sheet.end_rows()


def _above(book: Book, sheet: Worksheet, places: Places) -> None:
    """Write what stands above the table: title, sections, weights."""
    sheet.write_string(0, 0, "Ratings", book.format("title"))
    sheet.set_row(0, 28)
    sheet.write_string(SECTION_ROW, 0, LIVE if places.live else NOT_LIVE, book.format("note"))
    sheet.set_row(SECTION_ROW, 20)
    if not places.live:
        sheet.write_string(0, RATINGS_FIRST_COL - 1, TOO_MANY.format(most=MOST_LIVE), book.format("note"))
    sheet.write_string(WEIGHT_ROW, 0, "Weight in its standard", book.format("weight_label"))
    sheet.write_string(OVERALL_WEIGHT_ROW, 0, "Weight in the overall rating", book.format("weight_label"))
    for section, run in places.sections:
        book.put(sheet, SECTION_ROW, run.first, section.title, "band")
        for col in range(run.first + 1, run.last + 1):
            sheet.write_blank(SECTION_ROW, col, None, book.format("band", left=0))
        if len(section.title) > (_width(places) - 1) * (run.last - run.first + 1):
            sheet.set_row(SECTION_ROW, 45)
            book.put(sheet, SECTION_ROW, run.first, section.title, "band_wrapped")
    for section, question, _, col in places.questions:
        sheet.write_number(WEIGHT_ROW, col, question.weight, book.format("weight"))
        sheet.write_number(OVERALL_WEIGHT_ROW, col, question.weight * section.weight, book.format("weight"))


def _width(places: Places) -> float:
    """Return how wide a column of ratings is: at least so that their words stand on one line."""
    return max(WIDTH, places.widest_point)


def _name_widths(tables: Tables) -> tuple[float, float, float]:
    return (ID_WIDTH, *name_widths(tables))


def _colours(book: Book, sheet: Worksheet, places: Places) -> None:
    """Colour ratings; what is out of every count is grey, or red where somebody has to choose a rating."""
    for _, run in places.sections:
        where = (RATINGS_FIRST_ROW, run.first, places.last_rating_row, run.last)
        book.colour_ratings(sheet, where, [run.scale])
        first = cell(RATINGS_FIRST_ROW, run.first, row_abs=False, col_abs=False)
        for point in run.scale.points:
            low, high = band_of(run.scale, point)
            if run.scale.numbers is None or point.not_applicable:
                continue
            shown = book.shown(point.colour)
            inside = f"=AND(ISNUMBER({first}),{first}>={low!r},{first}<{high!r})"
            sheet.conditional_format(*where, {"type": "formula", "criteria": inside, "format": shown})
        book.grey(sheet, where, [NOT_ASKED])
        wrong = book.file.add_format({"font_color": WARNING, "italic": True})
        is_known = f"SUMPRODUCT(--({first}={places.scoring.texts(run.scale)}))>0"
        is_number = "FALSE" if run.scale.numbers is None else f"ISNUMBER({first})"
        unknown = f'=NOT(OR({first}="",{first}={literal(NOT_ASKED)},{is_known},{is_number}))'
        sheet.conditional_format(*where, {"type": "formula", "criteria": unknown, "format": wrong})


def _dropdowns(sheet: Worksheet, places: Places) -> None:
    """Offer the scale in every cell, and the question that it answers."""
    for _, question, scale, col in places.questions:
        message = question.text
        if len(message) > INPUT_MESSAGE:
            message = message[: INPUT_MESSAGE - 1].rsplit(" ", 1)[0] + "…"
        sheet.data_validation(
            *(RATINGS_FIRST_ROW, col, places.last_rating_row, col),
            {
                "validate": "list",
                "source": f"={places.scoring.choices(scale)}",
                "input_title": question.id[:INPUT_TITLE],
                "input_message": message,
                "error_title": "Not a rating",
                "error_message": "Choose a rating from the list, so that it is counted.",
            },
        )


def _page(sheet: Worksheet, tables: Tables, places: Places) -> None:
    """Print as many whole standards on a page as fit, the names repeated on each."""
    sheet.freeze_panes(RATINGS_FIRST_ROW, 2)
    sheet.set_row(RATINGS_HEADER_ROW, 20)
    sheet.set_column(RATINGS_FIRST_COL, RATINGS_FIRST_COL + len(places.questions) - 1, _width(places))
    sheet.repeat_rows(SECTION_ROW, RATINGS_HEADER_ROW)
    sheet.repeat_columns(0, 1)
    ids, names, groups = _name_widths(tables)
    breaks, room = [], PAGE_WIDTH - ids - names - groups
    for _, run in places.sections:
        width = _width(places) * (run.last - run.first + 1)
        if width > room and run.first > RATINGS_FIRST_COL:
            breaks.append(run.first)
            room = PAGE_WIDTH - ids - names
        room -= width
    sheet.set_v_pagebreaks(breaks)
    sheet.set_print_scale(PRINT_SCALE)
