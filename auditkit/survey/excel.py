"""The report in Excel: sentences, tables and charts by section, groups, words, and all figures."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from auditkit.heights import Text, row_height
from auditkit.survey import charts, say
from auditkit.survey.book import Book
from auditkit.survey.figures import COLUMNS, figures
from auditkit.survey.model import Count, Report, Result
from auditkit.survey.word import NOT_SHOWN, answered

ABOUT, WORDS, FIGURES = "About", "In words", "Figures"
# What heads a column of answers beside columns of their shares.
SHARE = "Share of each answer"
# The columns of a section's sheet in characters, and of that of a group.
ANSWER_WIDTH, FIGURE_WIDTH, GROUP_WIDTH = 66, 12, 15
CHART_COL = 4


def workbook(report: Report) -> bytes:
    """Return the report as a workbook; nothing that was typed is ever a formula in it."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Book(xlsxwriter.Workbook(target, options))
    book.file.set_properties({"title": report.title, "author": report.partnership})
    about = book.sheet(ABOUT, f"{report.title}: what was answered", (90, 20))
    names = [_section(book, title, results) for title, results in report.sections]
    by = dict.fromkeys(cross.by for result in report.results for cross in result.crosses)
    names += [_groups(book, report, each) for each in by]
    names += [_words(book, report), _figures(book, report)]
    _about(book, about, report, names)
    book.file.close()
    return target.getvalue()


def _about(book: Book, sheet: Worksheet, report: Report, names: Sequence[str]) -> None:
    subtitle = f"{report.partnership} · edition {report.edition} · {report.as_at:%d/%m/%Y}"
    sheet.write_string(1, 0, subtitle, book.style("subtitle"))
    row = 3
    for sentence in say.about(report):
        row = _paragraph(book, sheet, row, sentence, 90)
    sheet.write_string(row + 1, 0, "Sheets", book.style("heading"))
    for n, name in enumerate(names, start=row + 2):
        sheet.write_url(n, 0, "internal:'{}'!A1".format(name.replace("'", "''")), book.style("link"), name)


def _section(book: Book, title: str, results: Sequence[Result]) -> str:
    sheet = book.sheet(title, title, (ANSWER_WIDTH, *[FIGURE_WIDTH] * 8))
    row = 2
    matrix = [result for result in results if result.asked.in_matrix]
    if matrix:
        sheet.begin_piece(row)
        row = _matrix(book, sheet, row, matrix)
    for result in results:
        sheet.begin_piece(row)
        row = _question(book, sheet, row, result)
    beside = max((1 + len(result.counts) for result in matrix), default=CHART_COL - 1)
    has_charts = any(result.counts and not result.asked.in_matrix for result in results)
    sheet.lay_out((ANSWER_WIDTH, *[FIGURE_WIDTH] * beside), charts.WIDTH if has_charts else 0, row)
    name: str = sheet.get_name()
    return name


def _question(book: Book, sheet: Worksheet, row: int, result: Result) -> int:
    """Write a question with its table and chart; return the row where the next one begins."""
    asked, first = result.asked, row
    sheet.write_string(row, 0, f"{asked.id}  {asked.text}", book.style("heading"))
    row += 1
    for sentence in (*say.sentences(result), say.base(result)):
        row = _paragraph(book, sheet, row, sentence, ANSWER_WIDTH)
    if not result.counts or not result.base.answered:
        return row + 1
    header = row
    _heads(book, sheet, row, ("Answer", "Recipients", "Share"))
    for count in result.counts:
        row += 1
        _answer(book, sheet, row, count.answer)
        _figure(book, sheet, row, 1, count.count, "count")
        _figure(book, sheet, row, 2, count.share, "share", count)
    if asked.in_matrix:
        return row + 2
    high = charts.bars(book.file, sheet, header, row, asked.text, (first, CHART_COL))
    return max(row + 2, first + high + 1)


def _matrix(book: Book, sheet: Worksheet, row: int, results: Sequence[Result]) -> int:
    """Write the shares of questions that have the same choices, as one table with a chart below it."""
    answers = [count.answer for count in results[0].counts]
    header = row
    _heads(book, sheet, row, (SHARE, "Answered", *answers))
    for result in results:
        row += 1
        _answer(book, sheet, row, f"{result.asked.id}  {result.asked.text}")
        sheet.write_number(row, 1, result.base.answered, book.style("count"))
        for n, count in enumerate(result.counts):
            _figure(book, sheet, row, 2 + n, count.share, "share", count)
    sheet.set_row(header, 30)
    high = charts.stacked(book.file, sheet, (header, row), (2, 1 + len(answers)), (row + 2, 0))
    return row + high + 4


def _groups(book: Book, report: Report, by: str) -> str:
    results = [(r, c) for r in report.results for c in r.crosses if c.by == by and r.base.answered]
    most = max((len(cross.parts) for _, cross in results), default=0)
    sheet = book.sheet(f"By {by}", f"By {by}", (ANSWER_WIDTH, *[GROUP_WIDTH] * most))
    row = 2
    for result, cross in results:
        asked = result.asked
        sheet.begin_piece(row)
        sheet.write_string(row, 0, f"{asked.id}  {asked.text}", book.style("heading"))
        row += 1
        headings = (SHARE, *(part.name for part in cross.parts))
        sheet.set_row(row, max(30, row_height(*((Text(h, GROUP_WIDTH, bold=True),) for h in headings[1:]))))
        _heads(book, sheet, row, headings)
        row += 1
        sheet.write_string(row, 0, "How many answered", book.style("name"))
        for col, part in enumerate(cross.parts, start=1):
            if part.base is None:
                sheet.write_string(row, col, answered(part), book.style("unsaid"))
            else:
                sheet.write_number(row, col, part.base.answered, book.style("count"))
        for n, count in enumerate(result.counts):
            row += 1
            _answer(book, sheet, row, count.answer)
            for col, part in enumerate(cross.parts, start=1):
                _figure(book, sheet, row, col, part.counts[n].share, "share", part.counts[n])
        row += 2
    sheet.lay_out((ANSWER_WIDTH, *[GROUP_WIDTH] * most), 0, row)
    name: str = sheet.get_name()
    return name


def _words(book: Book, report: Report) -> str:
    """Write what was answered in words, in the order of the alphabet."""
    sheet = book.sheet(WORDS, "In words", (10, 50, 16, 90))
    _heads(book, sheet, 2, ("Ref", "Question", "What it is", "Text"), "header")
    row = 3
    for result in report.results:
        asked = result.asked
        listed = [("Other", text) for text in result.others] + [("Answer", text) for text in result.texts]
        if result.unlisted:
            listed.append(("Note", say.said("unlisted", small=report.small)))
        for what, text in listed:
            for col, cell in enumerate((asked.id, asked.text, what, text)):
                sheet.write_string(row, col, cell, book.style("text"))
            sheet.set_row(row, row_height((Text(asked.text, 50),), (Text(text, 90),)))
            row += 1
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    name: str = sheet.get_name()
    return name


def _figures(book: Book, report: Report) -> str:
    """Write every figure of the report as one table, for pivot tables and other programs."""
    sheet = book.sheet(FIGURES, "All figures", (26, 10, 46, 18, 22, 34, *[11] * 7))
    rows = list(figures(report))
    columns = [{"header": name, "header_format": book.style("header")} for name in COLUMNS]
    last = 2 + max(1, len(rows))
    table = {"name": "Figures", "columns": columns, "style": None}
    sheet.add_table(2, 0, last, len(COLUMNS) - 1, table)
    for n, cells in enumerate(rows, start=3):
        for col, value in enumerate(cells):
            if isinstance(value, str):
                sheet.write_string(n, col, value, book.style("id"))
            elif value is not None:
                sheet.write_number(n, col, value, book.style("share" if type(value) is float else "count"))
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    name: str = sheet.get_name()
    return name


def _heads(
    book: Book, sheet: Worksheet, row: int, headings: Sequence[str], rest: str = "header_figure"
) -> None:
    for col, heading in enumerate(headings):
        sheet.write_string(row, col, heading, book.style(rest if col else "header"))


def _figure(
    book: Book,
    sheet: Worksheet,
    row: int,
    col: int,
    value: float | None,
    style: str,
    count: Count | None = None,
) -> None:
    """Write a figure; "not shown" where it is too small, a dash where there is none."""
    if value is not None:
        sheet.write_number(row, col, value, book.style(style))
        return
    is_none = count is not None and count.count is not None
    sheet.write_string(row, col, "–" if is_none else NOT_SHOWN, book.style("unsaid"))


def _answer(book: Book, sheet: Worksheet, row: int, text: str) -> None:
    """Write what a row of figures is of, in a row that shows it whole."""
    sheet.write_string(row, 0, text, book.style("name"))
    sheet.set_row(row, row_height((Text(text, ANSWER_WIDTH),)))


def _paragraph(book: Book, sheet: Worksheet, row: int, text: str, width: float) -> int:
    sheet.write_string(row, 0, text, book.style("paragraph"))
    sheet.set_row(row, row_height((Text(text, width, 10),)))
    return row + 1
