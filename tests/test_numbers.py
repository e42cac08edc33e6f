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
from auditkit.returns.extract import extract
from auditkit.returns.findings import holding, said
from auditkit.returns.model import Return
from auditkit.returns.sheets import marks
from auditkit.returns.validate import validate
from auditkit.returns.versions import carry_over
from auditkit.round import Round
from auditkit.tables import build, rows
from auditkit.workbook.layout import ANSWER, COVER, FIRST_ROW, HEADER_ROW, layout_for
from tests.earlier.editions import prefilled, this_time
from tests.filling import fill
from tests.master.rounds import answer, collation, returned
from tests.numbers import AUDIT, REGISTER, audit_of
from tests.returns.filled import as_sheets, grids
from tests.rounds import small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
RECIPIENT = Recipient("S1", "Wexley Primary", "Primary", extra={"boarding": "No"})
WHOLE = audit_of(AUDIT)
NARROWED = WHOLE.for_recipient(RECIPIENT.row())
PLAIN = replace(NARROWED, measures=None)
GOOD = {"N-1": 200, "N-2": 3, "N-3": 90, "N-4": 110, "N-5": 200, "N-6": 0.45, "N-7": 12.5}
TYPED: dict[str, dict[str, Any]] = {
    "S1": {**GOOD, "N-8": dt.date(2026, 3, 4)},
    "S2": {"N-1": "150 pupils", "N-2": "<5", "N-3": 0, "N-4": ("Not collected",), "N-5": 7, "N-7": "n/a"},
    "S3": {"N-1": 100, "N-2": 101, "N-3": 60, "N-4": 30, "N-5": 100, "N-6": 0.7, "N-9": 4}
    | {"N-7": "not collected", "N-8": dt.date(2026, 1, 2)},
}


def typed(numbers: dict[str, Any]) -> dict[tuple[str, str, str], Any]:
    """Return what is typed by place; in brackets, in the column beside the number."""
    return {
        ("NUM", key, "not_collected" if isinstance(v, tuple) else "value"): v[0]
        if isinstance(v, tuple)
        else v
        for key, v in numbers.items()
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


def told(numbers: dict[str, Any], signed: dt.date | None = None, as_at: dt.date = AS_AT) -> dict[str, str]:
    """Return what is said of a return with these numbers, by code."""
    audit, recipient = NARROWED, RECIPIENT
    places = typed(numbers) | ({(COVER, "signed", ANSWER): signed} if signed else {})
    sheets = as_sheets(grids(places, recipient, audit))
    extracted = extract("a.xlsx", marks(sheets), layout_for(audit), sheets)
    findings = validate("a.xlsx", extracted, audit)[1]
    return {f.code: said(f).happened for f in holding(findings, as_at)}


@pytest.mark.parametrize(
    ("numbers", "code", "words"),
    [
        ({"N-1": ("Not collected",)}, "must-be-collected", "“Not collected” was chosen at N-1,"),
        ({"N-3": 4.5}, "not-whole", "Number: 4.5 isn't a whole number."),
        ({"N-1": 5000}, "out-of-range", "isn't a whole number from 0 to 4000."),
        ({"N-1": 10, "N-2": 11}, "part-above-whole", "N-2 Number is 11, which is more than N-1 Number (10)."),
        ({"N-3": 10, "N-5": 40, "N-6": 0.3}, "ratio-differs", "divided by N-5 (40) is 25%."),
        ({"N-8": dt.date(2025, 8, 31)}, "out-of-range", "isn't a date from 1 September 2025"),
    ],
)
def test_a_number_that_cannot_be_right_is_a_query(numbers: dict[str, Any], code: str, words: str) -> None:
    assert words in told(numbers)[code]


@pytest.mark.parametrize(
    "numbers",
    [
        {"N-1": 10, "N-2": 10},
        {"N-3": 1, "N-4": 2, "N-5": 3},
        {"N-3": 1, "N-5": 30},
        {"N-3": 1, "N-4": ("Not collected",), "N-5": 30},
        {"N-3": 1, "N-5": 3, "N-6": 0.33},
        {"N-3": 0, "N-5": 0, "N-6": 0.5},
        {"N-2": "not COLLECTED "},
    ],
)
def test_numbers_that_can_be_right_are_left_alone(numbers: dict[str, Any]) -> None:
    assert set(told(numbers)) <= {"unanswered", "near-miss"}


def test_a_number_and_not_collected_is_asked_about_and_in_no_total() -> None:
    places = {**typed({"N-2": 4}), **typed({"N-2": ("Not collected",)})}
    answers = [answer(NARROWED, row, column, value) for (_, row, column), value in places.items()]
    sent = Return("a.xlsx", "0" * 64, "accepted", "S1", answers=tuple(answers))
    tables = build(collation(NARROWED, [RECIPIENT], [sent]))
    found = {
        key: tuple(rest) for key, *rest in rows(tables.numbers, "question_id", "status", "value", "typed")
    }
    assert found["N-2"] == ("not usable", None, "4; Not collected")
    sheets = as_sheets(grids(places, RECIPIENT, NARROWED))
    extracted = extract("a.xlsx", marks(sheets), layout_for(NARROWED), sheets)
    assert "number-and-not-collected" in {f.code for f in validate("a.xlsx", extracted, NARROWED)[1]}


def test_a_number_of_a_day_to_come_is_asked_again() -> None:
    early = told({"N-1": 10}, as_at=dt.date(2026, 9, 30))
    assert early["numbers-too-early"].endswith("is for a day that is still to come (1 October 2026).")
    assert "numbers-too-early" not in told({"N-1": 10}, as_at=dt.date(2026, 10, 1))
    signed = told({"N-1": 10}, signed=dt.date(2026, 9, 30))
    assert "when it was signed off, still to come" in signed["numbers-too-early"]
    assert "numbers-too-early" not in told({"N-1": 10}, signed=dt.date(2026, 10, 1))


def test_an_older_editions_numbers_are_carried_over_by_id() -> None:
    places = {"N-1": 10, "N-2": "not collected", "N-8": dt.date(2026, 1, 5)}
    was = [answer(NARROWED, row, column, value) for (_, row, column), value in typed(places).items()]
    now, findings = carry_over("a.xlsx", was, NARROWED, replace(NARROWED, edition="2027.1"))
    assert [a.value for a in now] == [10, "Not collected", dt.date(2026, 1, 5)]
    assert [a.field.kind for a in now] == ["whole_number", "whole_number", "date"]
    assert findings == ()


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
