from __future__ import annotations

import pathlib

import pytest

from auditkit.definition import forms
from auditkit.definition.model import Audit
from auditkit.errors import ProblemsError
from tests.definition.written import COVER, RESPONSES, definition, found


def load(folder: pathlib.Path, **parts: str) -> Audit:
    path = folder / "audit.yaml"
    path.write_text(definition(**parts), encoding="utf-8")
    return forms.load(path)


OWN = """\
sections:
- id: GOV
  title: Governance
  responses: {responses}
  questions: [{{id: "1.1", text: Is there a lead?}}]
"""


def test_a_whole_definition(tmp_path: pathlib.Path) -> None:
    audit = load(tmp_path)
    assert (audit.id, audit.edition, audit.groups) == ("s11", "2026.1", ("Police", "Health"))
    assert [point.score for point in audit.scale("rag").points] == [2.0, 1.0, 0.0, None]
    assert audit.scale("rag").point("na").not_applicable
    assert [question.id for _, question in audit.questions()] == ["1.1", "1.2"]
    assert audit.roll_up.bands[1].at_least == 0.5


def test_unquoted_ids_and_editions_stay_as_typed(tmp_path: pathlib.Path) -> None:
    audit = load(
        tmp_path,
        head="id: 007\ntitle: yes\nedition: 2026.10\n",
        sections="sections: [{id: 1, title: No, questions: [{id: 1.10, text: Off}]}]\n",
    )
    assert (audit.id, audit.title, audit.edition) == ("007", "yes", "2026.10")
    assert [(s.title, q.id, q.text) for s, q in audit.questions()] == [("No", "1.10", "Off")]


def test_a_single_text_is_a_list_of_one(tmp_path: pathlib.Path) -> None:
    audit = load(
        tmp_path,
        head="id: x\ntitle: X\nedition: 1\ngroups: Police\n",
        rules="rules: [{id: r, when: {rating: red}, require: action, message: Say what you will do.}]\n",
        sections="sections: "
        "[{id: a, title: A, applies_to: {group: Police}, questions: [{id: q, text: Q}]}]\n",
    )
    assert audit.groups == ("Police",)
    assert audit.rules[0].when == {"rating": ("red",)}
    assert audit.rules[0].require == ("action",)
    assert audit.sections[0].applies_to == {"group": ("Police",)}


@pytest.mark.parametrize("written", ["[action, {id: note, label: Note, kind: text}]", "action"])
def test_a_section_names_columns_of_the_audit(tmp_path: pathlib.Path, written: str) -> None:
    audit = load(tmp_path, sections=OWN.format(responses=written))
    first, *rest = audit.sections[0].responses
    assert first == audit.responses[1]
    assert [field.id for field in rest] == (["note"] if "note" in written else [])


def test_a_column_that_the_audit_hasnt(tmp_path: pathlib.Path) -> None:
    assert found(tmp_path, sections=OWN.format(responses="[rating, acton]")) == [
        "4:23 there is no response column called 'acton'; did you mean 'action'?"
    ]


def test_what_is_wrong_with_a_shared_column_is_said_where_it_stands(tmp_path: pathlib.Path) -> None:
    responses = RESPONSES.replace("kind: text", "kind: text, width: wide")
    problems = found(tmp_path, responses=responses, sections=OWN.format(responses="[action]"))
    assert problems == ["3:50 'width' must be a number, not 'wide'"]
    responses = RESPONSES.replace("kind: text", "kind: txt")
    problems = found(tmp_path, responses=responses, sections=OWN.format(responses="[action]"))
    assert problems == ["3:37 there is no kind of field called 'txt'; did you mean 'text'?"]


def test_forms_that_are_wrong_are_left_to_the_model(tmp_path: pathlib.Path) -> None:
    assert found(
        tmp_path, responses="responses: [{id: [x], label: A, kind: text}, y]\n", sections="sections: x\n"
    ) == [
        "1:18 'id' must be text, not a list",
        "1:46 item 2 of 'responses' must be settings, one a line, each as 'name: value', not 'y'",
        "2:11 'sections' must be a list, not 'x'",
    ]
    assert found(tmp_path, responses="responses: x\n", sections="sections: [x]\n") == [
        "1:12 'responses' must be a list, not 'x'",
        "2:12 item 1 of 'sections' must be settings, one a line, each as 'name: value', not 'x'",
    ]


def test_load_checks_what_it_read(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        load(tmp_path, cover=COVER.replace("person", "persn"), head="id: a b\ntitle: X\nedition: 1\n")
    assert [str(problem) for problem in caught.value.problems] == [
        "audit.yaml, line 1, column 5: 'a b' can't be an id: an id has at most 40 characters: "
        "letters, digits, '.', "
        "'-' and '_', starting with a letter or digit",
        "audit.yaml, line 5, column 43: there is no kind of field called 'persn'; did you mean 'person'?",
    ]
