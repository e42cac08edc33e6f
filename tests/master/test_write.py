from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from auditkit import master
from auditkit.master.sheets import CASED, EVENTFUL, FOLLOWED, LEARNT, NUMBERED, SHEETS, THEMED, UNRATED
from auditkit.tables import build, rows
from tests.apps.libreoffice import LibreOffice
from tests.master.rounds import (
    AS_AT,
    EVIDENCE,
    GREEN,
    ROLL_UPS,
    audit,
    chance_ratings,
    collation,
    many_scales,
    people,
    rated,
    returned,
    section,
    section11,
)

# The sheets of an audit without numbers, chronologies, progress, cases and themes.
OTHERS = (*UNRATED, *NUMBERED, *EVENTFUL, *FOLLOWED, *CASED, *THEMED, *LEARNT)
PLAIN = [sheet for sheet in SHEETS if sheet not in OTHERS]


@pytest.fixture(scope="module")
def content() -> bytes:
    return master.workbook(build(section11()))


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def test_the_same_tables_give_the_same_bytes(content: bytes) -> None:
    assert master.workbook(build(section11())) == content


def test_sheets_stand_in_the_order_of_their_list(book: Workbook) -> None:
    assert (
        book.sheetnames
        == [sheet.NAME for sheet in PLAIN]
        == [
            *("Summary", "Heatmap", "Ratings", "Questions", "Answers", "Actions"),
            *("Returns", "Queries", "Notes", "Changes", "Not returned", "Scoring", "About"),
        ]
    )


def test_nothing_is_locked(book: Workbook, content: bytes) -> None:
    assert not any(sheet.protection.sheet for sheet in book)
    assert b"workbookProtection" not in zipfile.ZipFile(BytesIO(content)).read("xl/workbook.xml")


def test_every_sheet_prints_on_a4_with_its_headings(book: Workbook) -> None:
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), sheet.title
        if sheet.title not in ("Summary", "Scoring", "About"):
            assert sheet.print_title_rows, sheet.title
            assert sheet.freeze_panes, sheet.title
        # Openpyxl shows the default, one page, as None, and as many as it takes as 0.
        assert sheet.page_setup.fitToHeight == (None if sheet.title in ("Summary", "Ratings") else 0)


def test_flat_sheets_are_one_named_table_from_a1(book: Workbook) -> None:
    for name in (
        "Heatmap",
        "Questions",
        "Answers",
        "Actions",
        "Returns",
        "Queries",
        "Changes",
        "Not returned",
    ):
        (table,) = book[name].tables.values()
        assert table.name == name.replace(" ", "_")
        assert table.ref == book[name].dimensions
        assert table.ref.startswith("A1:")
        assert table.autoFilter is not None
        assert not book[name].merged_cells.ranges
    assert book["Ratings"].tables["Ratings"].ref.startswith("A5:")


def test_pandas_reads_a_flat_sheet_as_it_is(content: bytes) -> None:
    frame = pd.read_excel(
        BytesIO(content), sheet_name="Answers", engine="openpyxl", dtype={"Recipient ID": str}
    )
    assert list(frame.columns) == [
        *("Recipient ID", "Recipient", "Group", "Section", "Question ID", "Question"),
        *("Rating", "Evidence", "Area for improvement", "Action", "Action lead", "Due date", "Progress"),
    ]
    assert len(frame) == len(set(rows(build(section11()).answers, "recipient_id", "question_id")))


def test_document_properties(book: Workbook) -> None:
    assert book.properties.title == "Section 11 audit 2026: master"
    assert book.properties.created == dt.datetime.combine(AS_AT, dt.time())


def test_charts_have_a_text_for_those_who_cannot_see_them(content: bytes) -> None:
    drawing = zipfile.ZipFile(BytesIO(content)).read("xl/drawings/drawing1.xml").decode()
    assert drawing.count('descr="Bar chart: ') == 2


def test_microsofts_validator_finds_nothing(
    ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]], tmp_path: Path
) -> None:
    whole = many_scales("share", "percent with caps")
    files = [
        master.write(tmp_path / f"{n}.xlsx", build(given))
        for n, given in enumerate(
            (
                section11(),
                collation(
                    whole, people(4), [rated(whole, f"R{k}", chance_ratings(whole, k)) for k in range(1, 4)]
                ),
                collation(audit([section("A", 1, responses=(EVIDENCE,))]), people(1), []),
            )
        )
    ]
    assert ooxml_errors(files) == {}


def test_hostile_text_stays_text_on_every_sheet(libreoffice: LibreOffice, tmp_path: Path) -> None:
    nasty = '=HYPERLINK("http://evil.example","x")'
    given = section11()
    state = replace(
        given,
        settings=replace(given.settings, title=nasty, partnership="&P <b> & =1+1"),
        recipients=(
            replace(given.recipients[0], name=nasty, contact="@x", email="+1"),
            *given.recipients[1:],
        ),
        returns=tuple(
            replace(
                r,
                answers=tuple(
                    a._replace(typed=nasty, value=nasty)
                    if isinstance(a.value, str) and a.field.kind != "rating"
                    else a
                    for a in r.answers
                ),
            )
            for r in given.returns[:2]
        ),
    )
    path = master.write(tmp_path / "master.xlsx", build(state))
    book = load_workbook(path)
    held = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == nasty]
    assert len(held) > 50
    assert {cell.data_type for cell in held} == {"s"}
    links = {
        cell.hyperlink.location
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert all(link and link.endswith("!A1") for link in links)
    with libreoffice.open(path) as opened:
        assert opened.errors() == []


def test_a_copy_that_is_open_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def replaced(self: Path, target: Path) -> Path:
        if target.name == "master.xlsx":
            raise PermissionError
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replaced)
    tables = build(collation(audit([section("A", 1)]), people(1), []))
    assert master.write(tmp_path / "master.xlsx", tables) == tmp_path / "master (2).xlsx"


def test_the_board_page_is_one_page_and_none_is_empty(
    libreoffice: LibreOffice, pages: Callable[..., list[Path]], tmp_path: Path
) -> None:
    whole = many_scales("mean", "mean")
    assert ROLL_UPS["mean"] == whole.roll_up
    returns = [rated(whole, f"R{k}", chance_ratings(whole, k)) for k in range(1, 6)]
    path = master.write(tmp_path / "master.xlsx", build(collation(whole, people(6), returns)))
    with libreoffice.open(path) as opened:
        pdf = opened.pdf(tmp_path / "master.pdf")
    # One page a sheet; two more for the long Answers, and two for the wide matrix of Ratings at most.
    assert len(PLAIN) <= len(pages(pdf, tmp_path)) <= len(PLAIN) + 4


def test_long_and_odd_text_reaches_the_cell(tmp_path: Path) -> None:
    whole = audit([section("A", 1)])
    typed: dict[tuple[str, str], Any] = {
        ("A-1", "rating"): GREEN.text,
        ("A-1", "evidence"): "é\n'\"=" + "x" * 30_000,
    }
    path = master.write(
        tmp_path / "m.xlsx", build(collation(whole, people(1), [returned(whole, "R1", typed)]))
    )
    assert load_workbook(path)["Answers"]["H2"].value == typed["A-1", "evidence"]
