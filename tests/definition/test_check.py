from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from auditkit.definition import check, forms
from auditkit.register import read
from tests.definition.written import definition, pointed_at

TEMPLATES = sorted((Path(__file__).parents[2] / "workbook_templates").glob("*/audit.yaml"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.parent.name)
def test_templates_are_sound(path: Path) -> None:
    audit, places = forms.read(path)
    recipients = read(path.with_name("register.csv"), audit.groups)
    assert check.problems(audit, places, recipients, "register.csv") == []


def test_everything_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    problems = pointed_at(
        tmp_path,
        head="id: s 11\ntitle: ''\nedition: 1\n",
        scales='scales:\n- {id: rag, points: [{id: a, label: "=A", colour: green, score: 0}]}\n',
        responses="responses:\n- {id: r, label: R, kind: rating, scale: lights, role: rating}\n",
        cover="cover:\n- {id: c, label: C, kind: text, role: boss}\n",
        rules="rules:\n- {id: r, when: {x: y}, require: z, message: m}\n",
        sections="sections:\n- {id: A, title: A, weight: 0, questions: []}\n",
    )
    assert [problem.split(" | ")[0] for problem in problems] == [
        "1 s",
        "2 ''",
        '5 "=A"',
        "5 green",
        "7 lights",
        "9 boss",
        "11 x",
        "11 z",
        "13 0",
        "13 []",
    ]


def test_a_definition_that_was_made_without_a_file_can_be_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "audit.yaml"
    path.write_text(definition(), encoding="utf-8")
    audit = forms.load(path)
    (problem,) = check.problems(replace(audit, id="s 11"))
    assert (problem.file, problem.place) == ("", "")
