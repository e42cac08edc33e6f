"""What changed: from one return to the next, and since the last run."""

import datetime as dt

import openpyxl
import pytest

from auditkit.collate import collate
from auditkit.round import load
from auditkit.tables import rows
from tests.filling import fill
from tests.rounds import ISSUED, REGISTER, SETTINGS, small_round

GREEN, RED = "● Green", "■ Red"
LEAD, EVIDENCE = ("GOV", "GOV-1", "rating"), ("GOV", "GOV-1", "evidence")
STAFF, AUTHOR = ("NUM", "NUM-1", "staff"), (":cover", "author", "answer")
SIGNED = (":cover", "signoff_date", "answer")


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def changes(round_):
    """Collate; return what changed, without names and titles."""
    table = collate(round_, round_.returns, as_at=ISSUED).tables.changes
    keys = ["change", "recipient_id", "question_id", "field_id", "old", "new", "old_file", "new_file"]
    return list(rows(table, *keys))


def test_a_later_return_changes_cell_by_cell(round_):
    fill(round_, "A1", {LEAD: GREEN, STAFF: 12, AUTHOR: "Jo"}, "a.xlsx", 0)
    signed = dt.datetime(2026, 10, 2)
    fill(round_, "A1", {LEAD: RED, EVIDENCE: "x", STAFF: 12, SIGNED: signed}, "b.xlsx", 60)
    found = changes(round_)
    assert found == [
        ("removed", "A1", "author", "answer", "Jo", None, "a.xlsx", None),
        ("added", "A1", "signoff_date", "answer", None, signed.date(), None, "b.xlsx"),
        ("changed", "A1", "GOV-1", "rating", GREEN, RED, "a.xlsx", "b.xlsx"),
        ("added", "A1", "GOV-1", "evidence", None, "x", None, "b.xlsx"),
    ]
    assert changes(round_) == found
    sheet = openpyxl.load_workbook(round_.master)["Changes"]
    lines = list(sheet.iter_rows(min_row=2, values_only=True))
    assert lines[2] == (
        *("an earlier return", "changed", "A1", "Northmoor Police", "Leadership", "GOV-1"),
        *("A senior person leads.", "Rating", GREEN, RED, "a.xlsx", "b.xlsx"),
    )
    assert lines[0][4:8] == ("Cover", "author", "Completed by", "Completed by")


def test_what_changed_since_the_last_run_stays_until_something_changes_again(round_):
    first = fill(round_, "A1", {LEAD: GREEN}, "a.xlsx")
    assert changes(round_) == []
    fill(round_, "A2", {LEAD: RED}, "h.xlsx")
    new = [("new return", "A2", None, None, None, None, None, "h.xlsx")]
    assert changes(round_) == new
    master = round_.master.read_bytes()
    assert changes(round_) == new
    assert round_.master.read_bytes() == master
    first.unlink()
    assert changes(round_) == [("withdrawn", "A1", None, None, None, None, "a.xlsx", None)]
    fill(round_, "A2", {LEAD: GREEN, EVIDENCE: "z" * 900}, "h.xlsx")
    assert changes(round_) == [
        ("changed", "A2", "GOV-1", "rating", RED, GREEN, "h.xlsx", "h.xlsx"),
        ("added", "A2", "GOV-1", "evidence", None, "z" * 400 + "…", None, "h.xlsx"),
    ]


def test_without_a_record_nothing_is_compared(round_):
    fill(round_, "A1", {LEAD: GREEN}, "a.xlsx")
    changes(round_)
    (round_.private / "runs.store").write_bytes(b"damaged")
    fill(round_, "A1", {LEAD: RED}, "a.xlsx")
    assert changes(round_) == []
    fill(round_, "A1", {LEAD: GREEN}, "a.xlsx")
    assert [row[4:6] for row in changes(round_)] == [(RED, GREEN)]


def test_a_recipient_who_left_the_register_is_withdrawn_by_id(round_):
    fill(round_, "A1", {LEAD: GREEN}, "a.xlsx")
    fill(round_, "A2", {LEAD: GREEN}, "h.xlsx")
    changes(round_)
    lines = REGISTER.splitlines(keepends=True)
    (round_.folder / "register.csv").write_text("".join(lines[:1] + lines[2:]), encoding="utf-8")
    assert changes(load(round_.folder)) == [("withdrawn", "A1", None, None, None, None, "a.xlsx", None)]


def merging(round_):
    (round_.folder / "round.yaml").write_text(SETTINGS + "several_returns: merge by section\n")
    return load(round_.folder)


def test_merged_returns_are_set_beside_what_counts_instead_of_them(round_):
    fill(round_, "A1", {LEAD: GREEN, EVIDENCE: "x", AUTHOR: "Jo"}, "a.xlsx", 0)
    fill(round_, "A1", {LEAD: RED, STAFF: 12}, "b.xlsx", 60)
    round_ = merging(round_)
    collated = collate(round_, round_.returns, as_at=ISSUED)
    answers = collated.tables.answers
    assert dict(zip(answers["field_id"], answers["file"], strict=True)) == {
        "rating": "a.xlsx",
        "evidence": "a.xlsx",
        "staff": "b.xlsx",
    }
    assert changes(round_) == [("added", "A1", "NUM-1", "staff", None, 12, None, "b.xlsx")]


def test_a_policy_that_is_none_is_told_in_plain_words(round_):
    (round_.folder / "round.yaml").write_text(SETTINGS + "several_returns: newest\n")
    with pytest.raises(Exception, match="must be one of latest, most complete or merge by section") as caught:
        load(round_.folder)
    assert "'several_returns'" in str(caught.value)
