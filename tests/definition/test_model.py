"""The definition itself: its look-ups, what a value is on a scale, and what applies to whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from auditkit.definition.model import Audit, Field, Question, Section, applies
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import NumberRange, Point, Scale
from tests.returns.filled import GREEN, MARKS, NA, RAG

RATING = Field("rating", "Rating", "rating", scale="rag", role="rating")
WORST = RollUp("worst")


def audit(*sections: Section) -> Audit:
    return Audit("a", "A", "1", (RAG, MARKS), (RATING,), (), sections, WORST, WORST)


@pytest.mark.parametrize(
    ("scale", "value", "point"),
    [
        (RAG, GREEN, "green"),
        (RAG, NA, "na"),
        (RAG, "Blue", ""),
        (RAG, 2.0, ""),
        (MARKS, 100.0, "high"),
        (MARKS, 60, "high"),
        (MARKS, 59.9, "low"),
        (MARKS, 0, "low"),
        (MARKS, -1, ""),
        (MARKS, "Not ours", "none"),
        (MARKS, dt.date(2026, 1, 1), ""),
    ],
)
def test_a_value_is_a_point_by_its_text_or_by_the_highest_band_it_reaches(scale, value, point: str) -> None:
    for one in (scale, replace(scale, points=scale.points[::-1])):
        found = one.point_for(value)
        assert (found.id if found else "") == point


def test_the_lowest_band_may_leave_its_beginning_unsaid() -> None:
    points = (Point("high", "High", "#000000", at_least=50), Point("low", "Low", "#FFFFFF"))
    scale = Scale("s", points, numbers=NumberRange(-100, 100, 1))
    found = scale.point_for(-99)
    assert found is not None
    assert found.id == "low"


def test_what_isnt_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        audit().scale("rug")
    with pytest.raises(KeyError):
        RAG.point("mauve")


def test_a_section_may_have_columns_and_a_roll_up_of_its_own() -> None:
    text = Field("said", "Said", "text")
    plain, own = Section("A", "A", ()), Section("B", "B", (), responses=(text,), roll_up=RollUp("mean"))
    a = audit(plain, own)
    assert (a.responses_of(plain), a.responses_of(own)) == ((RATING,), (text,))
    assert (a.roll_up_of(plain).rule, a.roll_up_of(own).rule) == ("worst", "mean")
    assert (a.scale_of(plain), a.scale_of(own)) == (RAG, None)


@pytest.mark.parametrize(
    ("only", "not_", "asked"),
    [
        ({}, {}, True),
        ({"group": ("Police", "Health")}, {}, True),
        ({"group": ("  police ",)}, {}, True),
        ({"group": ("Health",)}, {}, False),
        ({"group": ("Police",), "boards": ("Yes",)}, {}, False),
        ({}, {"group": ("Police",)}, False),
        ({}, {"boards": ("Yes",)}, True),
        ({"county": ("Northmoor",)}, {}, False),
    ],
)
def test_a_question_applies_by_any_column_of_the_register(only, not_, asked: bool) -> None:
    question = Question("Q", "Is it?", applies_to=only, except_for=not_)
    assert applies(question, {"group": "Police", "boards": "No"}) is asked


def test_a_recipient_gets_sections_only_with_a_question_left() -> None:
    police, all_ = Question("Q1", "Police?", applies_to={"group": ("Police",)}), Question("Q2", "All?")
    whole = audit(
        Section("A", "A", (police, all_)),
        Section("B", "B", (police,)),
        Section("C", "C", (all_,), except_for={"group": ("Health",)}),
    )
    health = whole.for_recipient({"group": "Health"})
    assert [(s.id, [q.id for q in s.questions]) for s in health.sections] == [("A", ["Q2"])]
    assert len(list(whole.for_recipient({"group": "Police"}).questions())) == 4
