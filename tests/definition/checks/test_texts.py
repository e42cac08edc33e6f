from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.written import HEAD, RESPONSES, SCALES, SECTIONS, pointed_at


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        ("head", "Section 11 audit", "''", "2 '' | this title is empty: write something"),
        ("head", "2026.1", "''", "3 '' | this edition is empty: write something"),
        ("head", "Health", "''", "4 '' | this group is empty: write something"),
        (
            "head",
            "Health",
            "police",
            "4 police | the group 'police' is listed twice (the other is at line 4, column 10)",
        ),
        ("sections", "Governance", "''", "3 '' | this title is empty: write something"),
        ("sections", "Is there a lead?", "''", "5 '' | this text is empty: write something"),
        ("responses", "label: Action", "label: ''", "3 '' | this label is empty: write something"),
        ("scales", "label: Green", "label: ''", "4 '' | this label is empty: write something"),
        (
            "head",
            "Section 11 audit",
            '"a\\nb"',
            '2 "a\\nb" | this title has a line break in it: write it on one line',
        ),
        (
            "responses",
            "kind: text",
            "kind: choice, choices: ['', Done, done]",
            "3 '' | this choice is empty: write something",
        ),
    ],
)
def test_texts_that_must_be_there(tmp_path: Path, part: str, old: str, new: str, problem: str) -> None:
    whole = {"head": HEAD, "sections": SECTIONS, "responses": RESPONSES, "scales": SCALES}[part]
    assert problem in pointed_at(tmp_path, **{part: whole.replace(old, new)})


def test_a_choice_twice(tmp_path: Path) -> None:
    responses = RESPONSES.replace("kind: text", "kind: choice, choices: [Done, Open, done]")
    assert pointed_at(tmp_path, responses=responses) == [
        "3 done | the choice 'done' is listed twice (the other is at line 3, column 55)"
    ]


@pytest.mark.parametrize(
    ("part", "old", "new", "length", "name", "longest"),
    [
        ("head", "Section 11 audit", "{}", 251, "title", "250"),
        ("head", "id: s11", "id: s11\npurpose: {}", 10_001, "purpose", "10,000"),
        ("head", "id: s11", "id: s11\nguidance: {}", 10_001, "guidance", "10,000"),
        ("head", "id: s11", "id: s11\ninstructions: {}", 10_001, "instruction", "10,000"),
        ("sections", "Governance", "{}", 101, "title", "100"),
        ("sections", "title: Governance", "title: G\n  intro: {}", 10_001, "intro", "10,000"),
        ("sections", "Is there a lead?", "{}", 2_001, "text", "2,000"),
        ("sections", "a lead?", "a lead?, good: {}", 10_001, "good", "10,000"),
        ("sections", "a lead?", "a lead?, descriptors: {{red: {}}}", 2_001, "descriptor", "2,000"),
        ("responses", "label: Action", "label: {}", 151, "label", "150"),
        ("responses", "kind: text", "kind: text, help: {}", 201, "help", "200"),
        ("responses", "kind: text", "kind: text, noun: {}", 151, "noun", "150"),
        ("responses", "kind: text", "kind: choice, choices: {}", 251, "choice", "250"),
        ("scales", "label: Green", "label: {}", 251, "label", "250"),
        (
            "rules",
            "",
            "rules: [{{id: r, when: {{action: any}}, require: action, message: {}}}]\n",
            251,
            "message",
            "250",
        ),
    ],
)
def test_texts_that_are_too_long(
    tmp_path: Path, part: str, old: str, new: str, length: int, name: str, longest: str
) -> None:
    whole = {"head": HEAD, "sections": SECTIONS, "responses": RESPONSES, "scales": SCALES, "rules": ""}[part]
    (problem,) = pointed_at(tmp_path, **{part: whole.replace(old, new.format("x" * length), 1)})
    assert problem.partition(" | ")[2] == (
        f"this {name} has {length:,} characters, and no more than {longest} can be shown in Excel: shorten it"
    )
    assert pointed_at(tmp_path, **{part: whole.replace(old, new.format("x" * (length - 1)), 1)}) == []


def test_symbol_and_label_are_shown_together(tmp_path: Path) -> None:
    scales = SCALES.replace("label: Green", f"symbol: {'x' * 10}, label: {'y' * 245}")
    assert pointed_at(tmp_path, scales=scales) == [
        "4 xxxxxxxxxx | symbol and label together have over 250 characters"
    ]


@pytest.mark.parametrize("label", ["=1", "<5", ">9", "what?", "a*b", "~"])
@pytest.mark.parametrize("name", ["label", "symbol"])
def test_points_that_formulas_cant_count(tmp_path: Path, label: str, name: str) -> None:
    new = f"label: '{label}'" if name == "label" else f"label: Green, symbol: '{label}'"
    (problem,) = pointed_at(tmp_path, scales=SCALES.replace("label: Green", new))
    assert problem.startswith(f"4 '{label}' | the {name} '{label}' starts with one of = < > or ")


def test_points_that_read_the_same(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, scales=SCALES.replace("label: Red", "label: GREEN")) == [
        "6 GREEN | two points of this scale read 'GREEN', so answers couldn't be told apart "
        "(the other is at line 4, column 24)"
    ]
