"""Numbers of a return that can't be right, and numbers that can."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from auditkit.register import Recipient
from auditkit.returns.extract import extract
from auditkit.returns.findings import holding, said
from auditkit.returns.model import Return
from auditkit.returns.sheets import marks
from auditkit.returns.validate import validate
from auditkit.returns.versions import carry_over
from auditkit.tables import build, rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import ANSWER, COVER
from tests.master.rounds import answer, collation
from tests.numbers import AUDIT, audit_of, typed
from tests.returns.filled import as_sheets, grids

AS_AT = dt.date(2026, 12, 18)
RECIPIENT = Recipient("S1", "Wexley Primary", "Primary", extra={"boarding": "No"})
NARROWED = audit_of(AUDIT).for_recipient(RECIPIENT.row())


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
        ({"N-3": 1, "N-4": 2, "N-5": 4}, "sum-differs", "N-5 is 4, but N-3 (1) and N-4 (2) add up to 3."),
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
