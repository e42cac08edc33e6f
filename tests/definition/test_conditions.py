"""Conditions on the register: values as they are spelt, and bounds of numbers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.conditions import is_bound, is_number, matches
from auditkit.round import load, notes
from tests.rounds import AUDIT, small_round

NUMBERS = st.integers(-50, 50) | st.decimals(-50, 50, places=1)


@given(NUMBERS, NUMBERS)
def test_bounds_hold_as_numbers_do(limit: object, actual: object) -> None:
    least, most = (matches(f" At {word} {limit} ", f" {actual} ") for word in ("least", "most"))
    assert (least, most) == (float(actual) >= float(limit), float(actual) <= float(limit))


@given(st.text(max_size=12), st.sampled_from(["at least 0", "at most 99"]))
def test_what_is_no_number_is_within_no_bound(actual: str, bound: str) -> None:
    if not is_number(actual):
        assert not matches(bound, actual)


@given(st.text(max_size=12))
def test_other_values_are_compared_as_they_are_spelt(value: str) -> None:
    assert matches(f" {value}", f"{value} ")
    assert is_bound(value) or not matches(value, value + "x")


@pytest.fixture
def aged(tmp_path: Path) -> Path:
    """A round in which one question is for the young only; one recipient's age is blank."""
    asked = AUDIT.replace("applies_to: {group: Police}", "applies_to: {low_age: at most 7}")
    register = "id,name,group,email,low_age\nA,Wexley,Police,a@n.example,4\nB,Tarn,Health,b@n.example,11\n"
    register += "C,Fell,Health,c@n.example,7\nD,Dale,Police,d@n.example,\n"
    return small_round(tmp_path / "round", asked, register).folder


def test_who_is_asked_depends_on_a_number(aged: Path) -> None:
    round_ = load(aged)
    asked = {r.id: "GOV-3" in {q.id for _, q in round_.audit_for(r).questions()} for r in round_.recipients}
    assert asked == {"A": True, "B": False, "C": True, "D": False}
    by_id = {r.id: round_.audit_for(r) for r in round_.recipients}
    assert by_id["A"] is by_id["C"]  # asked the same, though the register says different things
    (said,) = (note for note in notes(round_, dt.date(2026, 1, 1)) if "low_age" in note)
    assert said.startswith("recipients without a number in the register's column low_age")
    assert ": 1;" in said
