from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.written import COVER, RESPONSES, pointed_at

RULE = "rules: [{id: r, when: {rating: [red, amber]}, require: [action], message: m}]\n"
FIELDS = (
    RESPONSES + "- {id: ask, label: Ask, kind: yes_no}\n- "
    "{id: state, label: State, kind: choice, choices: [Open, Done]}\n"
)


@pytest.mark.parametrize(
    "when",
    ["{rating: any}", "{ask: Yes, state: [Done, Open]}", "{action: any, rating: na}"],
)
def test_sound_rules(tmp_path: Path, when: str) -> None:
    rules = RULE.replace("{rating: [red, amber]}", when)
    assert pointed_at(tmp_path, rules=rules, responses=FIELDS) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{rating: [red, amber]}", "{}", "{} | the rule 'r' never says when it holds: fill in 'when'"),
        ("[action]", "[]", "[] | the rule 'r' asks for nothing: fill in 'require'"),
        ("rating:", "ratng:", "ratng | there is no field called 'ratng'; did you mean 'rating'?"),
        ("[action]", "[action, acton]", "acton | there is no field called 'acton'; did you mean 'action'?"),
        ("amber", "ambr", "ambr | 'ambr' isn't an answer to 'rating'; did you mean 'amber'?"),
        ("rating: [red, amber]", "ask: yes", "yes | 'yes' isn't an answer to 'ask'; did you mean 'Yes'?"),
        (
            "rating: [red, amber]",
            "state: Don",
            "Don | 'Don' isn't an answer to 'state'; did you mean 'Done'?",
        ),
        (
            "rating: [red, amber]",
            "action: red",
            "red | a rule about a 'text' field can only say 'any' (anything typed), not 'red'",
        ),
        ("[red, amber]", "[]", "[] | no answer is given here: name those that the rule is about, or 'any'"),
        ("[red, amber]", "[red, any]", "[red | 'any' stands for any answer: leave the others out"),
    ],
)
def test_a_rule(tmp_path: Path, old: str, new: str, problem: str) -> None:
    rules = RULE.replace(old, new)
    assert [p for p in pointed_at(tmp_path, rules=rules, responses=FIELDS) if p[0] == "6"] == [f"6 {problem}"]


def test_rules_of_the_cover_are_about_the_cover(tmp_path: Path) -> None:
    rules = "cover_rules: [{id: r, when: {rating: red}, require: author, message: m}]\n"
    assert pointed_at(tmp_path, rules=rules) == [
        "1 rating | there is no field called 'rating'; choose from 'author'"
    ]
    cover = COVER + "- {id: nil, label: Nil, kind: yes_no}\n"
    assert pointed_at(tmp_path, rules=rules.replace("rating: red", 'nil: "Yes"'), cover=cover) == []


def test_a_field_that_is_wrong_itself_is_said_once(tmp_path: Path) -> None:
    responses = RESPONSES.replace("scale: rag", "scale: rga")
    assert pointed_at(tmp_path, rules=RULE, responses=responses) == [
        "2 rga | there is no scale called 'rga'; did you mean 'rag'?"
    ]


def test_sections_may_define_the_same_field_differently(tmp_path: Path) -> None:
    sections = "sections: [{id: A, title: A, questions: [{id: q, text: Q}],\n"
    sections += "  responses: [{id: action, label: Action, kind: choice, choices: [Later]}]}]\n"
    rules = "rules: [{id: r, when: {action: Later}, require: action, message: m}]\n"
    assert pointed_at(tmp_path, sections=sections, rules=rules) == []
