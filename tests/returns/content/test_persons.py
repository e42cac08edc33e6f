"""Names where only role codes may stand: told by cell, never repeated, and few false alarms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditkit.definition.cases import Cases
from auditkit.definition.content import Content
from auditkit.returns.details import names_person
from auditkit.returns.extract import extract
from auditkit.returns.findings import WITHHELD, said, shown
from auditkit.returns.model import Finding
from auditkit.returns.sheets import marks
from auditkit.returns.validate import validate
from auditkit.returns.words import words_for
from auditkit.workbook.layout import COVER
from tests.returns.filled import AUDIT, GREEN, HEALTH, as_sheets, grids, layout_of

OF_CASES = replace(AUDIT, cases=Cases("case", "agency", "Meeting"))
WORDS = words_for(Content())


def findings(text: str, audit=OF_CASES, *, column: str = "evidence") -> list[Finding]:
    typed = {("GOV", "GOV-1", "rating"): GREEN, ("GOV", "GOV-1", column): text}
    sheets = as_sheets(grids(typed))
    extracted = extract("a.xlsx", marks(sheets), layout_of(), sheets)
    found = validate("a.xlsx", extracted, audit.for_recipient(HEALTH.row()))[1]
    return [finding for finding in found if finding.code == "person-named"]


@pytest.mark.parametrize(
    "text",
    [
        "We rang Mrs Tiller on 4 May and she agreed.",
        "Dr. Okonkwo wrote the report.",
        "Seen by Miss A. Adé-Brown at school.",
        "PC Lowe went to the home.",
        "Prof O'Hara came.",
        "Ms  Lindqvist came.",
        "Mrs McTiller and her son were seen.",
        "Mr MacLowe was out.",
        "Ms Órla was seen.",
        "She said: my name is Jayden.",
        "The sibling, her name is Róisín, was seen.",
    ],
)
def test_what_names_a_person_is_found_and_never_repeated(text: str) -> None:
    (finding,) = findings(text)
    words = said(finding)
    assert finding.cell
    assert finding.cell in words.to_do
    assert finding.question == "GOV-1"
    for repeated in (repr(finding), words.happened, words.to_do, words.respondent):
        assert not {"Tiller", "Okonkwo", "Brown", "Lowe", "Hara", "Jayden", "Róisín"} & set(
            repeated.replace("'", " ").split()
        )
    assert shown(text) == WITHHELD


@pytest.mark.parametrize(
    "text",
    [
        "Mother, Child A, Sibling 1, GP 1 and Midwife 1 were at the meeting.",
        "Mrs A and Dr B, PC 1 and DS 2 came. Dr GP1 wrote.",
        "The duty doctor rang. The Dr was not told. Mr. and Mrs. were called names.",
        "Miss School was told. PC Team and DC Police Section 47 work.",
        "MS Teams was used; do not miss April. MS Word crashed twice.",
        "The worker's name is on the file. Name is recorded. My name is on the list.",
        "Children's Services, Early Help Hub, Northmoor Hospital and Tarn Surgery took part.",
        "Working Together 2026, Section 47, Child Protection Conference, Core Group.",
        "",
    ],
)
def test_role_codes_and_offices_are_left_alone(text: str) -> None:
    assert not names_person(text, WORDS)
    assert findings(text or "None at all in 2026") == []


def test_other_audits_are_looked_at_only_if_they_say_so() -> None:
    text = "We rang Mrs Tiller on 4 May and she agreed."
    assert findings(text, AUDIT) == []
    assert len(findings(text, replace(AUDIT, checks=Content(names=True)))) == 1
    assert findings(text, replace(OF_CASES, checks=Content(names=False))) == []


def test_an_audit_adds_titles_introductions_and_words_that_are_no_name() -> None:
    own = replace(OF_CASES, checks=Content(titles=("Auntie",), introductions=("they call her",)))
    assert len(findings("Auntie Jo, they say, they call her Bee.", own)) == 1
    own = replace(OF_CASES, checks=Content(not_names=("Lantern",)))
    assert findings("Mr Lantern is the mascot of 2026.", own) == []


def test_fields_that_ask_for_a_person_may_hold_one() -> None:
    author = next(field for field in AUDIT.cover if field.kind == "person")
    typed = {(COVER, author.id, "answer"): "Dr Kit Marlowe", ("GOV", "GOV-1", "rating"): GREEN}
    sheets = as_sheets(grids(typed))
    extracted = extract("a.xlsx", marks(sheets), layout_of(), sheets)
    found = validate("a.xlsx", extracted, OF_CASES.for_recipient(HEALTH.row()))[1]
    assert "person-named" not in [finding.code for finding in found]
