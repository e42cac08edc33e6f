"""What the integrated chronology points out, and what it doesn't."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.chronology import actions, contradictions, dates, duplicates, gaps
from auditkit.chronology.order import Wanted, ordered
from auditkit.errors import AuditkitError
from tests.chronology.made import event, made, told

BRUISE = "Mother reported a bruise on the arm of Child A during the visit"
AGAIN = "During the visit a bruise on the arm of Child A was reported by mother"
AFTER = "Police attended the address after a call by a neighbour about shouting"


def test_the_order_of_what_is_known_and_what_is_not() -> None:
    in_order = [
        ("2024", ""),
        ("spring 2024", ""),
        ("March 2024", ""),
        ("early March 2024", ""),
        ("1/3/2024", ""),
        ("2/3/2024", "09:00"),
        ("2/3/2024", "14:30"),
        ("about 2/3/2024", ""),
        ("3/3/2024", ""),
        ("mid March 2024", ""),
        ("w/c 18/3/2024", ""),
        ("18/3/2024", "08:00"),
        ("April 2024", ""),
        ("5 May", ""),
        ("", ""),
    ]
    shuffled = in_order[::2] + in_order[1::2][::-1]
    found = made(*(event(date, time=time) for date, time in shuffled))
    # Spring is from March on: what is wider comes first of what begins on one day.
    assert [(e.date_typed, e.time) for e in found.events[:-2]] == in_order[:-2]
    assert {e.date_typed for e in found.events[-2:]} == {"5 May", ""}
    assert [e.number for e in found.events] == list(range(1, 16))


@given(
    st.lists(st.tuples(st.sampled_from(["2024", "May 2024", "5/5/2024", "about 5/5/2024", "?"]), st.text()))
)
@settings(max_examples=60, deadline=None)
def test_every_row_is_there_once_whatever_it_is_like(rows: list[tuple[str, str]]) -> None:
    events = [event(date, what, row=n) for n, (date, what) in enumerate(rows)]
    found = made(*events)
    assert sorted(e.row for e in found.events) == list(range(len(rows)))
    assert [*ordered(found.events)] == [*found.events]


def test_rows_that_say_the_same_are_likely_duplicates() -> None:
    found = made(event("5/5/2025", BRUISE), event("5/5/2025", AGAIN, "B2"), event("5/5/2025", AFTER, "B2"))
    assert told(found, duplicates.KIND) == [(BRUISE, AGAIN)]
    assert told(found, contradictions.KIND) == []
    assert len(found.events) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Other people, other days, a vague date, or only a few words in common.
        (event("5/5/2025", BRUISE, subject="Child A"), event("5/5/2025", AGAIN, "B2", subject="Child B")),
        (event("5/5/2025", BRUISE), event("8/5/2025", AGAIN, "B2")),
        (event("2025", BRUISE), event("5/5/2025", AGAIN, "B2")),
        (event("5/5/2025", "Phone call"), event("5/5/2025", "Phone call to the school nurse", "B2")),
        # An agency that does the same on two days.
        (event("5/5/2025", BRUISE), event("6/5/2025", BRUISE)),
        (event("5/5/2025", BRUISE, time="09:00"), event("5/5/2025", BRUISE, time="15:00")),
    ],
)
def test_rows_that_are_not_of_one_event(one, other) -> None:
    found = made(one, other)
    assert found.of_kind(duplicates.KIND, contradictions.KIND) == ()


def test_a_row_that_does_not_say_about_whom_is_compared_with_all() -> None:
    found = made(event("5/5/2025", BRUISE, subject="Child A"), event("5 May 2025?", AGAIN, "B2"))
    assert len(told(found, duplicates.KIND)) == 1


@pytest.mark.parametrize(
    ("one", "other", "facts"),
    [
        ({}, {"date": "6/5/2025"}, "the day: 5 May 2025 or 6 May 2025"),
        ({"time": "09:00"}, {"time": "10:00"}, "the time: 09:00 or 10:00"),
        ({"child_seen": "Yes"}, {"child_seen": "No"}, "whether the child was seen: Yes or No"),
    ],
)
def test_two_agencies_that_differ_in_a_fact_contradict_each_other(one, other, facts) -> None:
    rows = [{"date": "5/5/2025", **each} for each in (one, other)]
    found = made(event(what=BRUISE, **rows[0]), event(what=AGAIN, who="B2", **rows[1]))
    (mark,) = found.of_kind(contradictions.KIND)
    assert facts in mark.what
    assert found.of_kind(duplicates.KIND) == ()


def test_the_same_kind_of_event_with_the_same_person_on_one_day_is_compared_too() -> None:
    visit = {"date": "5/5/2025", "subject": "Child A", "event_type": "Home visit"}
    seen, unseen = (
        event(what=BRUISE, child_seen="Yes", **visit),
        event(what=AFTER, who="B2", child_seen="No", **visit),
    )
    assert told(made(seen, unseen), contradictions.KIND) == [(BRUISE, AFTER)]
    apart = event(what=AFTER, who="B2", child_seen="No", time="18:00", **visit)
    assert (
        told(made(event(what=BRUISE, child_seen="Yes", time="09:00", **visit), apart), contradictions.KIND)
        == []
    )


def test_gaps_are_whole_days_and_only_what_is_known_ends_them() -> None:
    rows = [
        event("1/1/2025"),
        event("10/2/2025"),
        event("2025"),
        event("12/3/2025", until=dt.date(2025, 4, 30)),
    ]
    rows += [event("10/5/2025"), event("1/1/2032")]
    found = made(*rows, gap_days=29)
    (first, second) = found.of_kind(gaps.KIND)
    assert (first.first, first.last) == (dt.date(2025, 1, 2), dt.date(2025, 2, 9))
    assert "39 days without any event" in first.what
    assert "a vague date that may be of this time: 1" in first.what
    assert (second.first, second.last) == (dt.date(2025, 2, 11), dt.date(2025, 3, 11))
    assert len(made(*rows, gap_days=39).of_kind(gaps.KIND)) == 1
    assert made(*rows, gap_days=40).of_kind(gaps.KIND) == ()


def test_gaps_of_one_person_and_of_the_child_being_seen() -> None:
    rows = [event(f"{day}/1/2025", subject="Mother") for day in (1, 11, 21, 31)]
    rows += [event(f"{day}/1/2025", subject="Child A", child_seen="Yes") for day in (2, 30)]
    found = [mark.of for mark in made(*rows, gap_days=20).of_kind(gaps.KIND)]
    assert found == ["any event about Child A", "the child being seen"]


def test_rows_without_an_action_and_a_reason() -> None:
    rows = [event("5/5/2025", action, action=action) for action in ("", "None", "n/a", "Referred on.")]
    rows.append(event("5/5/2025", "explained", action="", no_action_reason="Seen the day before."))
    assert [what for (what,) in told(made(*rows), actions.KIND)] == ["", "None", "n/a"]


def test_dates_to_check() -> None:
    rows = [
        event("5 May", "no day"),
        event("", "no date"),
        event("1/1/2031", "to come"),
        event("5/5/2025", "ends before", until=dt.date(2025, 5, 4)),
        event("5/5/2025", "ends sooner", time="10:00", until_time="09:00"),
        event("5/5/2025", "sound", time="10:00", until=dt.date(2025, 5, 6), until_time="09:00"),
    ]
    assert {what for (what,) in told(made(*rows), dates.KIND)} == {
        *("no day", "no date", "to come", "ends before", "ends sooner")
    }


def test_a_row_out_of_its_agencys_order_is_pointed_out() -> None:
    rows = [event(f"{day}/1/2025", str(day), row=day) for day in range(1, 21)]
    assert told(made(*rows), dates.KIND) == []
    rows[9] = event("10/1/2024", "last year", row=10)
    assert told(made(*rows), dates.KIND) == [("last year",)]
    # An agency that has no order at all has none out of it.
    mixed = [event(f"{1 + 7 * row % 27}/1/2025", str(row), row=row) for row in range(20)]
    assert told(made(*mixed), dates.KIND) == []


def test_what_an_officer_wants_to_see() -> None:
    rows = [
        event("5/5/2025", "one", subject="Child A", theme="Neglect"),
        event("March 2025", "two", subject="Mother"),
        event("?", "three", subject="Child A"),
        event("1/1/2020", "four", subject="Child A", until=dt.date(2025, 4, 1)),
    ]

    def seen(**wanted) -> set[str]:
        found = made(*rows, wanted=Wanted(**wanted))
        assert found.left_out == 4 - len(found.events)
        return {e.event for e in found.events}

    assert seen(subject="child a") == {"one", "three", "four"}
    assert seen(theme="Neglect") == {"one"}
    assert seen(first=dt.date(2025, 3, 20)) == {"one", "two", "three", "four"}
    assert seen(first=dt.date(2025, 4, 2), last=dt.date(2025, 5, 5)) == {"one", "three"}
    assert seen(last=dt.date(2025, 2, 28)) == {"three", "four"}
    with pytest.raises(AuditkitError, match="did you mean 'Mother'"):
        seen(subject="Mothr")
