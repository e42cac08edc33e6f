"""The sheets of audits of cases, as an officer opens them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from auditkit import master
from auditkit.definition.field import Field
from auditkit.tables import build
from tests.master.rounds import AMBER, GREEN, NA, RED, collation, returned, section
from tests.test_case_tables import QUESTIONS, cases_audit, on

SHEETS = ("By case", "By agency", "By theme", "Learning")


@pytest.fixture(scope="module")
def book() -> Workbook:
    found = section("FIND", 1, responses=(Field("finding", "Finding", "text", "agency_finding"),))
    asked = cases_audit()
    asked = replace(asked, sections=(*asked.sections, found))
    people = [
        on("C1", "Police"),
        on("C1", "Health"),
        on("C1", "Meeting"),
        on("C2", "Health"),
        on("C2", "Police"),
    ]
    said = {
        "C1-Police": (GREEN, GREEN, GREEN, RED, NA),
        "C1-Meeting": (AMBER, AMBER, AMBER),
        "C2-Police": (GREEN, GREEN, GREEN, GREEN, GREEN),
    }
    returns = []
    for key, points in said.items():
        ratings = {(q, "rating"): point.text for q, point in zip(QUESTIONS, points, strict=False)}
        text = "=1+1 is what they found" if key == "C2-Police" else "None"
        returns.append(returned(asked, key, {**ratings, ("FIND-1", "finding"): text}))
    return load_workbook(BytesIO(master.workbook(build(collation(asked, people, returns)))))


def lines(book: Workbook, sheet: str) -> list[dict[str, object]]:
    head, *rest = book[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_sheets_of_cases_can_be_filtered_and_printed(book: Workbook) -> None:
    for name in SHEETS:
        sheet = book[name]
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert sheet.freeze_panes.endswith("2")
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0


def test_a_case_stands_in_a_row(book: Workbook) -> None:
    first, second = lines(book, "By case")
    # Green, Green, Green and Red are 9 / 4.
    assert [first[key] for key in ("Case", "On it", "Returned", "Missing", "Police", "Health")] == [
        *("C1", 2, 1, "Health", AMBER.text, "not returned")
    ]
    assert (first["Meeting's judgement"], first["Apart from the meeting"]) == (AMBER.text, "none")
    assert (second["Meeting's judgement"], second["Moderated"]) == ("not on this case", "0 of 1")


def test_an_agency_stands_in_a_row(book: Workbook) -> None:
    police, health = lines(book, "By agency")
    assert [police[key] for key in ("Cases", "Returned", "Graded", GREEN.text, AMBER.text, RED.text)] == [
        *(2, 2, 2, 1, 1, 0)
    ]
    # Amber and Green: (1 + 3) / 2.
    assert (police["Score"], police["Over all cases"]) == (2, AMBER.text)
    assert police["Weakest sections"] == f"Standard RISK: {AMBER.text} (3 of 4 rated)"
    assert [health[key] for key in ("Cases", "Returned", "Missing cases", "Graded", "Asked", "Rated")] == [
        *(2, 0, "C1, C2", 0, 10, 0)
    ]
    assert health["Over all cases"] is None


def test_a_theme_stands_over_its_questions(book: Workbook) -> None:
    risk = [line for line in lines(book, "By theme") if line["Theme"] == "Risk"]
    assert [(line["Question ID"], line["Agency"]) for line in risk] == [
        *((None, "All"), (None, "Police"), (None, "Health"), (None, "Meeting")),
        *(("WORK-3", "All"), ("RISK-1", "All"), ("RISK-2", "All")),
    ]
    whole = risk[0]
    figures = [whole[key] for key in ("Asked", "Not returned", "Blank", "Answered", "N/A", "Rated")]
    assert figures == [13, 6, 0, 7, 1, 6]
    assert [whole[point.text] for point in (GREEN, AMBER, RED)] == [4, 1, 1]


def test_what_was_found_is_text(book: Workbook) -> None:
    (line,) = lines(book, "Learning")
    assert [line[key] for key in ("What", "Case", "Agency", "Text", "File")] == [
        *("Single-agency finding", "C2", "Police", "=1+1 is what they found", "C2-Police.xlsx")
    ]
    assert book["Learning"]["E2"].data_type == "s"
