"""Packs that were changed on the way: rows moved, sheets gone, notes beside answers, identities lost."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections import Counter

import openpyxl
import pytest

from auditkit import decisions
from auditkit.read import read
from auditkit.round import load
from auditkit.workbook.layout import ANSWER, COVER, FIRST_ROW
from auditkit.workbook.pack import EACH
from tests.packs import SCHOOLS, TRUST, everything, fill_pack, pack_layout, pack_round, read_here
from tests.rounds import workbook_of

NOW = dt.datetime(2026, 10, 2, tzinfo=dt.timezone.utc)


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    return pack_round(tmp_path_factory.mktemp("packs") / "round").folder


@pytest.fixture
def round_(issued, tmp_path, monkeypatch):
    read_here(monkeypatch)
    return load(shutil.copytree(issued, tmp_path / "round"))


@pytest.fixture
def book(round_):
    fill_pack(round_, everything(round_, 1), "pack.xlsx")
    return openpyxl.load_workbook(round_.returns / "pack.xlsx")


def after(round_, book):
    """Return what is read from the pack now, by school."""
    book.save(round_.returns / "pack.xlsx")
    return {one.recipient_id: one for one in read(round_, round_.returns, jobs=1)}


def codes(one):
    return {finding.code for finding in one.findings}


def said(one):
    return {(a.block, a.row_key, a.column_key): a.typed for a in one.answers}


def test_rows_in_another_order_are_still_each_schools_own(round_, book):
    before = {key: said(one) for key, one in after(round_, book).items()}
    sheet = book["1 Leadership"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW + 1)]
    for row, line in enumerate(reversed(lines), start=FIRST_ROW + 1):
        for col, value in enumerate(line, start=1):
            sheet.cell(row, col).value = value
    assert {key: said(one) for key, one in after(round_, book).items()} == before


def test_notes_beside_a_row_are_of_those_whose_row_it_is(round_, book):
    block = pack_layout(round_).by_id["GOV"]
    beside = len(block.columns) + 2
    mine, all_ = (block.row_keys.index(key) + FIRST_ROW + 1 for key in (f"GOV-1 / {SCHOOLS[3]}", "GOV-2"))
    book[block.sheet].cell(mine, beside, "Ask our governors.")
    book[block.sheet].cell(all_, beside, "Ask the trust.")
    book.create_sheet("Ours").cell(1, 1, "Written on a sheet of our own.")
    each = pack_layout(round_).by_id[EACH]
    book[each.sheet].cell(FIRST_ROW + 5, len(each.columns) + 1, "Our head is new.")
    for key, one in after(round_, book).items():
        expected = {("GOV-2", "Ask the trust."), ("", "Written on a sheet of our own.")}
        expected |= {("GOV-1", "Ask our governors.")} if key == SCHOOLS[3] else set()
        expected |= {("", "Our head is new.")} if key == SCHOOLS[4] else set()
        assert {(note.question, note.text) for note in one.notes} == expected
        assert {note.file for note in one.notes} == {f"pack.xlsx/{key}"}


def test_what_is_wrong_with_one_schools_rows_is_told_of_it_alone(round_, book):
    sheet = book["1 Leadership"]
    block = pack_layout(round_).by_id["GOV"]
    twice, gone = f"GOV-1 / {SCHOOLS[0]}", f"GOV-1 / {SCHOOLS[1]}"
    evidence = block.col("evidence") + 1
    row = {key: n for n, key in enumerate(block.row_keys, start=FIRST_ROW + 1)}
    sheet.cell(row[twice], evidence, "One thing.")
    end = sheet.max_row + 1
    sheet.cell(end, 1, twice)
    sheet.cell(end, evidence, "Another thing.")
    sheet.cell(row[gone], 1).value = None
    sheet.cell(row[gone], evidence, "Whose is this?")
    found = after(round_, book)
    assert {key for key, one in found.items() if "key-twice-differs" in codes(one)} == {SCHOOLS[0]}
    assert {key for key, one in found.items() if "missing-rows" in codes(one)} == {SCHOOLS[1]}
    # What stands in nobody's row might be anybody's.
    assert all("unkeyed-row" in codes(one) for one in found.values())
    assert "GOV-1" in {f.question for f in found[SCHOOLS[0]].findings if f.code == "key-twice-differs"}


def test_rows_whose_hidden_keys_were_swapped_are_asked_about(round_, book):
    """The row says one school in words and another in its key: nobody knows whose the answers are."""
    first, other, third = SCHOOLS[:3]
    assert not any("row-names-another" in codes(one) for one in after(round_, book).values())
    block = pack_layout(round_).by_id["GOV"]
    row = {key: n for n, key in enumerate(block.row_keys, start=FIRST_ROW + 1)}
    for school, put in ((first, other), (other, first)):
        book[block.sheet].cell(row[f"GOV-1 / {school}"], 1).value = f"GOV-1 / {put}"
    each = pack_layout(round_).by_id[EACH]
    book[each.sheet].cell(FIRST_ROW + 3, 2).value = "Wexley School 2"
    book[each.sheet].cell(FIRST_ROW + 4, 2).value = "Wexley School 4 (Fell site)"
    found = after(round_, book)
    assert {key for key, one in found.items() if "row-names-another" in codes(one)} == {first, other, third}
    (told,) = (f for f in found[first].findings if f.code == "row-names-another")
    assert dict(told.data) == {
        "recipient": "Wexley School 1",
        "questions": "GOV-1",
        "others": "Wexley School 2",
    }
    assert (told.sheet, told.cell) == (block.sheet, f"C{row[f'GOV-1 / {other}']}")


def test_without_the_sheet_of_schools_the_rest_counts(round_, book):
    del book["Each school"]
    for one in after(round_, book).values():
        assert one.outcome == "accepted"
        assert "missing-sheets" in codes(one)
        assert (COVER, "signoff_name", ANSWER) not in said(one)
        assert "sign-off-missing" not in codes(one)


@pytest.mark.parametrize("damage", [None, "{", "[]", '{"x": 1}', '{"x": {"1": 2}}'])
def test_a_pack_whose_record_is_gone_is_read_by_what_packs_ask_now(round_, book, damage):
    path = round_.private / "editions" / "packs.json"
    path.unlink()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    outcomes = Counter(one.outcome for one in after(round_, book).values())
    assert outcomes == {"accepted": 12}


@pytest.mark.parametrize(
    "gone", [["_auditkit"], ["_auditkit", "Start here"], ["_auditkit", "Start here", "Each school"]]
)
def test_a_pack_that_lost_its_identity_is_known_as_one(round_, book, gone):
    for name in gone:
        del book[name]
    (held,) = after(round_, book).values()
    assert (held.outcome, held.pack) == ("held", "pack.xlsx")


def test_sheets_of_a_pack_saved_as_csv_are_accepted_as_the_pack(round_, book):
    before = {key: said(one) for key, one in after(round_, book).items()}
    for sheet in book.worksheets:
        if sheet.cell(4, 1).value and str(sheet.cell(4, 1).value).startswith("auditkit:"):
            with (round_.returns / f"{sheet.title}.csv").open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(map(as_typed, row) for row in sheet.iter_rows(values_only=True))
    (round_.returns / "pack.xlsx").unlink()
    held = read(round_, round_.returns, jobs=1)
    assert {one.outcome for one in held} == {"held"}
    for one in held:
        said_so = {"who": "Ada", "now": NOW, "why": "Their office rang."}
        decisions.add(round_, "accept", **said_so, file=one.file, sha256=one.sha256, recipient_id=TRUST)
    counted = {
        one.recipient_id: one for one in read(round_, round_.returns, jobs=1) if one.outcome == "accepted"
    }
    assert {key: said(one).keys() for key, one in counted.items()} == {
        key: was.keys() for key, was in before.items()
    }


def as_typed(cell):
    return f"{cell:%d/%m/%Y}" if isinstance(cell, dt.datetime) else cell


def test_a_pack_named_after_its_trust_is_proposed_as_that(round_, book):
    del book["_auditkit"]
    book.save(round_.returns / workbook_of(round_, TRUST).name)
    (round_.returns / "pack.xlsx").unlink()
    (held,) = read(round_, round_.returns, jobs=1)
    assert f"--as {TRUST}" in dict(held.findings[0].data)["proposal"]


def test_a_pack_that_left_the_register_altogether_counts_for_nobody(round_, book):
    lines = (round_.folder / "register.csv").read_text(encoding="utf-8").splitlines()
    (round_.folder / "register.csv").write_text(f"{lines[0]}\n{lines[-1]}\n", encoding="utf-8")
    found = after(load(round_.folder), book)
    assert {one.outcome for one in found.values()} == {"passed over"}
