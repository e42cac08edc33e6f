"""The hands inside LibreOffice: a macro that answers :mod:`tests.apps.libreoffice`, one JSON line at a time.

LibreOffice runs it in its own Python, so it may use nothing but the standard library and ``uno``. Inside the
process a call takes about 0.03 ms; over LibreOffice's remote bridge it takes thirty times as long.

Which calls honour sheet protection was found by trying them: ``setString``, ``setValue`` and ``setFormula``
write into locked cells; ``setDataArray`` and ``setFormulaArray`` raise; ``FormulaLocal``, ``clearContents``,
``moveRange`` and ``copyRange`` do nothing and say nothing. So values go in by the two that raise, and the
silent ones are asked only after the cell itself said that it is unlocked.
"""

from __future__ import annotations

import json
import os
import re
import socket
import traceback
from collections.abc import Callable
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import NamedValue, PropertyValue  # type: ignore[import-not-found]
from com.sun.star.lang import IllegalArgumentException  # type: ignore[import-not-found]
from com.sun.star.uno import RuntimeException  # type: ignore[import-not-found]

VALUES_AND_FORMULAS = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags, without comments and formats
FORMULAS = 16
ERROR_RESULTS = 4  # com.sun.star.sheet.FormulaResult.ERROR
LITERAL = re.compile(r'"(?:[^"]|"")*"|[^";]+')
FIXED = re.compile(r'("[^$]*"|[\d.-]*)|(\$.+\.)?\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?')
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".ods": "calc8",
    ".xls": "MS Excel 97",
    ".csv": "Text - txt - csv (StarCalc)",
    ".pdf": "calc_pdf_Export",
}

books: dict[int, Any] = {}


class RefusedError(Exception):
    """LibreOffice would not let a person do it; the argument is a list of sentences."""


def serve(*_: object) -> None:
    """Answer requests until the test session hangs up, then end LibreOffice."""
    with socket.create_connection(("127.0.0.1", int(os.environ["AUDITKIT_OFFICE_PORT"]))) as connection:
        stream = connection.makefile("rw", encoding="utf-8", newline="\n")
        for line in stream:
            stream.write(json.dumps(answer(json.loads(line))) + "\n")
            stream.flush()
    desktop().terminate()


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Do one request: ``{"do": operation, …its arguments}``."""
    operation = OPERATIONS[request.pop("do")]
    if "book" in request:
        request["book"] = books[request["book"]]
    try:
        return {"value": operation(**request)}
    except RefusedError as refusal:
        return {"refused": refusal.args[0]}
    except Exception:
        return {"fault": traceback.format_exc()}


g_exportedScripts = (serve,)  # noqa: N816 - the name LibreOffice looks for


# Whole workbooks


def open_book(path: str, password: str) -> int:
    """Load a file without showing it; links to elsewhere and macros stay asleep."""
    typed = {"Password": password} if password else {}
    options = properties(Hidden=True, UpdateDocMode=0, MacroExecutionMode=0, **typed)
    try:
        book = desktop().loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, options)
    except IllegalArgumentException:
        book = None
    if book is None or not hasattr(book, "Sheets"):
        raise RefusedError([f"LibreOffice cannot open {path}"])
    number = max(books, default=0) + 1
    books[number] = book
    return number


def close_book(book: Any) -> None:
    """Close without saving."""
    for number in [number for number, one in books.items() if one == book]:
        del books[number]
    book.close(True)


def save(book: Any) -> None:
    """Save where the book came from, in its format, with the password that it has."""
    book.store()


def save_as(book: Any, path: str, password: str) -> None:
    """Save a copy in the format that the file name says."""
    ending = os.path.splitext(path)[1].lower()  # noqa: PTH122
    typed: dict[str, Any] = {"Password": password} if password else {}
    if password and ending == ".xlsx":
        # What the dialog for passwords makes of one; this filter knows nothing else.
        keys = tuple(
            NamedValue(Name=name, Value=value)
            for name, value in (("OOXPassword", password), ("CryptoType", "StrongEncryptionDataSpace"))
        )
        typed = {"EncryptionData": uno.Any("[]com.sun.star.beans.NamedValue", keys)}
    options = properties(FilterName=FILTERS[ending], Overwrite=True, **typed)
    book.storeToURL(uno.systemPathToFileUrl(path), options)


def recalculate(book: Any) -> None:
    """Calculate every formula again, whatever was cached."""
    book.calculateAll()


# Reading


def sheets(book: Any) -> list[dict[str, Any]]:
    """Tell what sheets there are, in the order of their tabs."""
    return [
        {"name": sheet.Name, "visible": bool(sheet.IsVisible), "protected": bool(sheet.isProtected())}
        for sheet in every(book.Sheets)
    ]


def values(book: Any) -> dict[str, list[list[Any]]]:
    """Give each sheet's used area from A1 on; an error is its text, such as ``#REF!``."""
    everything = {}
    for sheet in every(book.Sheets):
        last_column, last_row = used(sheet)
        rows = [list(row) for row in sheet.getCellRangeByPosition(0, 0, last_column, last_row).getDataArray()]
        for cell in error_cells(sheet):
            rows[cell.CellAddress.Row][cell.CellAddress.Column] = cell.String
        everything[sheet.Name] = rows
    return everything


def errors(book: Any) -> list[list[str]]:
    """List the cells that show an error: sheet, address, what it shows, its formula."""
    return [
        [sheet.Name, address(cell), cell.String, cell.Formula]
        for sheet in every(book.Sheets)
        for cell in error_cells(sheet)
    ]


def formulas(book: Any) -> dict[str, list[list[str]]]:
    """Give each sheet's used area from A1 on, formulas as text, everything else empty."""
    everything = {}
    for sheet in every(book.Sheets):
        last_column, last_row = used(sheet)
        rows: list[list[str]] = [[""] * (last_column + 1) for _ in range(last_row + 1)]
        for area in sheet.queryContentCells(FORMULAS).RangeAddresses:
            part = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
            for offset, line in enumerate(part.getFormulaArray()):
                rows[area.StartRow + offset][area.StartColumn : area.EndColumn + 1] = line
        everything[sheet.Name] = rows
    return everything


def texts(book: Any, cells: list[list[str]]) -> list[str]:
    """Give cells as they are shown, number format applied."""
    return [find(book, sheet, where).String for sheet, where in cells]


def error_cells(sheet: Any) -> list[Any]:
    """Find the formula cells whose result is an error."""
    return [
        sheet.getCellByPosition(column, row)
        for area in sheet.queryFormulaCells(ERROR_RESULTS).RangeAddresses
        for column in range(area.StartColumn, area.EndColumn + 1)
        for row in range(area.StartRow, area.EndRow + 1)
    ]


# The cells that a respondent can fill in


def answer_cells(book: Any) -> list[dict[str, Any]]:
    """List the cells a person can see and change, with what LibreOffice lets into each."""
    found = []
    for sheet in every(book.Sheets):
        if not (sheet.isProtected() and sheet.IsVisible):
            continue
        covered: set[tuple[int, int]] = set()
        cells = []
        for group in every(sheet.getUniqueCellFormatRanges()):
            if group.CellProtection.IsLocked:
                continue
            # The cells of a group share a rule, but a relative reference in it means another cell in each.
            rule: dict[str, Any] | None = None
            for column, row in visible_cells(sheet, group):
                cell = sheet.getCellByPosition(column, row)
                covered.update(covered_by(sheet, cell, column, row))
                if rule is None or not fixed(rule["formula"]):
                    rule = validation(book, sheet, cell)
                    number_format = book.NumberFormats.getByKey(cell.NumberFormat).FormatString
                where = {"sheet": sheet.Name, "address": address(cell), "row": row + 1, "column": column + 1}
                cells.append((row, column, {**where, **rule, "number_format": number_format}))
        cells.sort(key=lambda cell: cell[:2])
        found += [described for row, column, described in cells if (column, row) not in covered]
    return found


def visible_cells(sheet: Any, group: Any) -> list[tuple[int, int]]:
    """List the cells that are not hidden; an area that runs to the sheet's edge ends where its use ends."""
    edge = sheet.RangeAddress
    used_columns, used_rows = used(sheet)
    return [
        (column, row)
        for area in group.queryVisibleCells().RangeAddresses
        for row in range(area.StartRow, 1 + (used_rows if area.EndRow == edge.EndRow else area.EndRow))
        for column in range(
            area.StartColumn, 1 + (used_columns if area.EndColumn == edge.EndColumn else area.EndColumn)
        )
    ]


def covered_by(sheet: Any, cell: Any, column: int, row: int) -> set[tuple[int, int]]:
    """List the cells that lie under this one because it is the corner of a merged area."""
    if not cell.getIsMerged():
        return set()
    cursor = sheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    area = cursor.RangeAddress
    columns, rows = range(area.StartColumn, area.EndColumn + 1), range(area.StartRow, area.EndRow + 1)
    return {(x, y) for x in columns for y in rows} - {(column, row)}


def validation(book: Any, sheet: Any, cell: Any) -> dict[str, Any]:
    """Describe what LibreOffice itself checks when something is typed into this cell."""
    rule = cell.Validation
    kind = rule.Type.value.lower()
    first, second = (
        formula if fixed(formula) else as_seen_from(book, cell, rule, formula)
        for formula in (rule.getFormula1(), rule.getFormula2())
    )
    is_limit = kind not in ("any", "list", "custom")
    return {
        "validation": kind,
        "operator": rule.getOperator().value.lower(),
        "values": list_values(book, sheet, first) if kind == "list" else [],
        "first": number(sheet, first) if is_limit else None,
        "second": number(sheet, second) if is_limit else None,
        "formula": first,
        "title": rule.InputTitle,
        "message": rule.InputMessage,
        "error": rule.ErrorMessage,
        "stops": bool(rule.ShowErrorMessage and rule.ErrorAlertStyle.value == "STOP"),
    }


def fixed(formula: str) -> bool:
    """Say whether a rule's formula means the same in every cell: a constant or an absolute range."""
    return bool(FIXED.fullmatch(formula))


def as_seen_from(book: Any, cell: Any, rule: Any, formula: str) -> str:
    """Move a rule's relative references from the cell where the rule was written to this one."""
    parser = book.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True  # the spelling that every other call here has
    return str(parser.printFormula(parser.parseFormula(formula, rule.getSourcePosition()), cell.CellAddress))


def list_values(book: Any, sheet: Any, formula: str) -> list[Any]:
    """Resolve the source of a list: written out, a range or name anywhere in the workbook, or a formula."""
    if formula.startswith('"'):
        parts = LITERAL.findall(formula)
        return [part[1:-1].replace('""', '"') if part.startswith('"') else part for part in parts]
    try:
        rows = sheet.getCellRangeByName(formula).getDataArray()
    except RuntimeException:
        rows = on_another_sheet(book, formula)
    if rows is None:
        height, width = int(evaluate(sheet, f"ROWS({formula})")), int(evaluate(sheet, f"COLUMNS({formula})"))
        rows = [
            [evaluate(sheet, f"INDEX({formula};{row};{column})") for column in range(1, width + 1)]
            for row in range(1, height + 1)
        ]
    return [value for row in rows for value in row if value != ""]


def on_another_sheet(book: Any, formula: str) -> Any:
    """Read a range that is written with its sheet; None for anything else.

    Calculating it would do too, but that leaves its traces: a locked cell can't be emptied again.
    """
    try:
        (area,) = book.Sheets.getCellRangesByName(formula)
    except (RuntimeException, IllegalArgumentException, ValueError):
        return None
    return area.getDataArray()


def number(sheet: Any, formula: str) -> float | None:
    """Give a limit as a number; it may be written as a formula."""
    if not formula:
        return None
    try:
        return float(formula)
    except ValueError:
        return float(evaluate(sheet, formula))


def evaluate(sheet: Any, formula: str) -> Any:
    """Let LibreOffice calculate a formula in a spare cell of the sheet, past everything that is used."""
    last_column, last_row = used(sheet)
    spare = sheet.getCellByPosition(last_column + 2, last_row + 2)
    spare.setFormula(f"={formula}")
    try:
        if spare.getError():
            raise ValueError(f"{formula} on {sheet.Name} gives {spare.String}")
        return spare.String if spare.FormulaResultType2 == 2 else spare.Value
    finally:
        spare.setFormula("")


# Acting


def write(book: Any, cells: list[list[Any]]) -> None:
    """Put values into cells as a person could; refusals are told together, after everything else is in."""
    refused = []
    book.addActionLock()
    try:
        for sheet, where, kind, value in cells:
            target = find(book, sheet, where)
            try:
                if kind in ("text", "number"):
                    target.setDataArray(((value,),))
                elif kind == "formula":
                    target.setFormulaArray(((value,),))
                elif is_locked(target):
                    raise RuntimeException
                elif kind == "typed":
                    target.getCellByPosition(0, 0).FormulaLocal = value
                else:
                    target.clearContents(VALUES_AND_FORMULAS)
            except RuntimeException:
                refused.append(f"{sheet}!{where} is locked")
    finally:
        book.removeActionLock()
    if refused:
        raise RefusedError(refused)


def cut_and_paste(book: Any, sheet: str, source: str, target: str) -> None:
    """Move cells, formats and all, as Ctrl+X and Ctrl+V do."""
    area, corner = landing(book, sheet, source, target)
    refuse_locked(area, f"{sheet}!{source}")
    area.Spreadsheet.moveRange(corner, area.RangeAddress)


def copy_and_paste(book: Any, sheet: str, source: str, target: str) -> None:
    """Copy cells, formats and validation and all, as Ctrl+C and Ctrl+V do."""
    area, corner = landing(book, sheet, source, target)
    area.Spreadsheet.copyRange(corner, area.RangeAddress)


def landing(book: Any, sheet: str, source: str, target: str) -> tuple[Any, Any]:
    """Give the source range and the address of the target's corner, if all of the target is open."""
    area = find(book, sheet, source)
    corner = find(book, sheet, target).getCellByPosition(0, 0).CellAddress
    width, height = area.Columns.Count, area.Rows.Count
    covered = area.Spreadsheet.getCellRangeByPosition(
        corner.Column, corner.Row, corner.Column + width - 1, corner.Row + height - 1
    )
    refuse_locked(covered, f"{sheet}!{target}")
    return area, corner


def refuse_locked(area: Any, name: str) -> None:
    """Refuse when any cell of the area is locked."""
    for column in range(area.Columns.Count):
        for row in range(area.Rows.Count):
            if is_locked(area.getCellByPosition(column, row)):
                raise RefusedError([f"{name} is locked"])


def change_lines(book: Any, sheet: str, along: str, action: str, index: int, count: int) -> None:
    """Insert or remove rows or columns."""
    lines = getattr(book.Sheets.getByName(sheet), along)
    try:
        (lines.insertByIndex if action == "insert" else lines.removeByIndex)(index - 1, count)
    except RuntimeException:
        raise RefusedError([f"{sheet} is protected"]) from None


def change_sheets(book: Any, action: str, sheet: str, name: str, position: int) -> None:
    """Rename, move, add or remove a sheet."""
    # Asked first: with the structure protected LibreOffice ignores a new name, but adds a sheet all the same.
    if book.isProtected():
        raise RefusedError(["the workbook's structure is protected"])
    if action == "rename":
        book.Sheets.getByName(sheet).Name = name
    elif action == "move":
        book.Sheets.moveByName(sheet, position)
    elif action == "add":
        book.Sheets.insertNewByName(sheet, position)
    else:
        book.Sheets.removeByName(sheet)


def unprotect(book: Any, sheet: str, password: str) -> None:
    """Take the protection off a sheet, or off the workbook's structure when no sheet is named."""
    protected = book.Sheets.getByName(sheet) if sheet else book
    try:
        protected.unprotect(password)
    except IllegalArgumentException:
        raise RefusedError(["the password is wrong"]) from None


# Small things


def desktop() -> Any:
    """Get LibreOffice's desktop, from which everything else is reached."""
    return XSCRIPTCONTEXT.getDesktop()  # type: ignore[name-defined]  # noqa: F821 - LibreOffice puts it here


def properties(**named: Any) -> tuple[Any, ...]:
    """Spell options as UNO wants them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in named.items())


def every(container: Any) -> list[Any]:
    """List what an indexed UNO container holds."""
    return [container.getByIndex(index) for index in range(container.Count)]


def find(book: Any, sheet: str, where: str) -> Any:
    """Get a range by its sheet's name and its address."""
    return book.Sheets.getByName(sheet).getCellRangeByName(where)


def used(sheet: Any) -> tuple[int, int]:
    """Give the last column and row that hold anything, counted from nought."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    return cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow


def address(cell: Any) -> str:
    """Give a cell's address without its sheet, such as ``D8``."""
    return str(cell.AbsoluteName.rpartition(".")[2].replace("$", ""))


def is_locked(cell: Any) -> bool:
    """Say whether protection keeps a person out of this cell."""
    return bool(cell.Spreadsheet.isProtected() and cell.CellProtection.IsLocked)


OPERATIONS: dict[str, Callable[..., Any]] = {
    "open": open_book,
    "close": close_book,
    "save": save,
    "save_as": save_as,
    "recalculate": recalculate,
    "sheets": sheets,
    "values": values,
    "errors": errors,
    "formulas": formulas,
    "texts": texts,
    "answer_cells": answer_cells,
    "write": write,
    "cut_and_paste": cut_and_paste,
    "copy_and_paste": copy_and_paste,
    "change_lines": change_lines,
    "change_sheets": change_sheets,
    "unprotect": unprotect,
}
