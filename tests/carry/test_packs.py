"""What a trust answered once for all in another partnership's pack, carried into its pack here."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.carry import carry
from auditkit.cli import group
from auditkit.collate import collate
from auditkit.errors import AuditkitError
from auditkit.tables import rows
from auditkit.workbook import carried
from auditkit.workbook.carried import CARRIED, CARRIED_ID
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import CARRIED_FROM, FIRST_ROW, HEADER_ROW
from auditkit.workbook.pack import OF, layout_of, packs_of
from auditkit.workbook.pack_carried import columns, with_carried
from tests.filling import fill, stamp
from tests.packs import ALONE, PACKED, SCHOOLS, TRUST, fill_pack, pack_round
from tests.rounds import ISSUED, workbook_of

pytestmark = pytest.mark.usefixtures("in_process")
AS_AT = dt.date(2026, 12, 1)
THEIRS = {
    ("", "GOV", "GOV-2", "evidence"): "The board's minutes of each term.",
    ("", "GOV", "GOV-2", "action"): "Ask for more.",
    (SCHOOLS[0], "GOV", "GOV-1", "evidence"): "This school's own.",
}
OURS = PACKED.replace("small-2026", "ours-2026")


@pytest.fixture
def round_(tmp_path):
    theirs = pack_round(tmp_path / "theirs")
    path = fill_pack(theirs, THEIRS, "theirs.xlsx")
    made = pack_round(tmp_path / "ours", OURS)
    outcome = carry(made, path, today=ISSUED)
    assert outcome.recipient.id == TRUST
    assert [row.question for row in outcome.matched.rows] == ["GOV-2"]
    # What is a school's own isn't passed over in silence.
    assert outcome.theirs.of_members == 1
    assert outcome.workbook == workbook_of(made, TRUST)
    return made


def layout(round_):
    pack = with_carried(packs_of(round_)[TRUST], carried.read(round_)[TRUST])
    return layout_of(pack, columns(pack))


def returned(round_, name, typed):
    """Fill in the pack that was carried into."""
    book = openpyxl.load_workbook(workbook_of(round_, TRUST))
    block = layout(round_).by_id["GOV"]
    for (row, column), value in typed.items():
        slot = block.by_key[row, column]
        book[block.sheet].cell(slot.row + 1, slot.col + 1, value)
    path = round_.returns / name
    book.save(path)
    stamp(path, 0)
    result = collate(round_, round_.returns, as_at=AS_AT, jobs=1)
    found = rows(result.tables.answers, "recipient_id", "question_id", "field_id", "value", "usable")
    return result, {(who, q, field): value for who, q, field, value, usable in found if usable}


def test_it_stands_in_the_row_that_is_answered_once_and_nowhere_else(round_):
    block = layout(round_).by_id["GOV"]
    sheet = openpyxl.load_workbook(workbook_of(round_, TRUST))[block.sheet]
    headers = [cell.value for cell in sheet[HEADER_ROW + 1]]
    at = {
        header: headers.index(header) for header in ("Evidence", "Action", CARRIED.label, CARRIED_FROM.header)
    }
    shown = {row[0].value: row for row in sheet.iter_rows(min_row=FIRST_ROW + 1, max_row=block.last_row + 1)}
    shared = shown.pop("GOV-2")
    assert shared[at["Evidence"]].value == "The board's minutes of each term."
    assert shared[at["Action"]].value == "Ask for more."
    assert shared[at[CARRIED_FROM.header]].value == "GOV-2"
    assert not shared[at[CARRIED.label]].protection.locked
    assert len(shown) == 18
    for row in shown.values():
        assert {row[col].value or "" for col in at.values()} == {""}
        assert row[at[CARRIED.label]].protection.locked
    # Where nothing was carried, there is no column for it.
    assert CARRIED_ID not in {column.key for column in layout(round_).by_id["NUM"].columns}


def test_it_counts_for_every_school_once_it_is_confirmed(round_):
    typed = {(f"GOV-1{OF}{SCHOOLS[0]}", "evidence"): "Ours here."}
    _, found = returned(round_, "pack.xlsx", typed)
    own = (SCHOOLS[0], "GOV-1", "evidence")
    assert {key for key in found if key[2] == "evidence" and found[key]} >= {own}
    result, found = returned(round_, "pack.xlsx", {**typed, ("GOV-2", CARRIED_ID): "Confirmed"})
    assert {found[school, "GOV-2", "evidence"] for school in SCHOOLS} == {"The board's minutes of each term."}
    assert found[own] == "Ours here."
    assert set(rows(result.tables.returns, "outcome")) == {("accepted",)}


def test_the_command_says_what_was_not_carried(tmp_path):
    theirs = pack_round(tmp_path / "theirs")
    path = fill_pack(theirs, THEIRS, "theirs.xlsx")
    made = pack_round(tmp_path / "ours", OURS)
    said = CliRunner().invoke(group, ["carry", str(path), "--into", str(made.folder)]).output
    assert f"Answers to 1 question carried for Harbour Learning Trust ({TRUST})" in said
    assert "Rows that a pack has for one recipient alone, and that weren't carried: 1" in said


@pytest.mark.parametrize("gone", ["", "packs.json"])
def test_nobody_confirmed_it_so_it_is_nobodys_answer(round_, gone):
    if gone:
        (round_.private / "editions" / gone).unlink()
    result, _ = returned(round_, "pack.xlsx", {(f"GOV-1{OF}{SCHOOLS[0]}", "evidence"): "Ours here."})
    found = rows(result.tables.answers, "question_id", "usable")
    assert {usable for question, usable in found if question == "GOV-2"} == {"No"}
    codes = set(rows(result.tables.findings, "recipient_id", "code"))
    assert (SCHOOLS[0], "carried-unconfirmed") in codes
    # The others have said nothing of their own.
    assert {who for who, code in codes if code == "nothing-confirmed"} == set(SCHOOLS[1:])


def test_a_pack_in_which_nobody_did_anything_is_one_file_to_decide_on(round_):
    result, _ = returned(round_, "pack.xlsx", {})
    assert list(rows(result.tables.returns, "file", "outcome")) == [("pack.xlsx", "held")]
    assert ("nothing-confirmed",) in set(rows(result.tables.findings, "code"))


def test_what_nobody_confirmed_completes_no_return_of_a_schools_own(round_):
    generate(round_, single=[SCHOOLS[0]], today=ISSUED)
    fill(round_, SCHOOLS[0], {("GOV", "GOV-1", "evidence"): "Ours."}, "own.xlsx")
    result, found = returned(round_, "pack.xlsx", {(f"GOV-1{OF}{SCHOOLS[1]}", "evidence"): "Theirs."})
    assert {key: said for key, said in found.items() if key[0] == SCHOOLS[0]} == {
        (SCHOOLS[0], "GOV-1", "evidence"): "Ours."
    }
    outcomes = dict(rows(result.tables.returns, "file", "outcome"))
    assert (outcomes["own.xlsx"], outcomes[f"pack.xlsx/{SCHOOLS[0]}"]) == ("accepted", "superseded")


def test_the_pack_is_kept_as_it_was_issued_and_issued_again_with_what_was_carried(round_):
    assert generate(round_, today=ISSUED).by_recipient[TRUST] == "kept"
    before = workbook_of(round_, TRUST)
    assert generate(round_, again=[TRUST], today=ISSUED).by_recipient[TRUST] == "issued"
    assert workbook_of(round_, TRUST) != before
    test_it_stands_in_the_row_that_is_answered_once_and_nowhere_else(round_)


def test_what_each_school_answers_for_itself_is_carried_to_no_pack(tmp_path):
    theirs = pack_round(tmp_path / "theirs")
    only_own = {(SCHOOLS[0], "GOV", "GOV-1", "evidence"): "This school's own."}
    path = fill_pack(theirs, only_own, "theirs.xlsx")
    made = pack_round(tmp_path / "ours", OURS)
    with pytest.raises(AuditkitError, match="belongs to a question that Harbour Learning Trust is asked"):
        carry(made, path, today=ISSUED, recipient_id=TRUST)
    with pytest.raises(AuditkitError, match="no recipient with the id nobody"):
        carry(made, path, today=ISSUED, recipient_id="nobody")
    assert ALONE in {recipient.id for recipient in made.addressees}
