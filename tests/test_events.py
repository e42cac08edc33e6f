"""Chronologies, from the workbook to the tables and the master: whatever was typed or pasted is there once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from auditkit.collate import Collated, collate
from auditkit.errors import ProblemsError
from auditkit.preview.write import write
from auditkit.round import Round, load
from auditkit.tables import rows
from auditkit.workbook import progress
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import FIRST_ROW, HEADER_ROW, KEY_ROW
from tests.events import AUDIT, REGISTER, typed
from tests.filling import fill, stamp
from tests.rounds import SETTINGS, small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
RATED = {("GOV", "GOV-1", "rating"): "● Green"}
VISIT = {"date": "5 May 2025", "time": "14:30", "who": "Child A", "source": "Health record"}
VISIT |= {"type": "Home visit", "what": "Visited at home.", "action": "Referred on.", "seen": "Yes"}
CALL = {"date": "about June 2025", "source": "Call log", "what": "Neighbour rang.", "voice": "Heard crying."}


def sheet_of(round_: Round, recipient_id: str) -> tuple[openpyxl.Workbook, Any, dict[str, int]]:
    """Open an issued workbook: the book, the sheet of events, and the columns by key."""
    book = openpyxl.load_workbook(workbook_of(round_, recipient_id))
    sheet = book["2 Chronology"]
    return book, sheet, {cell.value: cell.column for cell in sheet[KEY_ROW + 1] if cell.value}


def keep(round_: Round, book: openpyxl.Workbook, name: str) -> None:
    """Save a workbook among the returns."""
    book.save(round_.returns / name)
    stamp(round_.returns / name, 0)


def run(round_: Round) -> Collated:
    return collate(round_, round_.returns, as_at=AS_AT, jobs=1)


def rows_of(collated: Collated, table: str, name: str) -> list[Any]:
    return [*getattr(collated.tables, table)[name]]


def events(collated: Collated, *names: str) -> list[tuple[Any, ...]]:
    return list(rows(collated.tables.events, *names))


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    return small_round(tmp_path / "round", AUDIT, REGISTER)


def test_every_cell_arrives_with_its_row(round_: Round) -> None:
    fill(round_, "H1", {**RATED, **typed(VISIT, CALL)}, "h1.xlsx")
    collated = run(round_)
    day, first, last = dt.date(2025, 5, 5), dt.date(2025, 5, 2), dt.date(2025, 7, 30)
    assert events(
        collated, "row_key", "date_typed", "earliest", "latest", "exact", "time", "event", "row"
    ) == [
        ("CH:1", "5 May 2025", day, day, "Yes", "14:30", "Visited at home.", 6),
        ("CH:2", "about June 2025", first, last, "No", None, "Neighbour rang.", 7),
    ]
    told = events(collated, "recipient", "subject", "source", "child_seen", "more", "file")
    assert told[0] == ("Northmoor Health Visitors", "Child A", "Health record", "Yes", None, "h1.xlsx")
    assert told[1][4] == "The child's voice: Heard crying."
    master = openpyxl.load_workbook(collated.master)
    shown = {cell.value for row in master["Events"].iter_rows(min_row=2) for cell in row}
    assert {*VISIT.values(), *CALL.values()} - {"Heard crying."} <= shown
    assert all(cell.value != "Visited at home." for row in master["Answers"].iter_rows() for cell in row)


def test_a_blank_row_is_no_event_and_an_empty_chronology_has_none(round_: Round) -> None:
    fill(round_, "H1", {**RATED, **typed(VISIT, first=7)}, "h1.xlsx")
    fill(round_, "P1", RATED, "p1.xlsx")
    collated = run(round_)
    assert events(collated, "recipient_id", "row_key") == [("H1", "CH:7")]
    told = [file for code, file in rows(collated.tables.findings, "code", "file") if code == "no-events"]
    assert told == ["p1.xlsx"]


def test_columns_that_came_later_and_whole_chronologies_are_asked_for_again(round_: Round) -> None:
    fill(round_, "H1", {**RATED, **typed(VISIT)}, "h1.xlsx")
    definition = round_.folder / "audit.yaml"
    later = AUDIT.replace("id: voice", "id: said").replace("2026.1", "2026.2")
    definition.write_text(later, encoding="utf-8")
    collated = run(load(round_.folder))
    assert events(collated, "event", "more") == [("Visited at home.", None)]
    told = " ".join(rows_of(collated, "findings", "what"))
    assert "The child's voice (Chronology)" in told
    definition.write_text(AUDIT.split("  - id: CH")[0], encoding="utf-8")
    collated = run(load(round_.folder))
    assert events(collated, "event") == []
    assert "Visited at home." in rows_of(collated, "answers", "value")


def test_packs_are_refused(round_: Round) -> None:
    (round_.folder / "round.yaml").write_text(SETTINGS + "pack_by: trust\n", encoding="utf-8")
    register = REGISTER.replace("email\n", "email,trust\n").replace("example\n", "example,Fell\n")
    (round_.folder / "register.csv").write_text(register, encoding="utf-8")
    with pytest.raises(ProblemsError, match="can't be sent in packs"):
        load(round_.folder)


def test_sorted_rows_keep_together(round_: Round) -> None:
    book, sheet, columns = sheet_of(round_, "H1")
    for n, row in enumerate((CALL, VISIT)):
        for key, value in row.items():
            sheet.cell(FIRST_ROW + 1 + n, columns[key], value)
    keep(round_, book, "h1.xlsx")
    assert events(run(round_), "event", "source") == [
        ("Neighbour rang.", "Call log"),
        ("Visited at home.", "Health record"),
    ]


def test_rows_without_a_key_and_with_the_key_of_another_row_are_events(round_: Round) -> None:
    book, sheet, columns = sheet_of(round_, "H1")
    last = FIRST_ROW + 12
    for at, key in ((FIRST_ROW + 1, "CH:1"), (FIRST_ROW + 2, "CH:1"), (last + 1, None), (last + 3, "12")):
        sheet.cell(at, 1, key)
        for name, value in {**VISIT, "what": f"Row {at}"}.items():
            sheet.cell(at, columns[name], value)
    keep(round_, book, "h1.xlsx")
    collated = run(round_)
    assert [row for _, row in events(collated, "row_key", "event")] == ["Row 6", "Row 7", "Row 18", "Row 20"]
    keys = [key for key, _ in events(collated, "row_key", "event")]
    assert len({*keys}) == 4
    assert "unkeyed-row" not in {*collated.tables.findings["code"]}


def test_a_second_sheet_of_events_holds_more_of_them(round_: Round) -> None:
    book, sheet, columns = sheet_of(round_, "H1")
    for name, value in VISIT.items():
        sheet.cell(FIRST_ROW + 1, columns[name], value)
    more = book.copy_worksheet(sheet)
    more.cell(FIRST_ROW + 2, columns["what"], "On the copy only")
    more.cell(FIRST_ROW + 1, columns["what"], "Overwritten on the copy")
    keep(round_, book, "h1.xlsx")
    found = [event for (event,) in events(run(round_), "event")]
    assert sorted(found) == ["On the copy only", "Overwritten on the copy", "Visited at home."]


def test_an_identical_copy_of_the_sheet_is_no_second_chronology(round_: Round) -> None:
    book, sheet, columns = sheet_of(round_, "H1")
    for name, value in VISIT.items():
        sheet.cell(FIRST_ROW + 1, columns[name], value)
    book.copy_worksheet(sheet)
    keep(round_, book, "h1.xlsx")
    assert len(events(run(round_), "event")) == 1


def test_rows_pasted_from_another_system(round_: Round) -> None:
    book, sheet, columns = sheet_of(round_, "H1")
    pasted = [
        {**VISIT, "date": dt.datetime(2025, 5, 5, 9, 15), "time": None},
        {**VISIT, "date": "05.05.2025", "time": "9.15 am"},
        {**VISIT, "date": 45782},
        {**VISIT, "date": "13/25", "time": "morning", "type": "Visit"},
        {**VISIT, "date": "5 May"},
    ]
    for n, row in enumerate(pasted, start=FIRST_ROW + 1):
        for name, value in row.items():
            sheet.cell(n, columns[name], value)
    extra = max(columns.values()) + 2
    sheet.cell(FIRST_ROW + 1, extra, "Exported by Sam")
    keep(round_, book, "h1.xlsx")
    collated = run(round_)
    day = dt.date(2025, 5, 5)
    assert events(collated, "earliest", "time") == [
        (day, "09:15"),
        (day, "09:15"),
        (day, "14:30"),
        (None, "morning"),
        (None, "14:30"),
    ]
    codes = [*collated.tables.findings["code"]]
    assert codes.count("not-a-date") == 2
    assert {"not-a-time", "not-in-list", "date-read", "text-outside"} <= {*codes}
    assert "Exported by Sam" in {*collated.tables.notes["note"]}


def test_what_a_row_still_needs_is_asked_for(round_: Round) -> None:
    fill(round_, "H1", {**RATED, **typed({"what": "Undated and without a source."})}, "h1.xlsx")
    collated = run(round_)
    told = [
        (question, what)
        for code, question, what in rows(collated.tables.findings, "code", "question", "what")
        if code == "required-missing"
    ]
    assert told[0][0] == "CH:1"
    assert "a date and a source" in told[0][1]


def test_the_sheet_can_be_sorted_though_it_is_locked(round_: Round) -> None:
    _, sheet, columns = sheet_of(round_, "H1")
    assert not sheet.protection.sort
    (table,) = sheet.tables.values()
    first, last = table.ref.split(":")
    assert first == f"B{HEADER_ROW + 1}"
    area = sheet[f"B{FIRST_ROW + 1}:{last}"]
    assert all(not cell.protection.locked for row in area for cell in row)
    assert sheet.cell(FIRST_ROW + 1, 1).protection.locked
    layout = layout_for(round_.audit_for(round_.recipients[0]))
    assert len(layout.by_id["CH"].slots) == 12 * len(columns) - 12


def test_neither_progress_nor_other_columns_ask_for_events_again(round_: Round) -> None:
    asked = progress.form(round_.audit_for(round_.recipients[0]))
    assert [section.id for section in asked.sections] == ["progress:GOV"]
    audit = round_.audit_for(round_.recipients[0])
    assert audit.fields_of(audit.sections[0], audit.sections[0].questions[0]) == audit.responses


def test_a_sample_and_the_paper_copy_show_its_columns(round_: Round, tmp_path: Path) -> None:
    preview = write(round_, tmp_path / "preview", AS_AT)
    ((_, sample),) = preview.samples
    assert "2 Chronology" in openpyxl.load_workbook(sample).sheetnames
    document = docx.Document(str(preview.paper))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"What happened", "a date, or as much as is known of it", "a time of day"} <= cells


def test_a_merged_cell_is_read_where_it_stands_and_asked_for_below(round_: Round) -> None:
    book, sheet, columns = sheet_of(round_, "H1")
    for n in range(3):
        for name, value in VISIT.items():
            sheet.cell(FIRST_ROW + 1 + n, columns[name], value)
    letter = openpyxl.utils.get_column_letter(columns["date"])
    sheet.merge_cells(f"{letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + 3}")
    keep(round_, book, "h1.xlsx")
    collated = run(round_)
    assert [day for (day,) in events(collated, "date_typed")] == ["5 May 2025", None, None]
    told = rows(collated.tables.findings, "code", "question")
    assert [question for code, question in told if code == "required-missing"] == ["CH:2", "CH:3"]


def test_events_count_for_the_theme_that_they_name(tmp_path: Path) -> None:
    themes = "themes: [{id: neglect, title: Neglect}]\n"
    round_ = small_round(
        tmp_path / "round", AUDIT.replace("sections:\n", f"{themes}sections:\n", 1), REGISTER
    )
    visits = [{**VISIT, "theme": theme} for theme in ("Neglect", "Neglect", "Injury")]
    fill(round_, "H1", {**RATED, **typed(*visits, VISIT)}, "h1.xlsx")
    fill(round_, "P1", {**RATED, **typed({**VISIT, "theme": "Neglect"})}, "p1.xlsx")
    collated = run(round_)
    assert list(rows(collated.tables.themes, "theme_id", "theme", "agency", "asked", "events")) == [
        ("neglect", "Neglect", None, 0, 3),
        ("neglect", "Neglect", "Health", 0, 2),
        ("neglect", "Neglect", "Police", 0, 1),
        # No theme of the audit: not lost, and not counted for one.
        (None, "Injury", None, 0, 1),
        (None, "Injury", "Health", 0, 1),
    ]
    head, *lines = openpyxl.load_workbook(collated.master)["By theme"].iter_rows(values_only=True)
    assert [line[head.index("Events")] for line in lines] == [3, 2, 1, 1, 1]
