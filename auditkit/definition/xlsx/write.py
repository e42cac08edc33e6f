"""The form as a workbook that an officer works in: dropdowns, hints, a guide; nothing is locked."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from auditkit.definition import shapes
from auditkit.definition.model import Audit
from auditkit.definition.xlsx import guide, sheets
from auditkit.definition.xlsx.cells import Cell
from auditkit.definition.xlsx.columns import Column
from auditkit.definition.xlsx.flat import Page, pages
from auditkit.definition.xlsx.look import Look, width
from auditkit.definition.xlsx.sheets import LISTS, REFERENCES, SETTINGS
from auditkit.heights import GrowingSheet, Text, row_height

# How far down the dropdowns reach, and the lists that they offer.
ROWS, DISTINCT = 1_000, 80
LONGEST_TITLE, LONGEST_HINT, LONGEST_CHOICES = 32, 255, 255
# Columns whose values are drawn from other sheets, where several rows may say the same.
REPEATED = ("scales",)
SETTING_WIDTHS = {"setting": 27, "value": 80, "meaning": 60}
# The same definition gives the same bytes.
MADE = dt.datetime(2026, 1, 1)


def written(audit: Audit) -> bytes:
    """Return a definition as a workbook.

    Raises:
        AuditkitError: If a text of it is longer than a cell can be.
    """
    filled = pages(audit)
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": audit.title, "comments": "An audit for auditkit", "created": MADE})
        look = Look(book)
        tabs = [(page, book.add_worksheet(page.sheet.name, GrowingSheet)) for page in filled]
        guide.write(book.add_worksheet(sheets.GUIDE, GrowingSheet), look)
        for page, tab in tabs:
            tab.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
            (_settings if page.sheet is SETTINGS else _table)(page, tab, look, filled)
        _lists(book.add_worksheet(LISTS), filled)
        tabs[0][1].activate()
    return target.getvalue()


def _table(page: Page, tab: Any, look: Look, filled: list[Page]) -> None:
    columns = page.shown()
    aside = [_is_aside(column, page) for column in columns]
    for n, column in enumerate(columns):
        options = {"level": 1, "hidden": True} if aside[n] else {"collapsed": n > 0 and aside[n - 1]}
        tab.set_column(n, n, width(column), look.column(column), options)
        tab.write_string(0, n, column.name, look.heading(column))
        _offer(tab, (1, n, ROWS, n), column, page, filled)
    group = ""
    for number, row in enumerate(page.rows, start=1):
        first = str(row.get(columns[0].name, ""))
        for n, column in enumerate(columns):
            starts = number > 1 and bool(page.sheet.lead) and first != group
            style = look.cell(column, starts, _colour(column, row))
            _put(tab, number, n, row.get(column.name), style, look)
        tab.set_row(number, row_height(*((Text(_shown(row, c), width(c)),) for c in columns)))
        group = first
    named = next((n for n, column in enumerate(columns, start=1) if column.name == "id"), 0)
    tab.freeze_panes(1, named)
    tab.autofilter(0, 0, max(len(page.rows), 1), len(columns) - 1)
    look.page(tab, sum(width(column) for n, column in enumerate(columns) if not aside[n]), repeat=named)


def _is_aside(column: Column, page: Page) -> bool:
    """Tell whether a column belongs to a record that this audit doesn't have."""
    return len(column.way) > 1 and column.owner is not page.sheet.model and not page.filled(column)


def _settings(page: Page, tab: Any, look: Look, filled: list[Page]) -> None:
    for n, (name, wide) in enumerate(SETTING_WIDTHS.items()):
        tab.set_column(n, n, wide, look.plain())
        tab.write_string(0, n, name, look.heading())
    (row,) = page.rows
    before = ""
    for number, column in enumerate(page.shown(), start=1):
        starts = number > 1 and len(column.way) > 1 and column.way[0] != before
        before = str(column.way[0])
        tab.write_string(number, 0, column.name, look.name(column.needed, starts))
        _put(tab, number, 1, row.get(column.name), look.cell(column, starts, ""), look)
        tab.write_string(number, 2, guide.hint(column), look.aside(starts))
        said = zip(
            (column.name, _shown(row, column), guide.hint(column)), SETTING_WIDTHS.values(), strict=True
        )
        tab.set_row(number, row_height(*((Text(text, wide),) for text, wide in said)))
        _offer(tab, (number, 1, number, 1), column, page, filled)
    tab.freeze_panes(1, 1)
    look.page(tab, repeat=1)


def _put(tab: Any, row: int, col: int, cell: Cell | None, style: Any, look: Look) -> None:
    if cell is None:
        tab.write_blank(row, col, None, style)
    elif isinstance(cell, dt.date):
        tab.write_datetime(row, col, dt.datetime(cell.year, cell.month, cell.day), look.date(style))
    elif isinstance(cell, str):
        tab.write_string(row, col, cell, style)
    else:
        tab.write_number(row, col, cell, style)


def _shown(row: dict[str, Cell], column: Column) -> str:
    return str(row.get(column.name, ""))


def _colour(column: Column, row: dict[str, Cell]) -> str:
    cell = str(row.get(column.name, ""))
    return cell if column.way[-1] == "colour" and len(cell) == 7 and cell.startswith("#") else ""


def _offer(tab: Any, area: tuple[int, int, int, int], column: Column, page: Page, filled: list[Page]) -> None:
    """Put a dropdown and a hint on the cells of a column."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": column.name[:LONGEST_TITLE],
        "input_message": guide.hint(column)[:LONGEST_HINT],
    }
    words = _words(column, page)
    source = _source(column, filled)
    if words and len(",".join(words)) <= LONGEST_CHOICES:
        rule |= {"validate": "list", "source": list(words), "error_title": "Not one of the list"}
        rule["error_message"] = "Choose from the list, or leave the cell blank."
    elif source:
        rule |= {"validate": "list", "source": source, "error_type": "information"}
        rule |= {"error_title": "Not there yet", "error_message": "No sheet has this id yet."}
    if rule["input_message"] or rule["validate"] != "any":
        tab.data_validation(*area, rule)


def _words(column: Column, page: Page) -> tuple[str, ...]:
    if shapes.shape(column.hint) != "value":
        return ()
    if shapes.values(column.hint) == {bool}:
        return ("yes", "no")
    return sheets.choices(column, page.sheet) or shapes.options(column.hint)


def _source(column: Column, filled: list[Page]) -> str:
    """Return the formula of the ids that a column may take, which follows what is added later."""
    reference = REFERENCES.get((column.owner, str(column.way[-1])))
    if reference is None or column.name == reference[1] == "section":
        return ""
    if reference[0] in REPEATED:
        col = xl_col_to_name(sorted(_repeated()).index(reference))
        return f'=OFFSET({LISTS}!${col}$2,0,0,MAX(1,COUNTIF({LISTS}!${col}$2:${col}${DISTINCT + 1},"?*")),1)'
    col = _letter(reference, filled)
    return f"=OFFSET({reference[0]}!${col}$2,0,0,MAX(1,COUNTA({reference[0]}!${col}$2:${col}${ROWS})),1)"


def _letter(reference: tuple[str, str], filled: list[Page]) -> str:
    page = next(page for page in filled if page.sheet.name == reference[0])
    n = next(n for n, column in enumerate(page.shown()) if column.name == reference[1])
    return str(xl_col_to_name(n))


def _repeated() -> set[tuple[str, str]]:
    return {reference for reference in REFERENCES.values() if reference[0] in REPEATED}


def _lists(tab: Any, filled: list[Page]) -> None:
    """Write the ids that several rows share, each once, by formulas that follow the sheets."""
    tab.hide()
    for n, reference in enumerate(sorted(_repeated())):
        page = next(page for page in filled if page.sheet.name == reference[0])
        found = list(dict.fromkeys(str(row.get(reference[1], "")) for row in page.rows))
        col, letter = xl_col_to_name(n), _letter(reference, filled)
        ids = f"{reference[0]}!${letter}$2:${letter}$300"
        tab.write_string(0, n, " ".join(reference))
        for row in range(1, DISTINCT + 1):
            above = f"COUNTIF({col}$1:{col}{row},{ids})"
            formula = f'{{=IFERROR(INDEX({ids},MATCH(0,{above}+({ids}=""),0)),"")}}'
            shown = found[row - 1] if row <= len(found) else ""
            tab.write_array_formula(row, n, row, n, formula, None, shown)
