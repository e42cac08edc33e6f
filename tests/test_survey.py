"""A survey, from its workbook to the tables: filled in, collated, every answer found, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from auditkit.collate import collate
from auditkit.round import Round, load
from auditkit.tables import rows
from tests.filling import fill
from tests.rounds import ISSUED, small_round
from tests.surveys import AUDIT, REGISTER

FULL = {
    ("AUD", "AUD-1", "answer"): "Other",
    ("AUD", "AUD-1", "other"): "Whenever we can",
    ("AUD", "AUD-2/1", "answer"): "Yes",
    ("AUD", "AUD-2/3", "answer"): "x",
    ("AUD", "AUD-2/3", "other"): "The weather",
    ("AUD", "AUD-3", "answer"): "No",
    ("AUD", "AUD-4", "answer"): 12,
    ("AUD", "AUD-5", "answer"): "Nothing else",
    ("MAT", "MAT-1", "answer"): "Well",
    ("MAT", "MAT-2", "answer"): "Can't say",
}


@pytest.fixture
def survey(tmp_path: Path) -> Round:
    return small_round(tmp_path, AUDIT, REGISTER)


def returned(survey: Round, answers: Mapping[tuple[str, str, str], Any], **more: Any) -> Any:
    fill(survey, "P1", answers, "p1.xlsx", **more)
    return collate(load(survey.folder), survey.returns, as_at=ISSUED)


def answers_of(collated: Any) -> dict[tuple[str, str], Any]:
    wanted = ("question_id", "field_id", "value")
    return {(question, field): value for question, field, value in rows(collated.tables.answers, *wanted)}


def findings_of(collated: Any) -> list[str]:
    return [code for (code,) in rows(collated.tables.findings, "code")]


def test_every_answer_is_found_and_a_choice_in_its_own_words(survey):
    found = answers_of(returned(survey, FULL))
    assert found["AUD-2/1", "answer"] == "Time"
    assert found["AUD-2/3", "answer"] == "Something else"
    rest = {(row, column): value for (_, row, column), value in FULL.items() if "/" not in row}
    assert {place: found[place] for place in rest} == rest
    assert found["AUD-2/3", "other"] == "The weather"
    assert len(found) == len(FULL)


def test_a_return_is_whole_if_of_several_choices_one_is_chosen(survey):
    standing = dict(rows(returned(survey, FULL).tables.recipients, "recipient_id", "standing"))
    assert standing == {"P1": "returned", "P2": "not returned"}


def test_nothing_chosen_of_several_is_one_question_open(survey):
    some = {place: value for place, value in FULL.items() if not place[1].startswith("AUD-2")}
    collated = returned(survey, some)
    (said,) = [said for code, said in rows(collated.tables.findings, "code", "what") if code == "unanswered"]
    assert "AUD-2" in said
    assert "AUD-2/1" not in said


def test_other_needs_words(survey):
    some = {place: value for place, value in FULL.items() if place[2] != "other"}
    said = [said for code, said in rows(returned(survey, some).tables.findings, "code", "what")]
    assert sum("needs a few words on what it is" in each for each in said) == 2


def test_what_is_no_choice_is_kept_and_asked_about(survey):
    typed = {**FULL, ("AUD", "AUD-2/2", "answer"): "maybe", ("MAT", "MAT-1", "answer"): "So-so"}
    collated = returned(survey, typed)
    assert findings_of(collated).count("not-in-list") == 2
    assert answers_of(collated)["AUD-2/2", "answer"] == "maybe"


def test_choices_put_in_another_order_after_issue_change_no_answer(survey):
    fill(survey, "P1", FULL, "p1.xlsx")
    changed = AUDIT.replace(
        '[Time, "Replies, late", Something else]', '["Replies, late", Time, Something else]'
    )
    (survey.folder / "audit.yaml").write_text(changed, encoding="utf-8")
    collated = collate(load(survey.folder), survey.returns, as_at=ISSUED)
    found = answers_of(collated)
    # What was ticked stands there in its own words, not understood where another choice stands now.
    assert found["AUD-2/1", "answer"] == "Yes"
    assert "no-longer-offered" in findings_of(collated)
    usable = dict(rows(collated.tables.answers, "question_id", "usable"))
    assert usable["AUD-2/1"] == "No"
