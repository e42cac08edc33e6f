"""Numbers as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Audit, Field
from auditkit.definition.roll_up import RollUp
from auditkit.fields import KINDS, Parsed, kind_of, numbers
from auditkit.fields.numbers import Read

FIELD = Field("n", "Governors trained", "whole_number", noun="a number of governors")
AUDIT = Audit("a", "A", "1", (), (), (), (), RollUp("worst"), RollUp("worst"))
NUMERIC = tuple(Field("f", "On roll", kind) for kind in ("whole_number", "decimal", "percent"))


def parse(field: Field, typed):
    return kind_of(field).parse(typed, field, AUDIT)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (12, Read(12.0)),
        (12.5, Read(12.5)),
        ("12", Read(12.0, "number-as-text")),
        (" 12.50 ", Read(12.5, "number-as-text")),
        ("-3", Read(-3.0, "number-as-text")),
        ("12.", Read(12.0, "number-read")),
        (".5", Read(0.5, "number-read")),
        ("1,204", Read(1204.0, "number-read")),
        ("1,234,567.5", Read(1234567.5, "number-read")),
        ("1\u00a0204", Read(1204.0, "number-read")),
        ("12 pupils", Read(12.0, "number-read")),
        ("12 pupils.", Read(12.0, "number-read")),
        ("1,204 (children)", Read(1204.0, "number-read")),
        ("12 governors", Read(12.0, "number-read")),
        ("3 full-time staff", Read(3.0, "number-read")),
        ("none", Read(0.0, "number-read")),
        ("Nil", Read(0.0, "number-read")),
        ("nought", Read(0.0, "number-read")),
        ("Zero.", Read(0.0, "number-read")),
        ("Twelve", Read(12.0, "number-read")),
        ("85%", Read(85.0, "number-read", percent=True)),
        ("85 per cent", Read(85.0, "number-read", percent=True)),
        ("n/a", Read(None, "says-not-applicable")),
        ("N/A.", Read(None, "says-not-applicable")),
        ("<5", Read(None, "not-exact")),
        ("5+", Read(None, "not-exact")),
        ("approx 20", Read(None, "not-exact")),
        ("c. 20", Read(None, "not-exact")),
        ("~20", Read(None, "not-exact")),
        ("10-12", Read(None, "not-exact")),
        ("10 to 12", Read(None, "not-exact")),
        ("fewer than 5 pupils", Read(None, "not-exact")),
        ("over 100", Read(None, "not-exact")),
        ("1,20", Read(None, "not-a-number")),
        ("1 204", Read(None, "not-a-number")),
        ("12 of 30", Read(None, "not-a-number")),
        ("12 weeks", Read(None, "not-a-number")),
        ("12/30", Read(None, "not-a-number")),
        ("£12", Read(None, "not-a-number")),
        ("1e3", Read(None, "not-a-number")),
        ("nan", Read(None, "not-a-number")),
        ("no", Read(None, "not-a-number")),
        ("some", Read(None, "not-a-number")),
        ("…", Read(None, "not-a-number")),
        ("...", Read(None, "not-a-number")),
        ("?", Read(None, "not-a-number")),
        ("12 " + "pupils " * 20, Read(None, "not-a-number")),
        (True, Read(None, "not-a-number")),
        (dt.date(2026, 1, 2), Read(None, "not-a-number")),
        (dt.time(1, 2), Read(None, "not-a-number")),
    ],
)
def test_a_number_is_read_where_only_one_can_be_meant(typed, expected: Read) -> None:
    assert numbers.read(typed, FIELD) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (0.85, Parsed(0.85)),
        (1, Parsed(1.0)),
        (0, Parsed(0.0)),
        (85, Parsed(0.85, "percent-read")),
        ("85 %", Parsed(0.85, "percent-read")),
        ("85", Parsed(0.85, "percent-read")),
        ("0.85", Parsed(0.85, "percent-read")),
        ("0.5%", Parsed(0.005, "percent-read")),
        ("none", Parsed(0.0, "percent-read")),
        ("1", Parsed(None, "percent-unclear")),
        ("100", Parsed(1.0, "percent-read")),
        ("101", Parsed(None, "out-of-range")),
        ("-1", Parsed(None, "out-of-range")),
        ("c. 85%", Parsed(None, "not-exact")),
        (float("nan"), Parsed(None, "out-of-range")),
    ],
)
def test_percentages(typed, expected: Parsed) -> None:
    assert parse(NUMERIC[2], typed) == expected


def test_above_a_hundred_per_cent_a_number_is_the_fraction_that_excel_keeps() -> None:
    field = Field("p", "Growth", "percent", maximum=200)
    assert parse(field, 1.5) == Parsed(1.5)
    assert parse(field, "1.5") == Parsed(None, "percent-unclear")
    assert parse(field, "150") == Parsed(1.5, "percent-read")


def test_a_percentage_is_no_count() -> None:
    assert parse(NUMERIC[0], "85%") == Parsed(None, "not-a-number")


ANYTHING = st.one_of(
    st.text(max_size=80),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.from_regex(r"\A[<~c.]{0,2} ?[0-9]{1,4}[,.% -]{0,2}[0-9]{0,3} ?[a-z%+]{0,6}\Z"),
)


@given(ANYTHING)
def test_nothing_that_is_typed_stops_a_kind_of_field(typed) -> None:
    for kind in KINDS:
        if kind not in ("rating", "choice"):
            parsed = parse(Field("f", "On roll", kind), typed)
            assert parsed.value is not None or parsed.code


@given(st.integers(0, 10**8), st.sampled_from(["{}", "{:,}", " {} ", "{} pupils", "{:,} children.", "{}.0"]))
def test_a_whole_number_is_the_same_however_it_is_written(number: int, form: str) -> None:
    assert parse(NUMERIC[0], form.format(number)).value == number


@given(
    st.integers(0, 10**6),
    st.sampled_from(["<{}", "about {}", "{}+", "c {}", "{}-{}", "circa {}", "up to {}", "≥{}", "some {}"]),
)
def test_a_limit_or_an_estimate_is_never_a_number(number: int, form: str) -> None:
    for field in NUMERIC:
        assert parse(field, form.format(number, number + 1)).value is None


@given(st.integers(2, 100), st.sampled_from(["{}%", "{} %", "{}", "{} percent", "{} per cent", "{}pc"]))
def test_a_percentage_is_the_same_however_it_is_written(number: int, form: str) -> None:
    assert parse(NUMERIC[2], form.format(number)) == Parsed(number / 100, "percent-read")
