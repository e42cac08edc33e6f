"""The master read by other means than it was written: openpyxl, and nothing but what its sheets say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import to_excel

from tests.end_to_end.respondent import Cell

FIXED = ("Recipient ID", "Recipient", "Group", "Section", "Question ID", "Question")
# Cover fields whose column on Returns has another heading than the workbook's label.
HEADINGS = {"Author": "Completed by", "Signed off on": "Date of sign-off"}
ABOUT_FILES = (
    "File",
    "Recipient ID",
    "Recipient",
    "Outcome",
    "Completed %",
    "Saved (UTC)",
    "Queries",
    "Notes",
    "Findings",
)


def rows(master: Path, sheet: str) -> list[dict[str, Any]]:
    """Return a flat sheet of the master as one dictionary a row, by heading."""
    book = openpyxl.load_workbook(master, read_only=True)
    try:
        lines = ([value_of(cell) for cell in line] for line in book[sheet].iter_rows())
        header = next(lines)
        assert len(set(header)) == len(header)
        return [dict(zip(header, line, strict=True)) for line in lines]
    finally:
        book.close()


def value_of(cell: Any) -> Any:
    """Return a cell's value; a formula, where an answer is read, would be a fault."""
    assert cell.data_type != "f", f"a formula: {cell.value}"
    value = cell.value
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value


def everything_typed(master: Path, headings: Mapping[str, str] = HEADINGS) -> dict[str, dict[Cell, Any]]:
    """Return what the master says that each recipient typed, on the cover sheet and beside the questions.

    ``headings`` has the workbook's labels of cover fields whose column on Returns has another heading.
    """
    found: dict[str, dict[Cell, Any]] = {}
    for row in rows(master, "Answers"):
        own = found.setdefault(row["Recipient ID"], {})
        for heading, value in row.items():
            if heading not in FIXED and value is not None:
                assert Cell(row["Question ID"], heading) not in own
                own[Cell(row["Question ID"], heading)] = value
    for row in rows(master, "Returns"):
        for heading, value in row.items():
            if heading not in ABOUT_FILES and value is not None:
                found[row["Recipient ID"]][Cell("", headings.get(heading, heading))] = value
    return found


def cached(workbook: Path) -> dict[tuple[str, str], Any]:
    """Return the value stored beside every formula of a workbook, by sheet and address."""
    formulas, values = openpyxl.load_workbook(workbook), openpyxl.load_workbook(workbook, data_only=True)
    return {
        (sheet.title, cell.coordinate): plain(values[sheet.title][cell.coordinate].value)
        for sheet in formulas
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    }


def plain(value: Any) -> Any:
    """Return a value as LibreOffice's API gives it: dates and truth as numbers, nothing as empty text."""
    if isinstance(value, dt.date):
        return to_excel(value)  # type: ignore[no-untyped-call]
    if isinstance(value, bool):
        return int(value)
    return "" if value is None else value
