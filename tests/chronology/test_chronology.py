"""Six agencies' chronologies, filled in, collated and merged: what was planted in them is found, nothing is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.chronology import actions, contradictions, dates, duplicates, gaps
from auditkit.chronology.build import build
from auditkit.chronology.event import Chronology
from auditkit.chronology.order import Wanted
from auditkit.chronology.write import Written, write
from auditkit.cli import group
from auditkit.collate import collate
from auditkit.demo.fill import fill
from auditkit.errors import AuditkitError
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from tests.apps import ooxml
from tests.apps.availability import require
from tests.chronologies import AGENCIES, ROWS, SILENT, Planted, audit, planted, register
from tests.events import typed
from tests.rounds import small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
RATED = {("GOV", "GOV-1", "rating"): "● Green"}


@pytest.fixture(scope="module")
def in_it() -> Planted:
    return planted()


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory, in_it: Planted) -> Round:
    made = small_round(tmp_path_factory.mktemp("chronologies") / "round", audit(), register())
    layout = layout_for(made.audit_for(made.recipients[0]))
    for key, rows in in_it.rows.items():
        cells = {place: value for place, value in typed(*rows).items() if value is not None}
        filled = fill(
            workbook_of(made, key).read_bytes(), layout, {**RATED, **cells}, dt.datetime(2026, 10, 1)
        )
        (made.returns / f"{key}.xlsx").write_bytes(filled)
    collate(made, made.returns, as_at=AS_AT, jobs=1)
    return made


@pytest.fixture(scope="module")
def whole(round_: Round) -> Chronology:
    return build(round_, Wanted(), as_at=AS_AT)


@pytest.fixture(scope="module")
def written(round_: Round, whole: Chronology) -> Written:
    return write(round_, whole, AS_AT)


def texts(chronology: Chronology, kind: str) -> set[frozenset[str]]:
    return {
        frozenset(chronology.events[number - 1].event for number in mark.events)
        for mark in chronology.of_kind(kind)
    }


def test_every_row_that_was_typed_is_there_once_with_its_file_and_row(
    whole: Chronology, in_it: Planted
) -> None:
    came = [(key, row["what"], n) for key, rows in in_it.rows.items() for n, row in enumerate(rows, start=6)]
    assert len(came) == len(AGENCIES) * ROWS
    assert sorted((e.recipient_id, e.event, e.row) for e in whole.events) == sorted(came)
    assert {e.file for e in whole.events} == {f"{key}.xlsx" for key in AGENCIES}
    days = [e.at for e in whole.events if e.at]
    assert days == sorted(days)
    assert all(e.at is None for e in whole.events[len(days) :])


def test_what_was_planted_is_found_and_nothing_else(whole: Chronology, in_it: Planted) -> None:
    assert texts(whole, duplicates.KIND) == {frozenset(pair) for pair in in_it.duplicates}
    assert texts(whole, contradictions.KIND) == {frozenset(pair) for pair in in_it.contradictions}
    assert texts(whole, actions.KIND) == {frozenset([what]) for what in in_it.unexplained}
    assert texts(whole, dates.KIND) == {frozenset([what]) for what in in_it.dates}
    assert SILENT in {(mark.first, mark.last) for mark in whole.of_kind(gaps.KIND)}


def test_the_workbook_has_every_row_and_every_pair(written: Written, whole: Chronology) -> None:
    book = openpyxl.load_workbook(written.workbook)
    assert book.sheetnames == ["Chronology", "Side by side", "Gaps", "To ask", "Timeline", "About"]
    sheet = book["Chronology"]
    assert sheet.page_setup.paperSize == 8
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    heads, *lines = sheet.iter_rows(values_only=True)
    shown = [dict(zip(heads, line, strict=True)) for line in lines]
    assert [(row["No."], row["Agency"], row["What happened"], row["Row"]) for row in shown] == [
        (e.number, e.recipient_id, e.event, e.row) for e in whole.events
    ]
    assert [row["Date as typed"] for row in shown] == [e.date_typed for e in whole.events]
    certain = {row["Date as typed"]: row["How certain"] for row in shown}
    assert certain["autumn 2024"] == "≈ 01/09/2024 to 30/11/2024"
    assert certain["5 May"] == "no usable date"
    assert book["Side by side"].max_row == 1 + 18
    assert sheet.auto_filter.ref or sheet.tables


def test_a_row_names_those_that_it_contradicts(written: Written, whole: Chronology) -> None:
    heads, *lines = openpyxl.load_workbook(written.workbook)["Chronology"].iter_rows(values_only=True)
    at = heads.index("To look at")
    one, other = whole.of_kind(contradictions.KIND)[0].events
    agency = whole.events[other - 1].recipient_id
    assert f"Contradicts no. {other} ({agency})" in lines[one - 1][at]


def test_the_same_tables_give_the_same_files(round_: Round, written: Written, whole: Chronology) -> None:
    before = [written.workbook.read_bytes(), written.timeline.read_bytes()]
    again = write(round_, whole, AS_AT)
    assert [again.workbook.read_bytes(), again.timeline.read_bytes()] == before


def test_excel_would_repair_nothing(round_: Round, written: Written) -> None:
    require("validator")
    assert ooxml.errors([written.workbook, round_.master, workbook_of(round_, "PO1")]) == {}


def run(*args: Any) -> tuple[int, str]:
    result = CliRunner().invoke(group, ["chronology", *map(str, args)])
    failed = isinstance(result.exception, AuditkitError)
    return (1, str(result.exception)) if failed else (result.exit_code, result.output)


def test_the_command_says_what_it_found(round_: Round) -> None:
    code, said = run(round_.folder)
    assert code == 0
    assert "900 events of 6 agencies" in said
    assert "12 contradictions" in said
    assert "6 likely duplicates" in said
    code, said = run(round_.folder, "--from", "1/8/2025", "--to", "2025-12-31", "--gap-days", "3")
    assert code == 0
    assert "left out as not from 1 August 2025, to 31 December 2025" in said
    assert (
        round_.folder / "reports" / "Integrated chronology, from 1 August 2025, to 31 December 2025.xlsx"
    ).exists()
    code, said = run(round_.folder, "--subject", "Child B")
    assert (code, said) == (1, "No event is about 'Child B'; did you mean 'Child A'?")


def test_what_it_can_not_do_is_said(tmp_path: Path) -> None:
    small = small_round(tmp_path / "none")
    assert run(small.folder)[1].startswith("This audit has no chronology")
    made = small_round(tmp_path / "round", audit(5), register())
    code, said = run(made.folder)
    assert code == 1
    assert "Collate it first" in said
    layout = layout_for(made.audit_for(made.recipients[0]))
    filled = fill(workbook_of(made, "PO1").read_bytes(), layout, RATED, dt.datetime(2026, 10, 1))
    (made.returns / "po1.xlsx").write_bytes(filled)
    collate(made, made.returns, as_at=AS_AT, jobs=1)
    assert "No event was returned yet" in run(made.folder)[1]
