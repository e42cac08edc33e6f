"""Forms as partnerships lay them out, each in its own way; made here, and like nobody's in particular."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]


def put(sheet: Worksheet, top: int, rows: Rows, merged: Iterable[str] = ()) -> None:
    """Write rows from ``top`` on (counted from 1); None leaves a cell blank."""
    for row, cells in enumerate(rows, start=top):
        for column, value in enumerate(cells, start=1):
            if value is not None:
                sheet.cell(row, column, value)
    for area in merged:
        sheet.merge_cells(area)


def offer(sheet: Worksheet, area: str, formula: str) -> None:
    """Give the cells of ``area`` a dropdown list."""
    validation = DataValidation("list", formula1=formula)
    validation.add(area)
    sheet.add_data_validation(validation)


def save(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Save a form of plain sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        put(book.create_sheet(name), 1, rows)
    book.save(path)
    return path


def merged_heads(path: Path) -> Path:
    """One sheet: two header rows with merged cells, banner rows, a column of numbers, lists on another sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Self assessment"
    heads = "A1:I1 A2:I2 A4:A5 B4:B5 C4:C5 D4:E4 F4:I4 A6:I6 A9:I9"
    rows = [
        ["Northmoor safeguarding self-assessment 2025"],
        ["Please complete every row and return it by the end of May."],
        [],
        ["Ref", "Standard", "What good looks like", "Self-assessment", None, "Action plan"],
        [None, None, None, "RAG rating", "Evidence", "Action required", "By whom", "By when", "Status"],
        ["1. Leadership"],
        ["1.1", "A senior person leads.", "Named and trained."],
        ["1.2", "The board hears about it."],
        ["2. Training"],
        ["2.1", "Staff are trained.", "Within three months of starting."],
        [None, None, "And again every two years."],
        ["2.2", "Volunteers are trained."],
        [],
        ["Thank you for completing this form."],
    ]
    put(sheet, 1, rows, heads.split())
    lists = book.create_sheet("Lists")
    put(
        lists,
        1,
        [["Please select", "Not started"], ["Red", "In progress"], ["Amber", "Complete"], ["Green"], ["N/A"]],
    )
    book.defined_names["Ratings"] = DefinedName("Ratings", attr_text="Lists!$A$1:$A$5")
    offer(sheet, "D6:D20", "=Ratings")
    offer(sheet, "I6:I20", "='Lists'!$B$1:$B$3")
    book.save(path)
    return path


def sheets_as_sections(path: Path) -> Path:
    """A front sheet with boxes and a key, then a sheet for each section, each numbered from 1; inline lists."""
    book = openpyxl.Workbook()
    front = book.active
    front.title = "Front"
    boxes = ["Name of school:", "Completed by:", "Job title:", "Signed off by:", "Date:"]
    key = [
        ["Met", "Everything asked for is in place."],
        ["Partly met", "Some of it is in place."],
        ["Not met", "Nothing of it is in place yet."],
    ]
    put(front, 1, [["Wexley schools audit"], [], *([box] for box in boxes), [], ["Key to ratings"], *key])
    sections = {
        "Governance": ["Is there a governor for safeguarding?", "Does the governor visit?"],
        "Safer recruitment": ["Are references seen?", "Is the single central record checked?"],
    }
    heads = ["No.", "Question", "Examples of evidence", "Grade", "Your evidence", "Areas for development"]
    for title, questions in sections.items():
        sheet = book.create_sheet(title)
        asked = [[n, text, "Minutes, visit notes"] for n, text in enumerate(questions, start=1)]
        put(
            sheet, 1, [[title], ["Answer for the whole school."], [], [*heads, "Lead", "Target date"], *asked]
        )
        offer(sheet, "D5:D30", '"Met,Partly met,Not met"')
    book.save(path)
    return path


def several_tables(path: Path) -> Path:
    """One sheet with two tables, numbers within the text, and a column for each rating to be ticked."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Checklist"
    head = [
        [None, "Requirement", "Compliance", None, None, "Comments", "Who"],
        [None, None, "Yes", "Partly", "No"],
    ]
    people = ["1.1 Everyone has a check.", "1.2 There is a welfare officer.\nShe is known to children."]
    places = ["2.1 Rooms are supervised.", "2.2 Photographs are agreed.", "2.3 Trips are planned."]
    put(sheet, 2, [[None, "Safeguarding checklist for clubs, 2024 edition"]])
    put(sheet, 4, [[None, "Section A – Our people"], *head, *([None, text] for text in people)])
    put(sheet, 11, [[None, "Section B – Our places"], *head, *([None, text] for text in places)])
    put(sheet, 18, [[None, "Club stamp", None, None, "x"]])
    for area in ("B4:G4", "C5:E5", "B11:G11", "C12:E12"):
        sheet.merge_cells(area)
    book.save(path)
    return path
