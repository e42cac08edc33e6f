"""Every kind of field: what a cell may hold when it comes back, and what becomes of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.model import Audit, Field
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import NumberRange, Point, Scale
from auditkit.fields import KINDS, Parsed, kind_of
from auditkit.fields.date import EARLIEST, LATEST, british
from auditkit.fields.plain import as_text, near

RAG = Scale(
    "rag",
    (
        Point("green", "Green", "#00FF00", "●", 3),
        Point("amber", "Amber", "#FFFF00", "▲", 2),
        Point("red", "Red", "#FF0000", "■", 1),
        Point("na", "N/A", "#DDDDDD", "–", not_applicable=True),
    ),
)
SCORE = Scale(
    "score",
    (
        Point("good", "Good", "#00FF00", at_least=60),
        Point("poor", "Poor", "#FF0000", at_least=0),
        Point("na", "N/A", "#DDDDDD", not_applicable=True),
    ),
    numbers=NumberRange(0, 100, 5, "%"),
)
AUDIT = Audit("a", "A", "1", (RAG, SCORE), (), (), (), RollUp("worst"), RollUp("worst"))

RATING = Field("r", "Rating", "rating", scale="rag")
NUMBER_RATING = Field("r", "Rating", "rating", scale="score")
CHOICE = Field("c", "Progress", "choice", choices=("Not started", "Yes, in part", "Done"))
YES_NO = Field("y", "Nil return", "yes_no")
TICK = Field("s", "Your answer", "several", choices=("Time, or rather none of it",))
TEXT, PERSON = Field("t", "Evidence", "text"), Field("p", "Lead", "person")
WHOLE = Field("n", "On roll", "whole_number", maximum=500)
DECIMAL = Field("d", "Ratio", "decimal", minimum=1, maximum=5)
PERCENT = Field("q", "Trained", "percent")
DATE = Field("w", "Due", "date", minimum=dt.date(2026, 1, 1), maximum=dt.date(2027, 12, 31))


def parse(field, typed):
    return kind_of(field).parse(typed, field, AUDIT)


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        (RATING, "● Green", Parsed("● Green")),
        (RATING, " green ", Parsed("● Green", "near-miss")),
        (TICK, "Yes", Parsed("Time, or rather none of it")),
        (TICK, "Time, or rather none of it", Parsed("Time, or rather none of it")),
        (TICK, "x", Parsed("Time, or rather none of it", "near-miss")),
        (TICK, "✓ ", Parsed("Time, or rather none of it", "near-miss")),
        (TICK, "y", Parsed("Time, or rather none of it", "near-miss")),
        (TICK, True, Parsed("Time, or rather none of it", "near-miss")),
        (TICK, 1.0, Parsed("Time, or rather none of it", "near-miss")),
        (TICK, "time or rather NONE of it", Parsed("Time, or rather none of it", "near-miss")),
        (TICK, "No", Parsed("No")),
        (TICK, "n", Parsed("No", "near-miss")),
        (TICK, "Money", Parsed(None, "not-in-list")),
        (RATING, "AMBER", Parsed("▲ Amber", "near-miss")),
        (RATING, "▲ Amber ", Parsed("▲ Amber", "near-miss")),
        (RATING, "n/a", Parsed("– N/A", "near-miss")),
        (RATING, "Amb", Parsed(None, "not-in-list")),
        (RATING, "Amber/Red", Parsed(None, "not-in-list")),
        (RATING, "●", Parsed(None, "not-in-list")),
        (RATING, 3.0, Parsed(None, "not-in-list")),
        (NUMBER_RATING, 85.0, Parsed(85.0)),
        (NUMBER_RATING, "85", Parsed(85.0, "near-miss")),
        (NUMBER_RATING, "85%", Parsed(85.0, "near-miss")),
        (NUMBER_RATING, 83.0, Parsed(None, "out-of-range")),
        (NUMBER_RATING, 105, Parsed(None, "out-of-range")),
        (NUMBER_RATING, "N/A", Parsed("N/A")),
        (NUMBER_RATING, "na", Parsed("N/A", "near-miss")),
        (NUMBER_RATING, True, Parsed(None, "not-in-list")),
        (NUMBER_RATING, "most", Parsed(None, "not-in-list")),
        (CHOICE, "Yes, in part", Parsed("Yes, in part")),
        (CHOICE, "not STARTED", Parsed("Not started", "near-miss")),
        (CHOICE, "Nearly", Parsed(None, "not-in-list")),
        (YES_NO, "Yes", Parsed("Yes")),
        (YES_NO, "n", Parsed("No", "near-miss")),
        (YES_NO, True, Parsed("Yes", "near-miss")),
        (YES_NO, "maybe", Parsed(None, "not-in-list")),
        (TEXT, 12.0, Parsed("12")),
        (TEXT, "  =SUM(A1)\n", Parsed("  =SUM(A1)\n")),
        (PERSON, dt.datetime(2026, 9, 1), Parsed("01/09/2026")),
        (WHOLE, 12.0, Parsed(12.0)),
        (WHOLE, "12", Parsed(12.0, "number-as-text")),
        (WHOLE, 12.5, Parsed(None, "not-whole")),
        (WHOLE, -1, Parsed(None, "out-of-range")),
        (WHOLE, 501, Parsed(None, "out-of-range")),
        (WHOLE, "approx 20", Parsed(None, "not-exact")),
        (WHOLE, True, Parsed(None, "not-a-number")),
        (DECIMAL, 2.5, Parsed(2.5)),
        (DECIMAL, 0.5, Parsed(None, "out-of-range")),
        (PERCENT, 0.85, Parsed(0.85)),
        (PERCENT, 85.0, Parsed(0.85, "percent-read")),
        (PERCENT, "85%", Parsed(0.85, "percent-read")),
        (PERCENT, 1.0, Parsed(1.0)),
        (PERCENT, 120.0, Parsed(None, "out-of-range")),
        (PERCENT, "most", Parsed(None, "not-a-number")),
        (DATE, dt.datetime(2026, 9, 1), Parsed(dt.date(2026, 9, 1))),
        (DATE, dt.date(2026, 9, 1), Parsed(dt.date(2026, 9, 1))),
        (DATE, "1/9/2026", Parsed(dt.date(2026, 9, 1), "date-read")),
        (DATE, "1 September 2026", Parsed(dt.date(2026, 9, 1), "date-read")),
        (DATE, 46266.0, Parsed(dt.date(2026, 9, 1), "date-read")),
        (DATE, dt.datetime(2206, 9, 1), Parsed(None, "out-of-range")),
        (DATE, "31/02/2026", Parsed(None, "not-a-date")),
        (DATE, "TBC", Parsed(None, "not-a-date")),
        (DATE, "1/9/26", Parsed(dt.date(2026, 9, 1), "date-read")),
        (DATE, True, Parsed(None, "not-a-date")),
        (DATE, dt.time(9, 0), Parsed(None, "not-a-date")),
        (DATE, -5.0, Parsed(None, "not-a-date")),
    ],
)
def test_what_was_typed_is_understood_or_refused(field, typed, expected):
    assert parse(field, typed) == expected


@pytest.mark.parametrize("field", [RATING, NUMBER_RATING, CHOICE, YES_NO])
def test_every_choice_of_a_dropdown_is_accepted_as_it_stands(field):
    choices = kind_of(field).choices(field, AUDIT)
    assert choices
    assert all(parse(field, choice) == Parsed(choice) for choice in choices)


def test_a_number_scale_offers_its_steps_then_the_points_outside_it():
    choices = kind_of(NUMBER_RATING).choices(NUMBER_RATING, AUDIT)
    assert choices[:3] == (0, 5, 10)
    assert choices[-2:] == (100, "N/A")


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (RATING, "one of: ● Green, ▲ Amber, ■ Red, – N/A"),
        (NUMBER_RATING, "a number from 0 to 100 in steps of 5 or N/A"),
        (YES_NO, "Yes or No"),
        (CHOICE, "one of: Not started, Yes, in part, Done"),
        (TEXT, ""),
        (WHOLE, "a whole number from 0 to 500"),
        (Field("n", "N", "whole_number"), "a whole number, 0 or more"),
        (DECIMAL, "a number from 1 to 5"),
        (PERCENT, "a percentage from 0% to 100%"),
        (DATE, "a date from 1 January 2026 to 31 December 2027, as day/month/year"),
    ],
)
def test_limits_read_as_the_end_of_a_sentence(field, sentence):
    assert kind_of(field).limits(field, AUDIT) == sentence


def test_validations_say_what_excel_may_let_through():
    def said(field):
        return kind_of(field).validation(field, AUDIT, "=Lists!$A$2:$A$5")

    assert said(TEXT) == {"validate": "any"}
    assert said(RATING) == said(CHOICE) == said(YES_NO) == {"validate": "list", "source": "=Lists!$A$2:$A$5"}
    assert (said(WHOLE)["validate"], said(WHOLE)["maximum"]) == ("integer", 500)
    assert (said(PERCENT)["minimum"], said(PERCENT)["maximum"]) == (0, 1)
    assert said(Field("w", "W", "date"))["minimum"] == EARLIEST
    assert said(Field("w", "W", "date"))["maximum"] == LATEST


def test_every_kind_defines_the_same_names_and_one_that_offers_nothing_is_typed_freely():
    names = {"OPTIONS", "REQUIRES", "FORMAT", "WIDTH", "HINT", "choices", "limits", "validation", "parse"}
    for kind in KINDS.values():
        assert names <= set(vars(kind))
        assert kind.REQUIRES <= kind.OPTIONS
    for field in (TEXT, PERSON, WHOLE, DECIMAL, PERCENT, DATE):
        assert kind_of(field).choices(field, AUDIT) == ()


@given(st.text(min_size=1))
def test_text_is_kept_to_the_letter(typed):
    assert parse(TEXT, typed) == Parsed(typed)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
def test_a_date_is_the_same_however_it_is_written(date):
    for typed in (date, f"{date:%d/%m/%Y}", f"{date:%Y-%m-%d}", british(date)):
        assert parse(DATE, typed).value == date


def test_cells_as_a_person_sees_them():
    assert as_text(True) == "TRUE"
    assert as_text(False) == "FALSE"
    assert as_text(2.5) == "2.5"
    assert as_text(dt.datetime(2026, 9, 1, 9, 30)) == "01/09/2026 09:30"
    assert as_text(dt.date(2026, 9, 1)) == "01/09/2026"


def test_a_near_miss_must_mean_one_choice_only():
    assert near("Green", ["● Green", "▲ Green"]) is None
    assert near("", ["Green"]) is None
