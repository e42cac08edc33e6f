"""Issued workbooks, filled in and saved by real programs, read back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from auditkit.fields import kind_of
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.model import Return
from auditkit.returns.sheets import cell_name
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import Layout, Slot
from tests.apps.libreoffice import LibreOffice
from tests.apps.resave import WRITERS, resave
from tests.returns.filled import AUDIT, COMPLETE, KEY, RECIPIENTS, ROUND, codes, grids, saved, values
from tests.rounds import small_round, workbook_of

TEXTS = ("=1+1", "two\nlines", " spaces ", "é ✔ 😀", 'it\'s "quoted"', "z" * 30_000)
DATE = dt.date(2027, 3, 1)


@pytest.fixture
def round_(tmp_path: Path) -> Round:
    return small_round(tmp_path / "round")


def layout_of(round_: Round) -> Layout:
    return layout_for(round_.audit_for(round_.recipients[0]))


def to_type(round_: Round) -> dict[Slot, str | float | dt.date]:
    """Return something to type into every answer cell of the first recipient's workbook."""
    typed: dict[Slot, str | float | dt.date] = {}
    for block in layout_of(round_).blocks:
        for n, slot in enumerate(block.slots):
            choices = kind_of(slot.field).choices(slot.field, round_.audit)
            by_kind = {"date": DATE, "whole_number": 7.0, "percent": 0.5, "decimal": 2.25}
            free = by_kind.get(slot.field.kind, TEXTS[n % len(TEXTS)])
            typed[slot] = choices[n % len(choices)] if choices else free
    return typed


def by_key(round_: Round, typed: dict[Slot, str | float | dt.date]) -> dict[tuple[str, str, str], object]:
    return {
        (block.id, slot.row_key, slot.column_key): typed[slot]
        for block in layout_of(round_).blocks
        for slot in block.slots
        if slot in typed
    }


def fill(round_: Round, typed: dict[Slot, str | float | dt.date], office: LibreOffice, path: Path) -> None:
    """Type into the first recipient's workbook in LibreOffice, and save it."""
    cells = {
        (block.sheet, cell_name(slot.row, slot.col)): typed[slot]
        for block in layout_of(round_).blocks
        for slot in block.slots
        if slot in typed
    }
    path.parent.mkdir(exist_ok=True)
    with office.open(workbook_of(round_, round_.recipients[0].id)) as book:
        book.write(cells)
        book.save_as(path)


def read(round_: Round) -> Return:
    (one,) = read_returns(
        round_.returns, Basis(round_.audit, round_.recipients, round_.settings.id, round_.key())
    )
    return one


def test_a_workbook_sent_back_as_it_was_issued_is_blank(round_: Round) -> None:
    issued = workbook_of(round_, "A1").read_bytes()
    (round_.returns / "a.xlsx").write_bytes(issued)
    one = read(round_)
    assert (one.outcome, one.recipient_id, one.answers, codes(one)) == (
        "held",
        "A1",
        (),
        ["blank-return"],
    )


def test_every_value_typed_comes_back_under_its_key(round_: Round, libreoffice: LibreOffice) -> None:
    typed = to_type(round_)
    fill(round_, typed, libreoffice, round_.returns / "a.xlsx")
    one = read(round_)
    assert (one.outcome, one.recipient_id) == ("accepted", "A1")
    assert values(one) == by_key(round_, typed)
    assert all(answer.value is not None for answer in one.answers)
    assert one.saved is not None
    assert abs(dt.datetime.now(dt.timezone.utc) - one.saved) < dt.timedelta(hours=14)


# ExcelJS can't write tables that LibreOffice saved without a style; the test after this one has it.
@pytest.mark.parametrize("writer", sorted({*WRITERS} - {"exceljs"}))
def test_other_programs_change_nothing(
    round_: Round, libreoffice: LibreOffice, tmp_path: Path, writer: str
) -> None:
    typed = to_type(round_)
    fill(round_, typed, libreoffice, tmp_path / "filled" / "a.xlsx")
    resave([tmp_path / "filled" / "a.xlsx"], writer, round_.returns)
    one = read(round_)
    assert (one.outcome, one.recipient_id) == ("accepted", "A1")
    assert values(one) == by_key(round_, typed)


@pytest.mark.parametrize("writer", WRITERS)
def test_text_numbers_and_dates_survive_any_writer(tmp_path: Path, writer: str) -> None:
    typed = {
        **COMPLETE,
        ("GOV", "GOV-1", "evidence"): TEXTS[-1],
        ("GOV", "GOV-1", "action"): "\n".join(TEXTS[:-1]),
        ("GOV", "GOV-1", "due"): DATE,
        ("NUM", "NUM-1", "share"): 0.5,
    }
    (tmp_path / "a.xlsx").write_bytes(saved(grids(typed)))
    resave([tmp_path / "a.xlsx"], writer, tmp_path / "returns")
    (one,) = read_returns(tmp_path / "returns", Basis(AUDIT, RECIPIENTS, ROUND, KEY))
    # Thirty thousand letters are still one word.
    assert (one.outcome, codes(one)) == ("accepted", ["thin-evidence"])
    assert values(one) == typed
