"""Dates that may not be known, and times of day: read where certain, else told why not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Audit, Field
from auditkit.definition.roll_up import RollUp
from auditkit.fields import parse, spans, uncertain_date
from auditkit.fields.days import british
from auditkit.fields.uncertain_date import EARLIEST, LATEST, span_of

AUDIT = Audit("a", "A", "1", (), (), (), (), RollUp("worst"), RollUp("worst"))
WHEN, TIME = Field("w", "Date", "uncertain_date"), Field("t", "Time", "time")


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


@pytest.mark.parametrize(
    ("typed", "earliest", "latest", "at"),
    [
        ("5/5/2025", "05/05/2025", "05/05/2025", "05/05/2025"),
        ("Mon 5 May 2025", "05/05/2025", "05/05/2025", "05/05/2025"),
        ("2025-05-05 14:30", "05/05/2025", "05/05/2025", "05/05/2025"),
        ("March 2025", "01/03/2025", "31/03/2025", "01/03/2025"),
        ("03/2025", "01/03/2025", "31/03/2025", "01/03/2025"),
        ("early June 2025", "01/06/2025", "10/06/2025", "01/06/2025"),
        ("Mid-Feb 2024", "11/02/2024", "20/02/2024", "11/02/2024"),
        ("end of Feb 2024", "21/02/2024", "29/02/2024", "21/02/2024"),
        ("autumn 2024", "01/09/2024", "30/11/2024", "01/09/2024"),
        ("2024", "01/01/2024", "31/12/2024", "01/01/2024"),
        ("late 2024", "01/09/2024", "31/12/2024", "01/09/2024"),
        ("w/c 5 May 2025", "05/05/2025", "11/05/2025", "05/05/2025"),
        ("3-5 May 2025", "03/05/2025", "05/05/2025", "03/05/2025"),
        ("between 3 and 5 May 2025", "03/05/2025", "05/05/2025", "03/05/2025"),
        ("March/April 2025", "01/03/2025", "30/04/2025", "01/03/2025"),
        ("30/12/2024 - 02/01/2025", "30/12/2024", "02/01/2025", "30/12/2024"),
        ("about 5 May 2025", "28/04/2025", "12/05/2025", "05/05/2025"),
        ("5 May 2025?", "28/04/2025", "12/05/2025", "05/05/2025"),
        ("c. 2019", "01/01/2018", "30/12/2020", "01/01/2019"),
    ],
)
def test_what_can_be_meant(typed, earliest, latest, at):
    found = spans.read(typed, EARLIEST, LATEST)
    assert (found.earliest, found.latest, found.at) == (day(earliest), day(latest), day(at))
    value = parse(typed, WHEN, AUDIT).value
    assert span_of(value) == found
    assert isinstance(value, dt.date) == found.exact


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Mar 25", "not-a-day"),
        ("5 May", "not-a-date"),
        ("before May 2025", "not-a-day"),
        ("2024/25", "not-a-day"),
        ("winter 2024", "not-a-day"),
        ("Christmas 2024", "not-a-date"),
        ("5 May 2025 - 3 May 2025", "not-a-date"),
        ("5/13/2025", "month-first"),
        ("Tuesday 5 May 2025", "wrong-weekday"),
        ("March 1925", "out-of-range"),
        ("?", "not-a-date"),
        ("TBC", "not-a-date"),
        (True, "not-a-date"),
    ],
)
def test_what_could_mean_two_things_is_a_query(typed, code):
    assert parse(typed, WHEN, AUDIT) == (None, code)


def test_cells_of_dates_and_years():
    assert parse(dt.datetime(2025, 5, 5, 14, 30), WHEN, AUDIT) == (dt.date(2025, 5, 5), "")
    assert parse(2024.0, WHEN, AUDIT) == ("2024", "")
    assert parse(45782.0, WHEN, AUDIT) == (dt.date(2025, 5, 5), "date-read")
    limited = Field("w", "Date", "uncertain_date", minimum=dt.date(2020, 1, 1))
    assert parse("2019", limited, AUDIT) == (None, "out-of-range")


@given(st.dates(EARLIEST, LATEST), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "british"]))
def test_a_day_is_that_day_however_it_is_written(date, form):
    typed = british(date) if form == "british" else date.strftime(form)
    assert parse(typed, WHEN, AUDIT).value == date


@given(st.text(max_size=70))
def test_any_text_is_read_or_told_why_not(text):
    value, code = parse(text, WHEN, AUDIT)
    assert (value is None) == bool(code)
    if value is not None:
        found = span_of(value)
        assert found is not None
        assert found.earliest <= found.at <= found.latest


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("14:30", "14:30"),
        ("9:05", "09:05"),
        ("14.30", "14:30"),
        ("0930", "09:30"),
        ("14:30 hrs", "14:30"),
        ("2pm", "14:00"),
        ("2.30 p.m.", "14:30"),
        ("12.15am", "00:15"),
        (dt.time(9, 5), "09:05"),
        (dt.datetime(2025, 5, 5, 14, 30), "14:30"),
        (dt.timedelta(hours=14.5), "14:30"),
        (0.604166667, "14:30"),
        (0.99999, "23:59"),
        ("2.30", None),
        ("noon", None),
        ("25:00", None),
        (1430.0, None),
        # 2.30 typed into a cell for times.
        (dt.datetime(1900, 1, 1, 7, 12), None),
        (True, None),
    ],
)
def test_times_of_day(typed, value):
    assert parse(typed, TIME, AUDIT) == (value, "" if value else "not-a-time")


def test_its_limits_say_what_may_be_typed():
    assert "March 2025" in uncertain_date.limits(WHEN, AUDIT)
