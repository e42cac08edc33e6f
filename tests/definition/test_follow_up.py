"""What evidence is promised, and what withdraws, by an audit's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definition import check, forms
from auditkit.definition.follow_up import FollowUp
from auditkit.definition.forms import load
from tests.definition.written import definition

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
WORDS = FollowUp("Off the list", ("to follow", "will send"))


@pytest.mark.parametrize(
    ("evidence", "promised"),
    [
        ("To follow", True),
        ("Minutes of May – to follow.", True),
        ("The plan is in place. Training records: to  FOLLOW\nSee the register.", True),
        ("(will send on 3 May)", True),
        ("The flow chart says which steps to follow when a child is missing.", False),
        ("Staff follow the policy.", False),
        ("Off the list: to follow", False),
        ("", False),
        (3, False),
        (None, False),
    ],
)
def test_evidence_is_promised_where_a_sentence_begins_or_ends_so(evidence: object, promised: bool) -> None:
    assert WORDS.is_promised(evidence) is promised
    assert not FollowUp().is_promised(evidence)


def test_what_withdraws_begins_with_the_audits_word() -> None:
    assert WORDS.is_withdrawn("off the list – moved")
    assert WORDS.is_withdrawn("Train them.", "Off the list")
    assert not WORDS.is_withdrawn("It is off the list", None, 4)
    assert not WORDS.is_withdrawn("Withdrawn")
    assert FollowUp().is_withdrawn("“Withdrawn”: they have left")


def test_words_that_are_blank_are_told(tmp_path: Path) -> None:
    (tmp_path / "audit.yaml").write_text(definition() + 'follow_up: {withdrawn: "", promised: [""]}\n')
    audit, places = forms.read(tmp_path / "audit.yaml")
    told = [problem.message for problem in check.problems(audit, places)]
    assert len([message for message in told if "is empty" in message]) == 2


@pytest.mark.parametrize("name", ["section11", "section175", "early_years", "childminder"])
def test_every_ready_made_audit_has_words_of_its_own(name: str) -> None:
    follow_up = load(TEMPLATES / name / "audit.yaml").follow_up
    assert follow_up is not None
    assert follow_up.is_promised("The certificate is to follow.")
