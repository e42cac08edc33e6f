from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definition import forms
from auditkit.definition.content import Subset
from tests.definition.written import RESPONSES, definition, pointed_at

FIELDS = (
    RESPONSES + "- {id: staff, label: Staff, kind: whole_number}\n- {id: trained, label: T, kind: decimal}\n"
)
FIRST = "checks:\n  "


def found(folder: Path, checks: str) -> list[str]:
    return pointed_at(folder, responses=FIELDS, rules=FIRST + checks + "\n")


@pytest.mark.parametrize(
    "checks",
    [
        "{thin_words: 6, same_percent: 75, off: [thin-evidence], allow: yes indeed}",
        "subsets: [{part: trained, whole: staff, message: Some are.}]",
    ],
)
def test_sound_checks(tmp_path: Path, checks: str) -> None:
    assert found(tmp_path, checks) == []


@pytest.mark.parametrize(
    ("checks", "problem"),
    [
        ("thin_words: 0", "'thin_words' must be 1 or more"),
        ("same_percent: 0", "'same_percent' must be more than 0 and at most 100"),
        ("shared_percent: 101", "'shared_percent' must be more than 0 and at most 100"),
        (
            "subsets: [{part: traned, whole: staff}]",
            "there is no number called 'traned'; did you mean 'trained'?",
        ),
        (
            "subsets: [{part: staff, whole: action}]",
            "there is no number called 'action'; choose from 'staff', 'trained'",
        ),
        ("off: [thin-evidense]", "thin-evidence"),
    ],
)
def test_checks_that_can_never_work(tmp_path: Path, checks: str, problem: str) -> None:
    (only,) = found(tmp_path, checks)
    assert problem in only


def test_a_part_and_its_whole_stand_in_one_row_or_are_both_named(tmp_path: Path) -> None:
    path = tmp_path / "audit.yaml"
    path.write_text(definition(responses=FIELDS), encoding="utf-8")
    question = next(question.id for _, question in forms.load(path).questions())
    mixed = f"subsets: [{{part: {question}.trained, whole: staff}}]"
    assert "must both be columns" in found(tmp_path, mixed)[0]
    named = f"subsets: [{{part: {question}.trained, whole: {question}.staff}}]"
    assert found(tmp_path, named) == []


def test_the_settings_reach_the_audit(tmp_path: Path) -> None:
    path = tmp_path / "audit.yaml"
    text = definition(responses=FIELDS, rules=FIRST + "subsets: [{part: trained, whole: staff}]\n")
    path.write_text(text, encoding="utf-8")
    assert forms.load(path).checks.subsets == (Subset("trained", "staff"),)
