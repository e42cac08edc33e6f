from __future__ import annotations

from pathlib import Path

from auditkit.definition import ids
from tests.definition.written import HEAD, SECTIONS, pointed_at


def test_characters(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, head=HEAD.replace("s11", "s 11")) == [
        f"1 s | 's 11' can't be an id: {ids.RULE}"
    ]
    assert pointed_at(tmp_path, sections=SECTIONS.replace('"1.2"', '"1/2"')) == [
        f"6 \"1/2\" | '1/2' can't be an id: {ids.RULE}"
    ]


def test_a_question_id_is_taken_across_the_audit_whatever_its_case(tmp_path: Path) -> None:
    sections = "sections:\n- {id: A, title: A, questions: [{id: q1, text: Q}]}\n"
    sections += "- {id: B, title: B, questions: [{id: Q1, text: Q}]}\n"
    assert pointed_at(tmp_path, sections=sections) == [
        "3 Q1 | another question has the id 'Q1' already; give one of the two another id "
        "(the other is at line 2, column 38)"
    ]


def test_every_other_id_is_taken_in_its_own_list(tmp_path: Path) -> None:
    point = '{id: %s, label: %s, colour: "#000000", score: 1}'
    scales = f"scales:\n- {{id: rag, points: [{point % ('a', 'A')}, {point % ('A', 'B')}]}}\n"
    scales += f"- {{id: RAG, points: [{point % ('a', 'A')}]}}\n"
    cover = "cover:\n- {id: a, label: A, kind: text}\n- {id: A, label: B, kind: text}\n"
    responses = "responses:\n- {id: r, label: R, kind: rating, scale: rag, role: rating}\n"
    responses += "- {id: a, label: A, kind: text}\n- {id: A, label: B, kind: text}\n"
    rules = "rules: [{id: x, when: {a: any}, require: r, message: m}]\n"
    rules += "cover_rules: [{id: X, when: {a: any}, require: A, message: m}]\n"
    sections = "sections:\n- {id: A, title: A, questions: [{id: A, text: Q}]}\n"
    sections += "- {id: a, title: B, questions: [{id: B, text: Q}]}\n"
    roll_up = "roll_up: {rule: worst}\n"
    problems = pointed_at(
        tmp_path,
        scales=scales,
        cover=cover,
        responses=responses,
        rules=rules,
        sections=sections,
        roll_up=roll_up,
    )
    assert [problem.split(" has the id")[0].partition(" | ")[2] for problem in problems] == [
        "another point of this scale",
        "another scale",
        "another response column",
        "another field of the cover",
        "another rule",
        "another section",
    ]


def test_words_that_workbooks_use_themselves(tmp_path: Path) -> None:
    def said(problems: list[str]) -> list[str]:
        assert all(
            problem.endswith("means something else to auditkit: choose another id") for problem in problems
        )
        return [problem.split(" means")[0] for problem in problems]

    responses = "responses:\n- {id: Status, label: S, kind: text}\n- {id: answer, label: A, kind: text}\n"
    assert said(pointed_at(tmp_path, responses=responses)) == ["2 Status | 'Status'"]
    assert said(pointed_at(tmp_path, cover="cover: [{id: REF, label: R, kind: text}]\n")) == ["1 REF | 'REF'"]
    assert said(pointed_at(tmp_path, sections=SECTIONS.replace('"1.2"', "Ref"))) == ["6 Ref | 'Ref'"]
    scales = 'scales: [{id: rag, points: [{id: any, label: A, colour: "#000000"}]}]\n'
    roll_up = "roll_up: {rule: worst}\n"
    assert said(pointed_at(tmp_path, scales=scales, roll_up=roll_up)) == ["1 any | 'any'"]
