"""Sections of numbers, from the workbook to the master."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.collate import Collated, collate
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.tables import build, rows
from auditkit.workbook.layout import FIRST_ROW, HEADER_ROW
from auditkit.workbook.pack import layout_of, packs_of
from tests.earlier.editions import prefilled, this_time
from tests.filling import fill
from tests.master.rounds import collation, returned
from tests.numbers import AUDIT, REGISTER, audit_of, typed
from tests.rounds import SETTINGS, small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
PLAIN = replace(audit_of(AUDIT).for_recipient({"boarding": "No"}), measures=None)
GOOD = {"N-1": 200, "N-2": 3, "N-3": 90, "N-4": 110, "N-5": 200, "N-6": 0.45, "N-7": 12.5}
TYPED: dict[str, dict[str, Any]] = {
    "S1": {**GOOD, "N-8": dt.date(2026, 3, 4)},
    "S2": {"N-1": "150 pupils", "N-2": "<5", "N-3": 0, "N-4": ("Not collected",), "N-5": 7, "N-7": "n/a"},
    "S3": {"N-1": 100, "N-2": 101, "N-3": 60, "N-4": 30, "N-5": 100, "N-6": 0.7, "N-9": 4}
    | {"N-7": "not collected", "N-8": dt.date(2026, 1, 2)},
}


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return small_round(tmp_path_factory.mktemp("numbers") / "round", AUDIT, REGISTER)


@pytest.fixture(scope="module")
def collated(round_: Round) -> Collated:
    for recipient_id, numbers in TYPED.items():
        rated = {("GOV", "GOV-1", "rating"): "● Green"}
        fill(round_, recipient_id, {**rated, **typed(numbers)}, f"{recipient_id}.xlsx")
    return collate(round_, round_.returns, as_at=AS_AT, jobs=1)


def test_each_number_has_a_status_and_a_value_only_if_it_is_given(collated: Collated) -> None:
    shown = rows(collated.tables.numbers, "recipient_id", "question_id", "status", "value", "typed")
    found = {(who, what): rest for who, what, *rest in shown}
    assert len(found) == 4 * 9
    assert found["S1", "N-6"] == ["given", 45, "0.45"]
    assert found["S1", "N-8"] == ["given", dt.date(2026, 3, 4), "04/03/2026"]
    assert found["S1", "N-9"] == ["not asked", None, None]
    assert found["S2", "N-1"] == ["given", 150, "150 pupils"]
    assert found["S2", "N-2"] == ["not usable", None, "<5"]
    assert found["S2", "N-3"] == ["given", 0, "0"]
    assert found["S2", "N-4"] == ["not collected", None, "Not collected"]
    assert found["S2", "N-6"] == ["blank", None, None]
    assert found["S2", "N-7"] == ["not usable", None, "n/a"]
    assert found["S3", "N-7"] == ["not collected", None, "not collected"]
    assert found["S4", "N-1"] == ["not returned", None, None]


def test_no_total_stands_without_how_many_are_missing(collated: Collated) -> None:
    names = ("question_id", "by", "of", "total", "given", "missing", "asked", "rate", "both", "small")
    found = {tuple(row[:3]): row[3:] for row in rows(collated.tables.totals, *names)}
    assert found["N-1", None, None] == (450, 3, 1, 4, None, None, "No")
    assert found["N-1", "group", "Primary"] == (350, 2, 0, 2, None, None, "No")
    assert found["N-2", None, None] == (104, 2, 2, 4, None, None, "No")
    assert found["N-3", "boarding", "Yes"] == (60, 1, 1, 2, None, None, "No")
    # Only those who gave both parts: (90 + 0 + 60) of (200 + 7 + 100)
    assert found["N-6", None, None] == (None, 2, 2, 4, 48.859935, 3, "No")
    assert found["N-9", None, None] == (4, 1, 1, 2, None, None, "Yes")
    ends = rows(collated.tables.totals, "question_id", "by", "lowest", "highest")
    assert {(low, high) for key, by, low, high in ends if key == "N-8" and by is None} == {
        (dt.date(2026, 1, 2), dt.date(2026, 3, 4))
    }


def test_who_has_closed_and_sent_nothing_is_missing_from_no_total(round_: Round, collated: Collated) -> None:
    people = [replace(r, closed=AS_AT) if r.id in ("S1", "S4") else r for r in round_.recipients]
    sent = [returned(PLAIN, "S1", {("N-1", "value"): 200.0, ("GOV-1", "rating"): "● Green"})]
    tables = build(collation(round_.audit, people, sent))
    shown = rows(tables.numbers, "recipient_id", "question_id", "status")
    assert {who: status for who, key, status in shown if key == "N-1"} == {
        **dict.fromkeys(("S2", "S3"), "not returned"),
        **{"S1": "given", "S4": "closed"},
    }
    shown = rows(tables.totals, "question_id", "by", "total", "missing", "asked")
    assert [row[2:] for row in shown if row[:2] == ("N-1", None)] == [(200, 2, 3)]


def test_counts_too_small_are_marked_and_the_one_that_would_give_them_away(collated: Collated) -> None:
    small = [key for key, said in rows(collated.tables.numbers, "question_id", "small") if said == "Yes"]
    assert small == ["N-2", "N-9"]
    of = {
        (key, by, of)
        for key, by, of, said in rows(collated.tables.totals, "question_id", "by", "of", "small")
        if said == "Yes"
    }
    assert {("N-2", "group", "Primary"), ("N-2", "group", "Secondary")} <= of


def test_what_cannot_be_right_is_asked(collated: Collated) -> None:
    shown = rows(collated.tables.findings, "recipient_id", "code", "question", "what")
    found = {(who, code): what for who, code, _, what in shown}
    assert found["S3", "part-above-whole"] == "N-2 Number is 101, which is more than N-1 Number (100)."
    assert found["S3", "sum-differs"] == "N-5 is 100, but N-3 (60) and N-4 (30) add up to 90."
    assert found["S3", "ratio-differs"] == "N-6 is 70%, but N-3 (60) divided by N-5 (100) is 60%."
    assert ("S2", "sum-differs") not in found
    assert {code for who, code in found if who == "S1"} <= {
        "cover-missing",
        "sign-off-missing",
        "required-missing",
    }
    assert found["S2", "unanswered"].endswith("(N-2, N-7).")


def test_completion_counts_what_is_not_collected_but_not_what_is_optional(collated: Collated) -> None:
    done = dict(rows(collated.tables.recipients, "recipient_id", "completed"))
    # GOV-1, N-1 to N-5, N-7; then what was given besides; N-2 and N-7 of S2 can't be used.
    assert done == {"S1": 1, "S2": pytest.approx(5 / 7), "S3": 1, "S4": None}


# What a cell holds: a number, nothing, no number, or the words.
CELL = st.one_of(st.integers(0, 12), st.sampled_from([None, "<5", "Not collected"]))
COUNTS = ("N-1", "N-3", "N-5")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.booleans(), *(CELL for _ in COUNTS)), min_size=1, max_size=6)
)
def test_totals_are_those_of_a_plain_computation(people: list[tuple[Any, ...]]) -> None:
    recipients = [Recipient(f"R{n}", f"School {n}", group) for n, (group, *_) in enumerate(people)]
    sent = []
    for recipient, (_, came, *cells) in zip(recipients, people, strict=True):
        filled = dict(zip(COUNTS, cells, strict=True))
        if came:
            own = {(key, "value"): value for key, value in filled.items() if value is not None}
            sent.append(returned(PLAIN, recipient.id, {**own, ("GOV-1", "rating"): "● Green"}))
    tables = build(collation(PLAIN, recipients, sent))
    names = ("question_id", "by", "of", "total", "given", "missing", "asked", "not_collected", "not_returned")
    found = {tuple(row[:3]): row[3:] for row in rows(tables.totals, *names)}
    places = [(None, None), *(("group", g) for g in dict.fromkeys(group for group, *_ in people))]
    for by, of in places:
        own = [(came, cells) for group, came, *cells in people if by is None or group == of]
        for n, key in enumerate(COUNTS):
            held = [cells[n] for came, cells in own if came]
            given_ = [value for value in held if isinstance(value, int)]
            none = sum(value == "Not collected" and key != "N-1" for value in held)
            total = sum(given_) if given_ else None
            counts = (len(given_), len(own) - len(given_), len(own), none, len(own) - len(held))
            assert found[key, by, of] == (total, *counts)
        both = [(c[1], c[2]) for came, c in own if came and isinstance(c[1], int) and isinstance(c[2], int)]
        part, whole = (sum(column) for column in zip(*both, strict=True)) if both else (0, 0)
        rates = rows(tables.totals, "question_id", "by", "of", "rate", "both")
        (rate, count), *_ = [row[3:] for row in rates if row[:3] == ("N-6", by, of)]
        assert count == len(both)
        assert rate == (pytest.approx(100 * part / whole, abs=1e-5) if whole else None)


def test_last_times_numbers_stand_beside_this_times(tmp_path: Path) -> None:
    before = small_round(tmp_path / "then", AUDIT, REGISTER)
    fill(before, "S1", typed({**GOOD, "N-4": ("Not collected",)}), "S1.xlsx")
    collate(before, before.returns, as_at=AS_AT, jobs=1)
    now = AUDIT.replace('edition: "2026.1"', 'edition: "2027.1"').replace("census: 2026", "census: 2027")
    round_ = this_time(tmp_path / "now", now, REGISTER)
    prefilled(round_, before)
    sheet = openpyxl.load_workbook(workbook_of(round_, "S1"))["2 Pupils and referrals"]
    heads = [cell.value for cell in sheet[HEADER_ROW + 1]]
    told = heads.index("What you said last time")
    said = {line[0]: line[told] for line in sheet.iter_rows(min_row=FIRST_ROW + 1, values_only=True)}
    assert "Rating last time" not in heads
    assert said["N-1"] == "200 pupils (on 1 October 2026)"
    assert said["N-4"] == "Not collected"
    assert said["N-6"] == "45% (on 1 October 2026)"
    assert said["N-8"] == "Not answered last time."


def test_in_a_pack_each_number_is_held_against_its_own_schools(tmp_path: Path) -> None:
    head, *lines = REGISTER.splitlines()
    trusts = ["Harbour Trust" if line.startswith(("S1", "S2")) else "" for line in lines]
    own = [f"{line},{trust}" for line, trust in zip(lines, trusts, strict=True)]
    register = "\n".join([f"{head},trust", *own, ""])
    round_ = small_round(tmp_path / "round", AUDIT, register, f"{SETTINGS}pack_by: trust\n")
    block = layout_of(packs_of(round_)["harbour-trust"]).by_id["NUM"]
    book = openpyxl.load_workbook(workbook_of(round_, "harbour-trust"))
    sheet = book[block.sheet]
    row = {key: n for n, key in enumerate(block.row_keys, start=FIRST_ROW + 1)}
    for one, other in (("S1", "S2"), ("S2", "S1")):
        needs = str(sheet.cell(row[f"N-2 / {one}"], block.col("status") + 1).value)
        assert f"ROW($A${row[f'N-1 / {one}']})" in needs
        assert f"ROW($A${row[f'N-1 / {other}']})" not in needs
    for key, number in {"N-1 / S1": 10, "N-1 / S2": 500, "N-2 / S1": 11, "N-8 / S2": AS_AT}.items():
        slot = block.by_key[key, "value"]
        sheet.cell(slot.row + 1, slot.col + 1, number)
    book.save(round_.returns / "pack.xlsx")
    tables = collate(round_, round_.returns, as_at=AS_AT, jobs=1).tables
    found = rows(tables.numbers, "recipient_id", "question_id", "value")
    shown = {(who, key): value for who, key, value in found if value is not None}
    assert shown == {("S1", "N-1"): 10, ("S1", "N-2"): 11, ("S2", "N-1"): 500, ("S2", "N-8"): AS_AT}
    above = [who for who, code in rows(tables.findings, "recipient_id", "code") if code == "part-above-whole"]
    assert above == ["S1"]
