"""Surveys: what is wrong with how questions are answered is said where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definition import check, forms
from auditkit.definition.asked import as_asked
from auditkit.definition.model import Audit
from auditkit.definition.places import places
from auditkit.register import Recipient
from tests.rounds import AUDIT as ROUND
from tests.surveys import AUDIT


def read(folder: Path, old: str = "", new: str = "") -> tuple[Audit, list[str]]:
    assert old in AUDIT
    path = folder / "audit.yaml"
    path.write_text(AUDIT.replace(old, new, 1) if old else AUDIT, encoding="utf-8")
    audit, places = forms.read(path)
    return audit, [str(problem) for problem in check.problems(audit, places)]


def test_a_survey_needs_no_scale_and_no_response_columns(tmp_path):
    audit, problems = read(tmp_path)
    assert problems == []
    assert [section.is_survey for section in audit.sections] == [True, True]


def test_several_choices_are_asked_as_a_row_for_each(tmp_path):
    audit, _ = read(tmp_path)
    section = as_asked(audit).sections[0]
    assert [question.id for question in section.questions] == [
        *("AUD-1", "AUD-2/1", "AUD-2/2", "AUD-2/3", "AUD-3", "AUD-4", "AUD-5")
    ]
    assert [audit.fields_of(section, q)[0].choices for q in section.questions[1:4]] == [
        *(("Time",), ("Replies, late",), ("Something else",))
    ]
    assert as_asked(as_asked(audit)) == as_asked(audit)


def test_a_question_of_a_matrix_may_be_answered_in_another_way(tmp_path):
    audit, _ = read(tmp_path)
    matrix = audit.sections[1]
    assert [audit.fields_of(matrix, q)[0].kind for q in matrix.questions] == ["choice", "choice", "text"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("answer: {kind: yes_no}", "answer: {kind: yesno}", "not 'yesno'; did you mean 'yes_no'?"),
        ("other: Other", "other: Others", "'Others' isn't one of the choices; did you mean 'Other'?"),
        (
            "{kind: yes_no}",
            "{kind: yes_no, other: x}",
            "'other' is one of the choices, and a 'yes_no' has none",
        ),
        ("{kind: yes_no}", "{kind: yes_no, choices: [a, b]}", "'choices' doesn't belong to a 'yes_no' field"),
        ("{kind: yes_no}", "{kind: several}", "which needs 'choices'"),
        (", answer: {kind: yes_no}", "", "'AUD-3' has no 'answer' as other questions of its section have"),
        ("{kind: yes_no}", "{kind: yes_no}, measure: {}", "has an 'answer' or a 'measure', not both"),
        ("not_applicable: We don't", "not_applicable: Other", "can't be both 'other' and 'not_applicable'"),
        ("[Well, Badly,", "[Well, Well,", "the choice 'Well' is listed twice"),
        ("by: [group, AUD-1]", "by: [group, AUD-5]", "'AUD-5' can have any answer"),
        ("by: [group, AUD-1]", "by: [group, group]", "'group' is listed twice"),
        ("small: 3", "small: 1", "'small' must be 2 or more, not 1"),
        (
            "Can't say], not_applicable: Can't say}",
            "Can't say], not_applicable: Can't say, favourable: [Wel]}",
            "'Wel' isn't one of the choices in order; did you mean 'Well'?",
        ),
        (
            "[Well, Badly, Can't say], not_applicable: Can't say}",
            "[Well, Badly, Can't say], favourable: [Badly]}",
            "must stand together at one end",
        ),
        ("Badly, Can't say], not", "Badly, Can't say], favourable: [Well, Badly], not", "not be all of them"),
        (
            "{kind: yes_no}",
            "{kind: yes_no, favourable: [Maybe]}",
            "'Maybe' isn't one of the choices in order",
        ),
        ("maximum: 100,", "maximum: 100, favourable: [A],", "stand in no order, so none is favourable"),
        ("{id: MAT-1,", "{id: MAT-1, beside: GOV,", "it isn't known which answers are good"),
        (
            "other: Other, not_applicable: We don't}",
            "other: Other, not_applicable: We don't, favourable: [Every year]}\n        beside: GOV",
            "“other” has no place",
        ),
        (
            "  - {id: author, label: Completed by, kind: person, role: author}",
            "  - {id: a, label: A, kind: several, choices: [b, c]}",
            "is one box to tick, with one choice",
        ),
        (
            "    title: How it went\n",
            "    title: How it went\n    responses: [{id: other, label: O, kind: text}]\n",
            "has a column 'other' already",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path, old, new, said):
    assert said in " ".join(read(tmp_path, old, new)[1])


def test_answers_are_counted_by_columns_that_the_register_has(tmp_path):
    audit, _ = read(tmp_path, "by: [group, AUD-1]", "by: [regions, AUD-1]")
    people = (Recipient("P1", "Northmoor", "County", extra={"region": "North"}),)
    said = [problem.message for problem in check.problems(audit, None, people, "register.csv")]
    assert said == [
        "register.csv has no column 'regions', and no question is called so; did you mean 'region'?"
    ]


def test_an_answer_has_its_place_between_the_worst_and_the_best(tmp_path):
    """Wherever the favourable ones stand in the list, the best is at that end, and the steps are even."""
    audit, problems = read(tmp_path, "not_applicable: Can't say}", "favourable: [Can't say, Badly]}")
    assert problems == []
    answer = audit.sections[1].answer
    assert places(answer) == {"Can't say": 100, "Badly": 50, "Well": 0}
    audit, problems = read(tmp_path, "{kind: yes_no}", "{kind: yes_no, favourable: [No]}, beside: GOV")
    assert problems == []
    assert places(audit.sections[0].questions[2].answer) == {"No": 100, "Yes": 0}


def test_a_question_without_a_rating_or_choices_is_laid_beside_nothing(tmp_path):
    path = tmp_path / "audit.yaml"
    numbers = "{id: NUM-1, text: How many staff?, weight: 1, beside: GOV"
    text = ROUND.replace("{id: NUM-1, text: How much of it is in place?", numbers, 1)
    text = text.replace(
        "      - {id: share, label: Share, kind: rating, scale: score, role: rating, noun: a share}\n", ""
    )
    text = text.replace(
        "    roll_up: {rule: mean, bands: [{at_least: 60, point: most}, {at_least: 0, point: few}]}\n", ""
    )
    path.write_text(text, encoding="utf-8")
    audit, places_ = forms.read(path)
    said = " ".join(str(problem) for problem in check.problems(audit, places_))
    assert "it is neither rated nor a question of a survey" in said
