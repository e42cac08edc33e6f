"""When steps are due, held against tables made by hand with a wall calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.plan import Plan, Step
from auditkit.plan import Closure, Timing, notes, schedule
from auditkit.plan.days import calendar_of, months_after

TWENTY = Plan(
    "p", "The plan", "the first day", tuple(Step(f"s{n}", f"Step {n}", "Us", n) for n in range(1, 21))
)

# Working days 1 to 20 after the first day. Days that are left out: weekends and what is said beside.
CHRISTMAS = """
Tue 13 Dec 2022, Wed 14 Dec 2022, Thu 15 Dec 2022, Fri 16 Dec 2022
Mon 19 Dec 2022, Tue 20 Dec 2022, Wed 21 Dec 2022, Thu 22 Dec 2022, Fri 23 Dec 2022
Tue 3 Jan 2023, Wed 4 Jan 2023, Thu 5 Jan 2023, Fri 6 Jan 2023
Mon 9 Jan 2023, Tue 10 Jan 2023, Wed 11 Jan 2023, Thu 12 Jan 2023, Fri 13 Jan 2023
Mon 16 Jan 2023, Tue 17 Jan 2023
"""  # Mon 26 Boxing Day, Tue 27 instead of Sunday's Christmas Day, 28 to 30 closed, 2 Jan instead of New Year's Day
EASTER = """
Mon 27 Mar 2023, Tue 28 Mar 2023, Wed 29 Mar 2023, Thu 30 Mar 2023, Fri 31 Mar 2023
Mon 3 Apr 2023, Tue 4 Apr 2023, Wed 5 Apr 2023, Thu 6 Apr 2023
Tue 11 Apr 2023, Wed 12 Apr 2023, Thu 13 Apr 2023, Fri 14 Apr 2023
Mon 17 Apr 2023, Tue 18 Apr 2023, Wed 19 Apr 2023, Thu 20 Apr 2023, Fri 21 Apr 2023
Mon 24 Apr 2023, Tue 25 Apr 2023
"""  # 7 April Good Friday, 10 April Easter Monday
CORONATION = """
Tue 2 May 2023, Wed 3 May 2023, Thu 4 May 2023, Fri 5 May 2023
Tue 9 May 2023, Wed 10 May 2023, Thu 11 May 2023
Mon 15 May 2023, Tue 16 May 2023, Wed 17 May 2023, Thu 18 May 2023, Fri 19 May 2023
Mon 22 May 2023, Tue 23 May 2023, Wed 24 May 2023, Thu 25 May 2023, Fri 26 May 2023
Tue 30 May 2023, Wed 31 May 2023, Thu 1 Jun 2023
"""  # 1 May, 8 May once only, Fri 12 May closed here, 29 May
CLOSED = (
    Closure(dt.date(2022, 12, 28), dt.date(2022, 12, 30), "Council offices closed"),
    Closure(dt.date(2023, 5, 12), why="Polling and a burst pipe"),
)


@pytest.mark.parametrize(
    ("start", "table"),
    [
        (dt.date(2022, 12, 12), CHRISTMAS),
        (dt.date(2023, 3, 25), EASTER),  # a Saturday
        (dt.date(2023, 4, 28), CORONATION),
    ],
)
def test_sixty_days_by_hand(start: dt.date, table: str) -> None:
    made = schedule([TWENTY], Timing({"p": start}, CLOSED))
    by_hand = [each.strip() for line in table.strip().split("\n") for each in line.split(",")]
    assert [f"{due.day:%a} {due.day.day} {due.day:%b %Y}" for due in made.dues] == by_hand
    assert [due.number for due in made.dues] == list(range(1, 21))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (dt.date(2022, 9, 16), 1, dt.date(2022, 9, 20)),  # over the state funeral of 19 September 2022
        (dt.date(2026, 11, 24), 0, dt.date(2026, 11, 24)),
        (
            dt.date(2026, 12, 26),
            0,
            dt.date(2026, 12, 29),
        ),  # a Saturday and a bank holiday; Monday stands in for it
        (dt.date(2026, 11, 24), 15, dt.date(2026, 12, 15)),
    ],
)
def test_single_days(start: dt.date, count: int, due: dt.date) -> None:
    assert calendar_of(None).after(start, count) == due


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (dt.date(2026, 12, 15), 6, dt.date(2027, 6, 15)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2027, 8, 31), 6, dt.date(2028, 2, 29)),
        (dt.date(2026, 6, 30), 6, dt.date(2026, 12, 30)),
    ],
)
def test_calendar_months(start: dt.date, months: int, due: dt.date) -> None:
    assert months_after(start, months) == due


def test_steps_after_steps_and_two_plans_in_one_order() -> None:
    review = Plan(
        "r",
        "Review",
        "the day",
        (
            Step("a", "A", "Us", 10),
            Step("b", "B", "Us", 2, after="a"),
            Step("c", "C", "Us", months=1, after="b"),
        ),
    )
    other = Plan("o", "Other", "its day", (Step("a", "D", "Us", 1),))
    third = Plan("t", "Not begun", "its day", (Step("a", "E", "Us", 1),))
    timing = Timing({"r": dt.date(2026, 11, 2), "o": dt.date(2026, 11, 16)})
    made = schedule([review, other, third], timing)
    assert [(due.step.what, due.day.isoformat(), due.number) for due in made.dues] == [
        ("A", "2026-11-16", 10),
        ("D", "2026-11-17", 1),
        ("B", "2026-11-18", 12),
        ("C", "2026-12-18", 34),
    ]


def test_what_is_not_certain_is_said() -> None:
    plan = Plan("p", "The review", "the day", (Step("out", "The report is out", "Us", months=6),))
    made = schedule([plan], Timing({"p": dt.date(2027, 7, 3)}))
    start, due, known = notes(made)
    assert start == (
        "The review: Saturday 3 July 2027 is no working day (Saturday); working day 1 is Monday 5 July 2027"
    )
    assert due == (
        "The report is out: Monday 3 January 2028 is no working day (New Year's Day (observed)); the last one "
        "before it is Friday 31 December 2027"
    )
    assert known.startswith(
        "the last day is Monday 3 January 2028, and one-off bank holidays after Friday 31 December 2027 weren't"
    )


def test_a_certain_plan_needs_no_note() -> None:
    assert list(notes(schedule([TWENTY], Timing({"p": dt.date(2026, 11, 24)})))) == []


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.integers(1, 40))
def test_counting_there_and_back(day: dt.date, count: int) -> None:
    calendar = calendar_of(None)
    due = calendar.after(day, count)
    assert calendar.why_not(due) == ""
    assert calendar.count(day, due) == count
    assert calendar.before(due) == due
    not_counted = calendar.not_counted(day + dt.timedelta(1), due)
    weekdays = sum((day + dt.timedelta(n)).weekday() < 5 for n in range(1, (due - day).days + 1))
    assert weekdays - len(not_counted) == count
