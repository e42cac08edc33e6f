"""Everything that is wrong with a definition is told in one go, and nothing that only follows from it."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.definition.xlsx.example import EXAMPLE
from tests.definition.written import COVER, HEAD, OVERALL, RESPONSES, ROLL_UP, SCALES, SECTIONS, found
from tests.definition.xlsx.form import changed, wrong

# On every sheet: a heading that isn't known, a blank where something is needed, something that isn't of its
# type, a word that isn't one of those there are, a name of something that isn't there, an id that can't be one.
FAULTS: dict[str, list[tuple[str, Any, str]]] = {
    "settings": [
        ("B2", "s 11", "'s 11' can't be an id"),
        ("A3", "titel", "there is no setting called 'titel'; did you mean 'title'?"),
        ("A4", "edtion", "there is no setting called 'edtion'; did you mean 'edition'?"),
        (
            "B7",
            "meen",
            "'rule' must be one of mean, percent, worst or share, not 'meen'; did you mean 'mean'?",
        ),
        ("B9", "Red | blue | amber", "has no point 'blue'"),
        ("B11", "80 | green\nforty | amber\n0 | red", "'at_least' must be a number, not 'forty'"),
    ],
    "scales": [
        ("B3", "", "'id' is blank here"),
        ("C2", "=Green", "starts with one of = < >"),
        ("D4", "red", "'red' isn't a colour"),
        ("F2", "two", "'score' must be a number, not 'two'"),
        ("H5", "maybe", "'not_applicable' must be yes or no, not 'maybe'"),
    ],
    "responses": [
        ("A5", "CHKS", "there is no section 'CHKS'; did you mean 'CHK'?"),
        ("B3", "evi dence", "'evi dence' can't be an id"),
        ("C2", "", "'label' is blank here"),
        ("D4", "txt", "there is no kind of field called 'txt'; did you mean 'text'?"),
        ("E3", "proof", "there is no role called 'proof'"),
        ("F2", "perhaps", "'required' must be yes or no, not 'perhaps'"),
        ("G2", "rug", "there is no scale called 'rug'; did you mean 'rag'?"),
    ],
    "sections": [
        ("B2", "", "'title' is blank here"),
        ("C1", "introo", "there is no column 'introo' here; did you mean 'intro'?"),
        ("D1", "weight", ""),
        ("D3", "none", "'weight' must be a number, not 'none'"),
    ],
    "questions": [
        ("B4", "PNL 1", "'PNL 1' can't be an id"),
        ("C4", "", "'text' is blank here"),
        ("F1", "descriptors rad", "has no point 'rad'"),
        ("G2", "double", "'weight' must be a number, not 'double'"),
        ("A4", "PNLL", "there is no section 'PNLL'"),
    ],
    "fields": [
        ("A2", "", "'id' is blank here"),
        ("C3", "persn", "there is no kind of field called 'persn'; did you mean 'person'?"),
        ("D4", "signoff", "there is no role called 'signoff' here"),
        ("E2", "of course", "'required' must be yes or no"),
    ],
    "rules": [
        ("A2", "questions", "a rule is about 'responses' or the 'cover', not 'questions'"),
        ("B2", "needs plan", "'needs plan' can't be an id"),
        ("C2", "rating: ambre\nrating: red", "'ambre' isn't an answer to 'rating'"),
        ("D2", "action\ndeu", "there is no field called 'deu'; did you mean 'due'?"),
        ("E2", "", "'message' is blank here"),
    ],
    "applies": [
        ("B2", "CHK-9", "there is no question 'CHK-9'"),
        ("C2", "only", "say 'applies_to' or 'except_for', not 'only'"),
        ("D2", "", "this is blank: name a column of the register"),
    ],
}


def untold(said: list[str], faults: dict[str, list[tuple[str, Any, str]]]) -> list[tuple[str, str]]:
    """Return the faults that nobody is told of, by sheet and cell."""
    return [
        (sheet, cell)
        for sheet, listed in faults.items()
        for cell, _, message in listed
        if message and not any(line.startswith(f"{sheet} {cell} | ") and message in line for line in said)
    ]


def sheets_with(faults: dict[str, list[tuple[str, Any, str]]]) -> dict[str, Any]:
    return {name: changed(name, *((cell, value) for cell, value, _ in each)) for name, each in faults.items()}


@pytest.mark.parametrize("sheet", FAULTS)
def test_one_fault_of_each_kind_on_a_sheet(sheet: str, tmp_path: Path) -> None:
    own = {sheet: FAULTS[sheet]}
    said = wrong(tmp_path, **sheets_with(own))
    assert untold(said, own) == []
    assert len(said) == sum(1 for *_, message in FAULTS[sheet] if message), said


def test_one_fault_of_each_kind_on_every_sheet(tmp_path: Path) -> None:
    """Of names that are nowhere, none is told that may be one of what has no id, or can't keep the one it has."""
    said = wrong(tmp_path, **sheets_with(FAULTS))
    names = [("settings", "B9"), ("questions", "F1"), ("rules", "C2"), ("rules", "D2"), ("applies", "B2")]
    assert untold(said, FAULTS) == names
    ids = [("scales", "B3"), ("responses", "B3"), ("questions", "B4")]
    faults = {name: [one for one in each if (name, one[0]) not in ids] for name, each in FAULTS.items()}
    said = wrong(tmp_path, **sheets_with(faults))
    assert untold(said, faults) == []
    assert len(said) == sum(1 for each in faults.values() for *_, message in each if message), said


# What is typed in place of what is there, and where that is told: nothing that follows from it is told too.
SINGLE = [
    ("settings", "B7", "middle"),
    ("settings", "B8", "high | green\n0.75 | amber\n0 | red"),
    ("settings", "B8", "1.5 | green\n0.75 | amber\nlow | red"),
    ("scales", "A2", ""),
    ("scales", "B2", ""),
    ("scales", "B5", ""),
    ("scales", "F2", "two"),
    ("scales", "C1", "wholly other"),
    ("scales", "F1", "wholly other"),
    ("responses", "D1", "wholly other"),
    ("questions", "C1", "wholly other"),
    ("sections", "A1", "wholly other"),
    ("scales", "F3", "one"),
    ("scales", "F4", dt.date(2026, 9, 1)),
    ("scales", "H5", "maybe"),
    ("responses", "B2", ""),
    ("responses", "B4", ""),
    ("responses", "D2", ""),
    ("responses", "D4", "#REF!"),
    ("sections", "A2", ""),
    ("sections", "A3", ""),
    ("questions", "B3", ""),
    ("questions", "A4", "Zebra"),
    ("questions", "B3", "-"),
    ("responses", "B4", "an action"),
    ("scales", "A2", "r a g"),
    ("scales", "B2", "green!"),
    ("sections", "A3", "wholly other"),
    ("fields", "A3", ""),
    ("rules", "C2", "rating amber"),
    ("rules", "D2", dt.date(2026, 9, 1)),
]


@pytest.mark.parametrize(("sheet", "cell", "value"), SINGLE)
def test_what_only_follows_is_not_told(sheet: str, cell: str, value: Any, tmp_path: Path) -> None:
    said = wrong(tmp_path, **{sheet: changed(sheet, (cell, value))})
    assert [line.split(" | ")[0] for line in said] == [f"{sheet} {cell}"], said


def test_one_fault_of_each_kind_in_yaml(tmp_path: Path) -> None:
    said = found(
        tmp_path,
        head=HEAD.replace("id: s11", "id: s 11").replace("title: Section 11 audit", "title:"),
        scales=SCALES.replace("score: 2", "score: two").replace("#FBF0A8", "amber"),
        responses=RESPONSES.replace("scale: rag", "scale: rug").replace("kind: text", "kind: txt"),
        cover=COVER.replace("label: Completed by, ", ""),
        rules="rules:\n- {id: r, when: {rating: ambre}, require: [actoin], message: Plan.}\n- x\n",
        roll_up=ROLL_UP.replace("rule: mean", "rule: meen").replace("point: red", "point: rad"),
        overall=OVERALL.replace("rule", "rul"),
        sections=SECTIONS.replace("title: Governance", "weight: 0").replace('id: "1.2"', 'id: "1.1"'),
    )
    assert [line.split(" ", 1)[1].split(";")[0].split(":")[0] for line in said] == [
        "'s 11' can't be an id",
        "'title' has nothing after it, and it is needed",
        "'score' must be a number, not 'two'",
        "'amber' isn't a colour",
        "there is no scale called 'rug'",
        "there is no kind of field called 'txt'",
        "'label' is missing here",
        "'ambre' isn't an answer to 'rating'",
        "there is no field called 'actoin'",
        "item 2 of 'rules' must be settings, one a line, each as 'name",
        "'rule' must be one of mean, percent, worst or share, not 'meen'",
        "the scale 'rag' has no point 'rad'",
        "there is no setting called 'rul' here",
        "'title' is missing here",
        "a weight must be more than 0, not 0",
        "another question has the id '1.1' already",
    ]


# What spoils a cell of the small audit, by the heading of its column.
SPOILT = {
    "score": "much",
    "weight": "double",
    "required": "perhaps",
    "not_applicable": "maybe",
    "kind": "txtx",
    "colour": "reddish",
    "label": "",
    "text": "",
    "title": "",
    "message": "",
    "rule": "middling",
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(k=st.integers(1, 8), seed=st.integers(0, 10**6))
def test_so_many_cells_spoilt_so_many_problems_at_least(k: int, seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    cells = [
        (name, f"{chr(65 + col)}{row + 1}", SPOILT[str(head)])
        for name, grid in EXAMPLE.items()
        for row, line in enumerate(grid[1:], start=1)
        for col, head in enumerate(grid[0])
        if str(head) in SPOILT and line[min(col, len(line) - 1)] != ""
    ]
    spoilt = chance.sample(cells, k)
    names = {name for name, _, _ in spoilt}
    said = wrong(
        tmp_path,
        **{
            name: changed(name, *((cell, value) for sheet, cell, value in spoilt if sheet == name))
            for name in names
        },
    )
    told = {line.split(" | ")[0] for line in said}
    assert {f"{sheet} {cell}" for sheet, cell, _ in spoilt} <= told
