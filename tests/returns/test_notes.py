"""What is typed outside the answer cells is kept."""

from __future__ import annotations

import copy

from auditkit.returns.extract import extract
from auditkit.returns.findings import said
from auditkit.returns.notes import MOST, SHEETS, START_WIDTH
from auditkit.returns.sheets import marks
from auditkit.workbook.layout import FIRST_ROW, HEADER_ROW, LISTS_SHEET, START_SHEET
from tests.returns.filled import COMPLETE, as_sheets, codes, grids, layout_of

GOV, ABOUT = "1 Governance", "About you"


def notes_in(cells) -> list[tuple[str, str, str, str]]:
    sheets = as_sheets(cells)
    found = extract("a.xlsx", marks(sheets), layout_of(), sheets).notes
    assert {note.file for note in found} <= {"a.xlsx"}
    return [(note.sheet, note.cell, note.question, note.text) for note in found]


def test_a_form_without_notes_has_none() -> None:
    cells = grids(COMPLETE)
    cells[LISTS_SHEET] = [["List 1"], ["Green"]]
    cells["Export Summary"] = [["This document was exported from Numbers."]]
    assert notes_in(cells) == []
    assert extract("a.xlsx", marks(as_sheets(cells)), layout_of()).notes == ()


def test_notes_beside_above_and_below_the_questions() -> None:
    cells = grids(COMPLETE)
    cells[GOV][FIRST_ROW] += [None, None, "ask Sam"]
    cells[ABOUT][FIRST_ROW] += [None, "on leave"]
    cells[GOV][1] += ["up here"]
    cells[GOV][HEADER_ROW] += [None, "My notes"]
    cells[GOV].append([None, "more to come", 12])
    cells[GOV].append(["Total"])
    assert sorted(notes_in(cells)) == [
        (GOV, "A9", "", "Total"),
        (GOV, "B8", "", "more to come"),
        (GOV, "C8", "", "12"),
        (GOV, "H2", "", "up here"),
        (GOV, "I5", "", "My notes"),
        (GOV, "J6", "GOV-1", "ask Sam"),
        (ABOUT, "G6", "Completed by", "on leave"),
    ]


def test_notes_on_sheets_of_their_own_and_beside_the_first() -> None:
    cells = grids(COMPLETE)
    cells["Extra"] = [[None, None], [None, "one", 2], ["three"]]
    cells[START_SHEET][0] += [None] * (START_WIDTH - 1) + ["beside"]
    cells[START_SHEET].append(["below"])
    assert notes_in(cells) == [
        (START_SHEET, "G1", "", "beside"),
        (START_SHEET, "A4", "", "below"),
        ("Extra", "B2", "", "one\n2"),
        ("Extra", "A3", "", "three"),
    ]


def test_an_answer_column_whose_key_is_strange_is_kept_and_a_table_without_a_header_is_trusted() -> None:
    cells = grids(COMPLETE)
    cells[GOV][3][2] = "verdict"
    assert (GOV, "C6", "GOV-1", "● Green") in notes_in(cells)
    cells = grids(COMPLETE)
    cells[GOV][HEADER_ROW] = [None] * len(cells[GOV][HEADER_ROW])
    assert notes_in(cells) == []


def test_a_sheet_of_somebody_elses_form_is_no_note() -> None:
    cells = grids(COMPLETE)
    cells["Other"] = copy.deepcopy(cells[GOV])
    cells["Other"][3][0] = "auditkit:POL"
    assert notes_in(cells) == []


def test_a_pasted_spreadsheet_is_kept_as_far_as_anybody_would_read_it() -> None:
    cells = grids(COMPLETE)
    cells["Big"] = [[n] for n in range(2 * MOST)]
    assert len(notes_in(cells)) == MOST


def test_what_is_left_of_a_pasted_spreadsheet_is_counted_and_placed(read) -> None:
    cells = grids(COMPLETE)
    cells["Big"] = [[n] for n in range(MOST)]
    assert "notes-left" not in codes(read(cells))
    cells["Big"] += [[None], ["x"], [None, "y"]]
    cells["Bigger"] = [["x"]]
    one = read(cells)
    (finding,) = (f for f in one.findings if f.code == "notes-left")
    assert len(one.notes) == MOST
    assert said(finding).happened.endswith(
        "(1,000). Left out: 3, on Big (2 from A1002 on) and Bigger (1 from A1 on)."
    )


def test_only_some_of_many_sheets_are_named(read) -> None:
    cells = grids(COMPLETE)
    cells["Big"] = [[n] for n in range(MOST)]
    for n in range(SHEETS + 2):
        cells[f"S{n}"] = [["x"]]
    (finding,) = (f for f in read(cells).findings if f.code == "notes-left")
    assert said(finding).happened.endswith("S9 (1 from A1 on) and 2 more.")
