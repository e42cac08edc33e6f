from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definition import forms
from auditkit.definition.checks.follows import unknown
from tests.definition.written import HEAD, definition, pointed_at

FOLLOWS = """\
follows:
  edition: "2025.1"
  questions:
  - {id: "1.1", was: ["1.1", "0.9"]}
  - {id: "1.2", was: "1.1"}
  fields: {self: rating}
  points: {rag: {blue: green}}
  dropped: "0.8"
"""


def test_sound(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, head=FOLLOWS + HEAD) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('edition: "2025.1"', 'edition: ""', '"" | this edition is empty: write which edition this one'),
        ("2025.1", "2026.1", '"2026.1" | an edition can\'t follow itself'),
        ('{id: "1.2"', '{id: "1.3"', "\"1.3\" | there is no question called '1.3' here"),
        ('{id: "1.2"', '{id: "1.1"', "\"1.1\" | what '1.1' was is said already"),
        ('["1.1", "0.9"]', '["0.9", "0.9"]', "\"0.9\" | '0.9' is listed twice"),
        ('["1.1", "0.9"]', '["1.1", "0.8"]', "\"0.8\" | '0.8' is dropped, but '1.1' continues it: choose"),
        ("self: rating", "self: ratng", "ratng | there is no response column called 'ratng'"),
        ("rag:", "rga:", "rga | there is no scale called 'rga'; did you mean 'rag'?"),
        ("blue: green", "blue: green, Blue: amber", "Blue | 'blue' and 'Blue' differ in capitals alone"),
        ("self: rating", "self: rating, Self: action", "Self | 'self' and 'Self' differ in capitals alone"),
        ("blue: green", "blue: gren", "gren | the scale 'rag' has no point 'gren'; did you mean 'green'?"),
    ],
)
def test_whats_wrong_with_it(tmp_path: Path, old: str, new: str, problem: str) -> None:
    (found,) = pointed_at(tmp_path, head=FOLLOWS.replace(old, new) + HEAD)
    assert found.split(" ", 1)[1].startswith(problem)


def test_an_id_thats_used_again_must_be_explained(tmp_path: Path) -> None:
    head = 'follows:\n  edition: "1"\n  questions: [{id: "1.2", was: "1.1"}]\n'
    (found,) = pointed_at(tmp_path, head=head + HEAD)
    assert found == (
        "3 \"1.1\" | '1.2' continues '1.1', and a question here has that id too: add {id: 1.1, was: 1.1} if "
        "it continues it as well, or {id: 1.1, was: []} if it is new"
    )
    more = head.replace('"1.1"}', '"1.1"}, {id: "1.1", was: []}')
    assert pointed_at(tmp_path, head=more + HEAD) == []


def test_an_id_thats_dropped_and_used_again_must_be_explained(tmp_path: Path) -> None:
    head = 'follows: {edition: "1", dropped: "1.1"}\n'
    (found,) = pointed_at(tmp_path, head=head + HEAD)
    assert found.startswith("1 \"1.1\" | '1.1' is dropped, but a question here has that id")
    more = head.replace("dropped", 'questions: [{id: "1.1", was: []}], dropped')
    assert pointed_at(tmp_path, head=more + HEAD) == []


def test_whats_named_of_the_other_audit_must_be_there(tmp_path: Path) -> None:
    path = tmp_path / "audit.yaml"
    path.write_text(definition(head=FOLLOWS + HEAD), encoding="utf-8")
    audit = forms.load(path)
    assert audit.follows
    assert [issue.message.split(" of 'Section 11 audit' ")[1] for issue in unknown(audit, audit.follows)] == [
        "has no question '0.9'; choose from '1.1', '1.2'",
        "has no question '0.8'; choose from '1.1', '1.2'",
        "has no response column 'self'; choose from 'rating', 'action'",
        "has a point 'blue'; choose from 'green', 'amber', 'red', 'na'",
    ]
