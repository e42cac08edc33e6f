"""Every ready-made audit: sound, worded throughout, and with a sample register and made-up answers that fit it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from auditkit.definition.checks.applicability import unmatched
from auditkit.definition.model import Audit
from auditkit.demo.returns import _bank
from auditkit.register import Recipient
from auditkit.round import Round, load
from auditkit.templates import names
from scripts.docs import ROOT, TEMPLATES


@pytest.fixture(scope="module", params=names())
def round_(request: pytest.FixtureRequest) -> Round:
    return load(TEMPLATES / str(request.param))


@pytest.fixture(scope="module")
def bank(round_: Round) -> Any:
    return _bank(round_.folder.name)


def asked(audit: Audit, recipient: Recipient) -> set[str]:
    return {question.id for _, question in audit.for_recipient(recipient.row()).questions()}


def test_every_question_is_worded_in_full(round_: Round) -> None:
    questions = [question for _, question in round_.audit.questions()]
    texts = [text for q in questions for text in (q.good, *q.descriptors.values())]
    assert [text for text in texts if text and not text.endswith((".", "?"))] == []
    assert [text for text, n in Counter(q.text for q in questions).items() if n > 1] == []
    for section, question in round_.audit.questions():
        scale = round_.audit.scale_of(section)
        if scale is not None:
            assert question.text.endswith("."), question.id
            assert question.good, question.id
            assert {*question.descriptors} in (set(), {p.id for p in scale.ranked}), question.id


def test_everybody_that_a_condition_names_is_in_the_sample_register(round_: Round) -> None:
    rows = [recipient.row() for recipient in round_.recipients]
    assert unmatched(round_.audit, rows) == []
    every = [asked(round_.audit, recipient) for recipient in round_.recipients]
    assert set().union(*every) == {question.id for _, question in round_.audit.questions()}
    for section, question in round_.audit.questions():
        if any((section.applies_to, section.except_for, question.applies_to, question.except_for)):
            assert not all(question.id in one for one in every), f"{question.id} is asked of all"


def test_nobody_in_the_samples_could_be_real(round_: Round) -> None:
    addresses = [recipient.email for recipient in round_.recipients] + [round_.settings.contact_email]
    assert [address for address in addresses if address and not address.endswith(".example")] == []


def test_made_up_answers_fit_the_questions(round_: Round, bank: Any) -> None:
    audit = round_.audit
    assert sum(kind["share"] for kind in bank["personas"]) == 100
    assert set(bank.get("cover", {})) <= {field.id for field in audit.cover}
    for section in audit.sections:
        scale = audit.scale_of(section)
        if scale is None:
            continue
        texts, roles = bank["sections"][section.id], {field.role for field in audit.responses_of(section)}
        assert {"evidence", "weak_evidence", *(roles & {"improvement", "action"})} <= set(texts)
        for kind in bank["personas"]:
            assert set(kind.get("ratings", {})) <= {point.id for point in scale.points}
    measured = {question.id for _, question in audit.questions() if question.measure}
    assert set(bank.get("numbers", {})) <= measured


def test_no_two_ready_made_audits_share_an_id() -> None:
    """What is carried from one audit into another follows ids."""
    ids = Counter(q.id for name in names() for _, q in load(TEMPLATES / name).audit.questions())
    assert [key for key, n in ids.items() if n > 1] == []


def test_the_guide_says_how_to_begin_with_it(round_: Round) -> None:
    guide = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "officer").glob("*.md"))
    assert f"auditkit new {round_.folder.name} " in guide


SCHOOLS = {
    "Mill Lane Primary School": {"no": "SIX BRD COL", "yes": "NUR EHE ATT"},
    "Tarndale School": {"no": "NUR BRD COL", "yes": "SIX"},
    "Larkspur Nursery School": {"no": "EHE SIX", "yes": "NUR"},
    "Northmoor Abbey School": {"no": "NUR COL", "yes": "BRD SIX"},
    "Northmoor College": {"no": "EHE NUR SIX BRD", "yes": "COL"},
}
# Questions that only some types of school are asked: what it says, and of whom.
BY_TYPE = {
    "governing body itself": {"Maintained school"},
    "scheme of delegation": {"Academy"},
    "The proprietor makes sure": {"Independent school"},
    "prohibition from teaching": {
        "Maintained school",
        "Academy",
        "Independent school",
        "Non-maintained special school",
        "Alternative provision",
    },
    "The corporation": {"Further education college"},
    "before a child starts and delays": {"Alternative provision"},
}


def test_a_school_is_asked_what_fits_it() -> None:
    round_ = load(TEMPLATES / "section175")
    by_name = {recipient.name: recipient for recipient in round_.recipients}
    for name, expected in SCHOOLS.items():
        sections = {section.id for section in round_.audit_for(by_name[name]).sections}
        assert sections.isdisjoint(expected["no"].split())
        assert sections.issuperset(expected["yes"].split())
    for words, types in BY_TYPE.items():
        ids = {q.id for _, q in round_.audit.questions() if re.search(words, q.text)}
        assert len(ids) == 1, words
        assert {r.group for r in round_.recipients if ids <= asked(round_.audit, r)} == types


def test_the_audit_of_schools_is_as_large_as_it_should_be() -> None:
    audit = load(TEMPLATES / "section175").audit
    assert len(audit.sections) >= 14
    assert sum(1 for _ in audit.questions()) >= 90


def test_early_years_has_a_long_form_and_a_short_one_and_childminders_a_plain_one() -> None:
    early_years, childminder = (load(TEMPLATES / name) for name in ("early_years", "childminder"))
    sizes = {
        (form, recipient.group): sum(
            q.measure is None for _, q in early_years.audit_for(recipient).questions()
        )
        for recipient in early_years.recipients
        if (form := recipient.extra["form"])
    }
    assert all(20 <= size <= 25 for (form, _), size in sizes.items() if form == "short")
    assert all(60 <= size <= 66 for (form, _), size in sizes.items() if form == "long")
    assert sum(not section.is_numbers for section in early_years.audit.sections) >= 9
    short = next(r for r in early_years.recipients if r.extra["form"] == "short")
    weights = {q.weight for s, q in early_years.audit_for(short).questions() if not s.is_numbers}
    assert weights == {1, 2}
    alone = next(r for r in childminder.recipients if r.group == "Childminder")
    assert 30 <= sum(q.measure is None for _, q in childminder.audit_for(alone).questions()) <= 36
    assert [f.role for f in childminder.audit.cover if f.role.startswith("signoff")] == [
        "signoff_name",
        "signoff_date",
    ]
