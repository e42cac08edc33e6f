"""Which questions of the edition before live on: renamed, split, merged, removed; nothing by likeness."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.crosswalk import (
    Crosswalk,
    Link,
    Pair,
    field_here,
    pairs,
    point_here,
    removed,
    same_scale,
)
from auditkit.definition.model import Audit, Question, Section
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Scale
from tests.returns.filled import MARKS, RAG

WORST = RollUp("worst")


def audit(*questions: Question) -> Audit:
    return Audit("a", "A", "1", (RAG,), (), (), (Section("S", "S", questions),), WORST, WORST)


def asked(*ids: str) -> Audit:
    return audit(*(Question(id, f"Is {id} so?") for id in ids))


def test_renamed_split_merged_removed_and_new() -> None:
    theirs = asked("same", "said", "long", "first", "second", "gone")
    ours = audit(
        Question("new", "Is it?"),
        Question("short-a", "Is a?"),
        Question("short-b", "Is b?"),
        Question("both", "Are both?"),
        Question("called", "Is said so?"),
        Question("same", "Is  same so? "),
    )
    walk = Crosswalk(
        (
            Link("called", ("said",)),
            Link("short-a", ("long",)),
            Link("short-b", ("long",)),
            Link("both", ("first", "second")),
        ),
        dropped=("gone",),
    )
    assert list(pairs(theirs, ours, walk).values()) == [
        Pair("new", (), "new"),
        Pair("short-a", ("long",), "split"),
        Pair("short-b", ("long",), "split"),
        Pair("both", ("first", "second"), "merged"),
        Pair("called", ("said",), "renamed"),
        Pair("same", ("same",), "same"),
    ]
    assert removed(theirs, ours, walk) == ("gone",)


@pytest.mark.parametrize(
    "change", [{"text": "Is it not?"}, {"good": "Better."}, {"descriptors": {"green": "Yes"}}]
)
def test_other_words_are_told(change) -> None:
    question = Question("Q", "Is it?", good="Well.")
    assert pairs(audit(question), audit(replace(question, **change)), Crosswalk())["Q"].how == "reworded"


def test_an_id_that_lives_on_elsewhere_isnt_taken_for_its_own_namesake() -> None:
    theirs, ours = asked("Q1", "Q2"), asked("Q1", "Q2", "Q3")
    walk = Crosswalk((Link("Q3", ("Q1",)),), dropped=("Q2",))
    assert [(pair.was, pair.how) for pair in pairs(theirs, ours, walk).values()] == [
        ((), "new"),
        ((), "new"),
        (("Q1",), "renamed"),
    ]
    both = Crosswalk((Link("Q3", ("Q1",)), Link("Q1", ("Q1",)), Link("Q2", ())))
    assert [(pair.was, pair.how) for pair in pairs(theirs, ours, both).values()] == [
        (("Q1",), "split"),
        ((), "new"),
        (("Q1",), "split"),
    ]


def test_what_the_recipient_wasnt_asked_there_is_new_here() -> None:
    walk = Crosswalk((Link("both", ("first", "second")), Link("new", ("other",))))
    found = pairs(asked("second"), asked("both", "new"), walk)
    assert found["both"] == Pair("both", ("second",), "merged")
    assert found["new"] == Pair("new", (), "new")


IDS = st.sampled_from("abcdef")


@given(
    theirs=st.lists(IDS, unique=True),
    ours=st.lists(IDS, unique=True),
    links=st.lists(
        st.builds(Link, IDS, st.lists(IDS, max_size=3).map(tuple)), unique_by=lambda link: link.id
    ),
    dropped=st.lists(IDS).map(tuple),
)
def test_nothing_is_lost_and_nothing_lands_where_nobody_put_it(theirs, ours, links, dropped) -> None:
    walk = Crosswalk(tuple(links), dropped=dropped)
    found = pairs(asked(*theirs), asked(*ours), walk)
    assert list(found) == ours
    continued = [was for pair in found.values() for was in pair.was]
    assert sorted({*continued, *removed(asked(*theirs), asked(*ours), walk)}) == sorted(theirs)
    said = {(link.id, was) for link in links for was in link.was}
    for pair in found.values():
        assert all(was == pair.id or (pair.id, was) in said for was in pair.was)
        assert (pair.how == "new") == (not pair.was)


def meaning(scale: Scale, point: str, **change) -> Scale:
    points = tuple(replace(each, **change) if each.id == point else each for each in scale.points)
    return replace(scale, points=points)


@pytest.mark.parametrize(
    ("theirs", "point", "here"),
    [
        (RAG, "green", "green"),
        (meaning(RAG, "green", colour="#123456", score=9, symbol="!"), "green", "green"),
        (meaning(RAG, "green", meaning="Exceeds the minimum"), "green", "green"),
        (meaning(RAG, "red", label="Urgent"), "green", None),
        (replace(RAG, points=RAG.points[1:]), "amber", None),
        (replace(RAG, points=RAG.points[1:]), "na", "na"),
        (replace(RAG, points=RAG.points[::-1]), "green", None),
        (RAG, "mauve", None),
        (MARKS, "high", None),
    ],
)
def test_a_point_is_the_same_only_if_the_scale_means_the_same(theirs: Scale, point: str, here) -> None:
    assert point_here(theirs, RAG, point, Crosswalk()) == here


def test_two_meanings_of_one_colour_differ_and_may_be_mapped() -> None:
    minimum, exceeds = (
        meaning(RAG, "green", meaning=text) for text in ("Meets every minimum", "Exceeds the minimum")
    )
    assert not same_scale(minimum, exceeds)
    assert same_scale(minimum, meaning(minimum, "green", label="Well", meaning="Meets  every minimum"))
    walk = Crosswalk(points={RAG.id: {"green": "amber", "red": "mauve"}})
    assert point_here(minimum, exceeds, "green", walk) == "amber"
    assert point_here(minimum, exceeds, "red", walk) is None
    assert point_here(minimum, exceeds, "amber", walk) is None


def test_columns() -> None:
    walk = Crosswalk(fields={"self": "rating"})
    assert (field_here("self", walk), field_here("action", walk)) == ("rating", "action")
