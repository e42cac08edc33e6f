"""Forms as partnerships lay them out, each in its own way; made here, and like nobody's in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

Rows = Sequence[Sequence[Any]]
NONE: Mapping[str, Any] = {}


def save(
    path: Path,
    sheets: Mapping[str, Rows],
    merged: Mapping[str, str] = NONE,
    offers: Mapping[str, Mapping[str, str]] = NONE,
    names: Mapping[str, str] = NONE,
) -> Path:
    """Save a form.

    Args:
        path: Where to.
        sheets: The rows of each sheet; None leaves a cell blank.
        merged: The merged areas of each sheet, with blanks between them.
        offers: The dropdown lists of each sheet, by their areas.
        names: What the workbook's own names stand for.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for area in merged.get(name, "").split():
            sheet.merge_cells(area)
        for area, formula in offers.get(name, {}).items():
            validation = DataValidation("list", formula1=formula)
            validation.add(area)
            sheet.add_data_validation(validation)
    for name, area in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=area)
    book.save(path)
    return path


def merged_heads(path: Path) -> Path:
    """One sheet: two header rows with merged cells, banner rows, a column of numbers, lists on another sheet."""
    questions = [
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
    lists = [
        ["Please select", "Not started"],
        ["Red", "In progress"],
        ["Amber", "Complete"],
        ["Green"],
        ["N/A"],
    ]
    return save(
        path,
        {"Self assessment": questions, "Lists": lists},
        merged={"Self assessment": "A1:I1 A2:I2 A4:A5 B4:B5 C4:C5 D4:E4 F4:I4 A6:I6 A9:I9"},
        offers={"Self assessment": {"D6:D20": "=Ratings", "I6:I20": "='Lists'!$B$1:$B$3"}},
        names={"Ratings": "Lists!$A$1:$A$5"},
    )


def sheets_as_sections(path: Path) -> Path:
    """A front sheet with boxes and a key, then a sheet for each section, each numbered from 1; inline lists."""
    boxes = ["Name of school:", "Completed by:", "Job title:", "Signed off by:", "Date:"]
    key = [
        ["Met", "Everything asked for is in place."],
        ["Partly met", "Some of it is in place."],
        ["Not met", "Nothing of it is in place yet."],
    ]
    front = [["Wexley schools audit"], [], *([box] for box in boxes), [], ["Key to ratings"], *key]
    sections = {
        "Governance": ["Is there a governor for safeguarding?", "Does the governor visit?"],
        "Safer recruitment": ["Are references seen?", "Is the single central record checked?"],
    }
    asked = ["No.", "Question", "Examples of evidence"]
    filled_in = ["Grade", "Your evidence", "Areas for development", "Lead", "Target date"]
    sheets = {
        title: [
            [title],
            ["Answer for the whole school."],
            [],
            [*asked, *filled_in],
            *([n, text, "Minutes, visit notes"] for n, text in enumerate(questions, start=1)),
        ]
        for title, questions in sections.items()
    }
    offers = {title: {"D5:D30": '"Met,Partly met,Not met"'} for title in sections}
    return save(path, {"Front": front, **sheets}, offers=offers)


def numbers_and_keys(path: Path) -> Path:
    """Lines on what ratings mean, a table that is rated, and one of numbers below it; the partnership's name first."""
    rows = [
        ["Northmoor Safeguarding Children Partnership"],
        ["Annual review by clubs 2026"],
        ["Red = not in place, Amber = in place for some, Green = in place for all"],
        [],
        ["Ref", "Question", "RAG", "Evidence"],
        ["Q1", "There is a welfare officer."],
        ["Q2", "Everybody has a check."],
        [],
        ["Our numbers"],
        ["Ref", "Measure", "Unit", "Period", "Value", "Comments"],
        ["N1", "Coaches", "people", "31 March 2026"],
        ["N2", "Coaches with a check", "%", "31 March 2026"],
        [],
        ["With thanks"],
    ]
    return save(path, {"Review": rows})


def several_tables(path: Path) -> Path:
    """One sheet with two tables, numbers within the text, and a column for each rating to be ticked."""
    head = [
        [None, "Requirement", "Compliance", None, None, "Comments", "Who"],
        [None, None, "Yes", "Partly", "No"],
    ]
    people = ["1.1 Everyone has a check.", "1.2 There is a welfare officer.\nShe is known to children."]
    places = ["2.1 Rooms are supervised.", "2.2 Photographs are agreed.", "2.3 Trips are planned."]
    rows = [
        [],
        [None, "Safeguarding checklist for clubs, 2024 edition"],
        [],
        [None, "Section A – Our people"],
        *head,
        *([None, text] for text in people),
        [],
        [],
        [None, "Section B – Our places"],
        *head,
        *([None, text] for text in places),
        [],
        [None, "Club stamp", None, None, "x"],
    ]
    return save(path, {"Checklist": rows}, merged={"Checklist": "B4:G4 C5:E5 B11:G11 C12:E12"})


def with_chronology(path: Path) -> Path:
    """A rapid review's form: questions on one sheet, and on the next a chronology with an example in it."""
    questions = [
        ["Agency summary for a rapid review 2026"],
        ["Completed by", None],
        [],
        ["Ref", "Question", "Response"],
        ["1", "What did your agency know of the family?"],
        ["2", "What was learned?"],
    ]
    events = [
        ["Agency chronology"],
        [
            "No",
            "Agency",
            "Date",
            "Time",
            "Source of information",
            "Event",
            "Action taken",
            "Child seen",
            "Outcome",
            "Weather",
        ],
        [
            "1",
            "Northmoor Police",
            "3 May 2025",
            "14:30",
            "Call log",
            "A call about shouting.",
            "Visited.",
            "Yes",
        ],
    ]
    return save(path, {"Summary": questions, "Chronology": events})
