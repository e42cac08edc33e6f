from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.written import RESPONSES, SCALES, pointed_at

ACTION = "kind: text, role: action"


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("kind: txt", "txt | there is no kind of field called 'txt'; did you mean 'text'?"),
        (
            "kind: text, choices: [A]",
            "choices | 'choices' doesn't belong to a 'text' field: leave it out or change the kind",
        ),
        (
            "kind: choice, choices: [A], scale: rag",
            "scale | 'scale' doesn't belong to a 'choice' field; it takes 'choices' and 'closed': "
            "leave it out or "
            "change the kind",
        ),
        ("kind: choice", "{id | the field 'action' is of kind 'choice', which needs 'choices'"),
        (
            "kind: choice, choices: [Open, Done], closed: Dome",
            "Dome | 'Dome' isn't one of this field's choices; did you mean 'Done'?",
        ),
        (
            "kind: choice, choices: [Open, Any]",
            "Any | 'any' stands for any answer in a rule: word this choice another way",
        ),
        (
            "kind: text, each: true",
            "each | 'each' is for fields of the cover: in a pack, mark questions 'shared' instead",
        ),
        ("kind: text, width: 0", "0 | 'width' is in characters, from 1 to 255, not 0"),
        (
            "kind: decimal, minimum: 9, maximum: 1",
            "9 | 'minimum' is above 'maximum' (the other is at line 3, column 67)",
        ),
        (
            "kind: date, minimum: 2026-02-01, maximum: 2026-01-01",
            "2026-02-01 | 'minimum' is above 'maximum' (the other is at line 3, column 73)",
        ),
        (
            "kind: date, minimum: 2026",
            "2026 | 'minimum' of a date must be a date written as year-month-day, such as 2026-09-01",
        ),
        ("kind: decimal, maximum: 2026-01-01", "2026-01-01 | 'maximum' must be a number here, not a date"),
        ("kind: whole_number, minimum: 1.5", "1.5 | 'minimum' of a whole number must be one too, not 1.5"),
        ("kind: percent, maximum: 101", "101 | 'maximum' of a percentage is from 0 to 100, not 101"),
        ("kind: text, role: acton", "acton | there is no role called 'acton' here; did you mean 'action'?"),
        ("kind: text, role: due", "due | the role 'due' is for a field of kind 'date', not 'text'"),
    ],
)
def test_a_field(tmp_path: Path, new: str, problem: str) -> None:
    assert pointed_at(tmp_path, responses=RESPONSES.replace(ACTION, new)) == [f"3 {problem}"]


@pytest.mark.parametrize(
    "new",
    [
        "kind: date, minimum: 2026-01-01, maximum: 2026-12-31, role: due",
        "kind: whole_number, minimum: 0",
        "kind: percent, minimum: 0, maximum: 100",
        "kind: choice, choices: [Open, Done], closed: Done, width: 12.5",
        "kind: yes_no, required: yes",
    ],
)
def test_sound_fields(tmp_path: Path, new: str) -> None:
    assert pointed_at(tmp_path, responses=RESPONSES.replace(ACTION, new)) == []


def test_scales_and_ratings(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, responses=RESPONSES.replace("scale: rag", "scale: rga")) == [
        "2 rga | there is no scale called 'rga'; did you mean 'rag'?"
    ]
    assert pointed_at(tmp_path, responses=RESPONSES.replace(" scale: rag,", "")) == [
        "2 {id | the field 'rating' is of kind 'rating', which needs 'scale'"
    ]
    assert pointed_at(tmp_path, responses=RESPONSES.replace(", role: rating", "")) == [
        "2 {id | the field 'rating' is a rating, so it needs 'role: rating' to be scored"
    ]
    second = "- {id: second, label: Second, kind: rating, scale: rag}\n"
    assert pointed_at(tmp_path, responses=RESPONSES + second) == [
        "4 {id | a section has one rating, and 'second' is a second: make it a 'choice' or take it out "
        "(the other is at line 2, column 3)"
    ]


def test_a_role_twice(tmp_path: Path) -> None:
    responses = RESPONSES + "- {id: more, label: More, kind: text, role: action}\n"
    assert pointed_at(tmp_path, responses=responses) == [
        "4 action | two fields have the role 'action'; only one can: take it from the other "
        "(the other is at line 3, column 49)"
    ]


def test_roles_of_the_cover_are_others(tmp_path: Path) -> None:
    cover = "cover: [{id: a, label: A, kind: text, role: action}]\n"
    (problem,) = pointed_at(tmp_path, cover=cover)
    assert problem.startswith("1 action | there is no role called 'action' here; choose from 'author',")
    (problem,) = pointed_at(tmp_path, cover=cover.replace("action", "nil_return"))
    assert problem == "1 nil_return | the role 'nil_return' is for a field of kind 'yes_no', not 'text'"


def test_no_columns(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, responses="responses: []\n") == [
        "1 [] | there are no response columns: list at least one under 'responses'"
    ]


def test_own_columns_of_a_section_are_checked_too(tmp_path: Path) -> None:
    sections = "sections: [{id: A, title: A, responses: [{id: n, label: N, kind: nubmer}],\n"
    sections += "  questions: [{id: q, text: Q}]}]\n"
    (problem,) = pointed_at(tmp_path, sections=sections, responses="responses: []\n", scales=SCALES)
    assert problem.startswith("2 nubmer | there is no kind of field called 'nubmer'")
