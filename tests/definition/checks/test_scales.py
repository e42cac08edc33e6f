from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.written import SCALES, pointed_at

WORST = "roll_up: {rule: worst}\n"
NUMBERS = """\
scales:
- id: rag
  numbers: {minimum: 0, maximum: 100, step: 5, unit: "%"}
  points:
  - {id: green, label: Green, colour: "#9BD3A8", at_least: 80}
  - {id: amber, label: Amber, colour: "#FBF0A8", at_least: 50}
  - {id: red, label: Red, colour: "#DE7268", at_least: 0}
  - {id: na, label: N/A, colour: "#D9D9D9", not_applicable: yes}
"""


def test_a_scale_of_numbers(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, scales=NUMBERS) == []


def test_a_scale_on_which_one_is_best(tmp_path: Path) -> None:
    numbers = (
        NUMBERS.replace("maximum: 100, step: 5", "maximum: 4, step: 1").replace("80", "0").replace("50", "2")
    )
    numbers = numbers.replace("at_least: 0}\n  - {id: na", "at_least: 3}\n  - {id: na")
    assert pointed_at(tmp_path, scales=numbers, roll_up=WORST) == []


@pytest.mark.parametrize("colour", ["red", "9BD3A8", "#9BD3A", "#9BD3AG", "#9BD3A8FF"])
def test_colours(tmp_path: Path, colour: str) -> None:
    assert pointed_at(tmp_path, scales=SCALES.replace('"#9BD3A8"', f"'{colour}'")) == [
        f"4 '{colour}' | '{colour}' isn't a colour: write # and six digits or letters A to F in "
        "quotes, such as '#00A651'"
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "not_applicable: yes",
            "not_applicable: yes, score: 1",
            "7 1 | a point that is not applicable takes no part in scores: leave its score out",
        ),
        (
            "score: 2",
            "at_least: 2, score: 2",
            "4 2 | 'at_least' is for scales of numbers; give this point a 'score', or the scale 'numbers'",
        ),
        (
            "score: 0",
            "score: 1.5",
            "6 1.5 | points are listed from best to worst, and so must their scores be: all down or all up",
        ),
        (
            "score: 1}",
            "}",
            "5 {id | the point 'amber' has no score, but points below it have: give it a 'score', make it "
            "'not_applicable: yes', or list it last if answers with it shouldn't count",
        ),
    ],
)
def test_scores(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert pointed_at(tmp_path, scales=SCALES.replace(old, new)) == [problem]


def test_points_that_may_have_no_score(tmp_path: Path) -> None:
    assert (
        pointed_at(tmp_path, scales=SCALES.replace(", score: 0", "")) == []
    )  # the last: answers with it don't count
    unscored = SCALES.replace(", score: 2", "").replace(", score: 1", "").replace(", score: 0", "")
    assert pointed_at(tmp_path, scales=unscored, roll_up="roll_up: {rule: worst}\n") == []


def test_scores_may_go_up_where_one_is_best(tmp_path: Path) -> None:
    scales = (
        SCALES.replace("score: 2", "score: x").replace("score: 0", "score: 2").replace("score: x", "score: 0")
    )
    assert pointed_at(tmp_path, scales=scales, roll_up="roll_up: {rule: worst}\n") == []


def test_a_scale_without_points(tmp_path: Path) -> None:
    scales = 'scales: [{id: rag, points: [{id: na, label: N/A, colour: "#000000", not_applicable: yes}]}]\n'
    assert pointed_at(tmp_path, scales=scales, roll_up="roll_up: {rule: worst}\n") == [
        "1 {id | the scale 'rag' has no points to choose from: list them from best to worst"
    ]


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("minimum: 0", "minimum: 100", ["3 100 | 'minimum' must be below 'maximum'"]),
        ("step: 5", "step: 0", ["3 0 | 'step' must be more than 0"]),
        (
            "step: 5",
            "step: 0.01",
            ["3 0.01 | steps of 0.01 from 0 to 100 are too many to choose from: make the step larger"],
        ),
        ("step: 5", "step: 7", ["3 7 | steps of 7 don't lead from 0 to 100: change the step or the range"]),
        (
            "at_least: 80",
            "score: 1, at_least: 80",
            ["5 1 | on a scale of numbers the number is the score: leave this out"],
        ),
        (
            ", at_least: 80",
            "",
            ["5 {id | the band 'green' needs 'at_least', the lowest number that falls in it"],
        ),
        ("at_least: 80", "at_least: 180", ["5 180 | 180 is outside the scale's 0 to 100"]),
        (
            "at_least: 50",
            "at_least: 90",
            ["7 0 | bands go from best to worst, and so must 'at_least': all down or all up"],
        ),
        (
            "at_least: 50",
            "at_least: 80",
            ["2 id | two points of the scale 'rag' have the same 'at_least': each needs its own"],
        ),
        (
            "at_least: 0",
            "at_least: 10",
            ["7 10 | the lowest band must catch everything that is left: make its 'at_least' 0"],
        ),
        (
            "not_applicable: yes",
            "not_applicable: yes, at_least: 1",
            ["8 1 | a point that is not applicable is no band: leave this out"],
        ),
    ],
)
def test_numbers(tmp_path: Path, old: str, new: str, problems: list[str]) -> None:
    scales = NUMBERS.replace(old, new)
    assert pointed_at(tmp_path, scales=scales, roll_up=WORST) == problems


def test_thirds_divide_a_range(tmp_path: Path) -> None:
    scales = NUMBERS.replace("step: 5", "step: 0.1")
    assert pointed_at(tmp_path, scales=scales) == []


def test_a_second_scale_of_the_same_id_is_only_that(tmp_path: Path) -> None:
    again = "- {id: rag, points: []}\n"
    assert pointed_at(tmp_path, scales=SCALES + again) == [
        "8 rag | another scale has the id 'rag' already; give one of the two another id "
        "(the other is at line 2, column 7)"
    ]
