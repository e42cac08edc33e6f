"""Sections of numbers, from the workbook to the master."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from auditkit.collate import Collated, collate
from auditkit.round import Round
from auditkit.tables import rows
from tests.filling import fill
from tests.numbers import AUDIT, REGISTER
from tests.rounds import small_round

AS_AT = dt.date(2026, 12, 18)
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
