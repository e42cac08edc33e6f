"""Dates as people type them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Audit, Field
from auditkit.definition.roll_up import RollUp
from auditkit.fields import Parsed, kind_of
from auditkit.fields.date import EARLIEST, LATEST
from auditkit.fields.days import MONTHS, Read, british, read

DAY = dt.date(2026, 9, 1)
AUDIT = Audit("a", "A", "1", (), (), (), (), RollUp("worst"), RollUp("worst"))
FIELD = Field("d", "Due", "date")


def parse(typed) -> Parsed:
    return kind_of(FIELD).parse(typed, FIELD, AUDIT)


@pytest.mark.parametrize(
    "text",
    [
        "1/9/2026",
        "01/09/2026",
        "01-09-2026",
        "1.9.2026",
        "01 09 2026",
        "1 / 9 / 2026",
        "1/9/26",
        "01.09.26",
        "2026-09-01",
        "2026/09/01",
        "2026-09-01T00:00:00",
        "2026-09-01 09:30",
        "1 September 2026",
        "1st September 2026",
        "1st Sept 2026",
        "1st Sept. 2026",
        "the 1st of September 2026",
        "1 Sep 26",
        "1-Sep-26",
        "1 Sep '26",
        "1 September, 2026",
        "1September 2026".replace("1S", "1 S"),
        "September 1, 2026",
        "September 1st 2026",
        "Tuesday 1 September 2026",
        "Tue, 1 Sept 2026",
        "Tues 1/9/2026",
        " 1 september 2026. ",
        "1  SEPTEMBER\n2026",
    ],
)
def test_a_day_is_read_where_only_one_can_be_meant(text: str) -> None:
    assert read(text, EARLIEST, LATEST) == Read(DAY)
    assert parse(text) == Parsed(DAY, "date-read")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("09/25/2026", "month-first"),
        ("9-25-26", "month-first"),
        ("2026-25-09", "month-first"),
        ("Sept 2026", "not-a-day"),
        ("September", "not-a-day"),
        ("end of March 2026", "not-a-day"),
        ("mid-September 2026", "not-a-day"),
        ("Autumn term 2026", "not-a-day"),
        ("Spring 2027", "not-a-day"),
        ("2026", "not-a-day"),
        ("2026/27", "not-a-day"),
        ("Q3 2026", "not-a-day"),
        ("by December", "not-a-day"),
        ("Monday 1 September 2026", "wrong-weekday"),
        ("31/02/2026", "not-a-date"),
        ("40/50/2026", "not-a-date"),
        ("1 Brumaire 2026", "not-a-date"),
        ("1/9", "not-a-date"),
        ("1/9/206", "not-a-date"),
        ("TBC", "not-a-date"),
        ("ongoing", "not-a-date"),
        ("", "not-a-date"),
        ("46266", "not-a-date"),
        ("1/9/2026 or later", "not-a-date"),
        ("x" * 100, "not-a-date"),
        ("1/9/60", "out-of-range"),
        ("29/2/27", "not-a-date"),
    ],
)
def test_what_names_no_certain_day_is_told_apart(text: str, code: str) -> None:
    assert read(text, EARLIEST, LATEST) == Read(None, code)
    assert parse(text) == Parsed(None, code)


def test_the_limits_decide_the_century() -> None:
    assert read("1/9/95", EARLIEST, LATEST).day == dt.date(1995, 9, 1)
    assert read("1/9/26", dt.date(1900, 1, 1), LATEST) == Read(None, "century-unclear")
    assert read("1/9/60", dt.date(1900, 1, 1), LATEST).day == dt.date(1960, 9, 1)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (46266, Parsed(DAY, "date-read")),
        (46266.4, Parsed(DAY, "date-read")),
        (2026, Parsed(None, "not-a-day")),
        (12, Parsed(None, "out-of-range")),
        (0, Parsed(None, "not-a-date")),
        (float("nan"), Parsed(None, "not-a-date")),
        (float("inf"), Parsed(None, "not-a-date")),
        (1e9, Parsed(None, "not-a-date")),
        (dt.datetime(2026, 9, 1, 9), Parsed(DAY)),
        ("1/9/2062", Parsed(None, "out-of-range")),
    ],
)
def test_serial_numbers_and_dates(typed, expected: Parsed) -> None:
    assert parse(typed) == expected


@given(st.dates(EARLIEST, LATEST))
def test_every_form_of_every_day_comes_back(date: dt.date) -> None:
    month = MONTHS[date.month - 1]
    for text in (
        f"{date:%d/%m/%Y}",
        f"{date:%d.%m.%y}",
        f"{date.day}/{date.month}/{date.year}",
        f"{date:%Y-%m-%d}",
        british(date),
        f"{date.day} {month[:3]} {date:%y}",
        f"{month} {date.day}, {date.year}",
        f"{date.day}th of {month} {date.year}",
    ):
        assert read(text, EARLIEST, LATEST).day == date


@given(st.dates(EARLIEST, LATEST).filter(lambda d: d.day > 12), st.sampled_from("/.-"))
def test_american_order_is_never_read(date: dt.date, sep: str) -> None:
    text = f"{date.month}{sep}{date.day}{sep}{date.year}"
    assert read(text, EARLIEST, LATEST) == Read(None, "month-first")


@given(st.text(max_size=70))
def test_any_text_is_a_day_or_has_a_reason(text: str) -> None:
    found = read(text, EARLIEST, LATEST)
    assert (found.day is None) == bool(found.code)
