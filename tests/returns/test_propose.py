"""Whose a held return plainly is."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.register import Recipient
from auditkit.returns.propose import _by_id, command, propose, propose_another

HOSPICE = Recipient("S11-007", "St Mary's Hospice", email="a@x.example; Lead@hospice.example")
REGISTER = (
    HOSPICE,
    Recipient("S11-001", "Northmoor Police"),
    Recipient("S11-002", "Northmoor Police and Crime Commissioner"),
    Recipient("S11-003", "Ash Primary School"),
    Recipient("S11-004", "Ashford Primary School"),
    Recipient("S11-005", "Probation Service"),
    Recipient("S11-006", "Éveil"),
    Recipient("S11-008", "IT"),
)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("St Marys Hospice return FINAL v2.xlsx", "S11-007"),
        ("St Mary's Hospise.xlsx", "S11-007"),
        ("Copy of Northmoor Police (1).xlsx", "S11-001"),
        ("Northmoor Police and Crime Commissioner audit.xlsx", "S11-002"),
        ("s11-003 x.xlsx", "S11-003"),
        ("S11-0031.xlsx", None),
        ("Ash Primary School.xlsx", "S11-003"),
        ("Ashford_Primary_School_s11.xlsx", "S11-004"),
        ("Section 11 audit 2026 probation service.xlsx", "S11-005"),
        ("eveil.xlsx", "S11-006"),
        ("IT.xlsx", None),
        ("return.xlsx", None),
        ("police return.xlsx", None),
        ("Primary School.xlsx", None),
        ("Probation Service.eml/Return.xlsx", "S11-005"),
        ("Probation Service.eml/Ash Primary School.xlsx", None),
        ("S11-003 Probation Service.xlsx", "S11-003"),
    ],
)
def test_by_the_name_of_the_file(file: str, expected: str | None) -> None:
    found = propose(REGISTER, file=file)
    assert (found.recipient.id if found else None) == expected


def who(**more) -> str:
    """Return whose a file is and by what, or nothing."""
    found = propose(REGISTER, **{"file": "a.xlsx", **more})
    return f"{found.recipient.id} by {', '.join(found.why)}" if found else ""


def test_by_an_address_or_a_name_in_its_texts() -> None:
    assert who(texts=["From lead@HOSPICE.example"]) == "S11-007 by its cover"
    assert who(texts=["St Marys Hospice", "x"]) == "S11-007 by its cover"
    assert who(texts=["nobody@x.example"]) == ""


def test_by_what_the_file_says_unless_its_name_says_otherwise() -> None:
    assert who(named="S11-007") == "S11-007 by what it says of itself"
    assert who(named="X9") == ""
    assert who(file="Probation Service.xlsx", named="S11-007") == ""
    assert who(file="S11-007.xlsx", named="S11-007") == "S11-007 by what it says of itself, its file name"


def test_by_the_address_of_who_sent_it() -> None:
    assert who(sender="Lead@Hospice.example") == "S11-007 by the sender's address"
    assert who(sender="lead@hospice.example", file="Probation Service.xlsx") == ""
    assert who(sender="nobody@elsewhere.example") == ""


def test_a_domain_supports_and_does_not_decide() -> None:
    assert who(sender="kit@hospice.example") == ""
    assert who(sender="kit@hospice.example", file="St Marys Hospice.xlsx") == (
        "S11-007 by its file name, the domain of the sender's address"
    )
    assert who(sender="kit@hospice.example", file="Probation Service.xlsx") == "S11-005 by its file name"


SHARED = (
    Recipient("T1", "Ash Primary School", email="office@trust.example"),
    Recipient("T2", "Elm Primary School", email="office@trust.example"),
    Recipient("T3", "Oak Surgery", email="oak.surgery@nhs.net"),
)


@pytest.mark.parametrize(
    ("sender", "file", "expected"),
    [
        ("office@trust.example", "a.xlsx", None),
        (
            "office@trust.example",
            "Elm Primary School.xlsx",
            ("T2", ("its file name", "the sender's address")),
        ),
        ("office@trust.example", "Oak Surgery.xlsx", None),
        ("head@trust.example", "Elm Primary School.xlsx", ("T2", ("its file name",))),
        ("somebody@nhs.net", "Oak Surgery.xlsx", ("T3", ("its file name",))),
    ],
)
def test_an_address_or_domain_that_several_share_decides_nothing(sender, file, expected) -> None:
    found = propose(SHARED, file=file, sender=sender)
    assert (found and (found.recipient.id, found.why)) == expected


def test_the_command_can_be_pasted() -> None:
    assert command("Return & plan.xlsx", "S11-007") == 'auditkit accept "Return & plan.xlsx" --as S11-007'


@pytest.mark.parametrize(
    "name",
    [
        'a" & calc & ".xlsx',
        "a$(calc).xlsx",
        "a`calc`.xlsx",
        "a%COMSPEC%.xlsx",
        "a” ; calc ; “.xlsx",
        "a!!.xlsx",
        "--why=x.xlsx",
    ],
)
def test_no_name_of_a_file_makes_the_command_another_one(name: str) -> None:
    said = command(name, "S11-007")
    assert said.startswith('auditkit accept "')
    assert said.endswith('.xlsx" --as S11-007')
    typed = said.split('"')[1]
    assert not set(typed) & set('"“”„`$%!')
    assert not typed.startswith("-")
    if sys.platform != "win32":
        printed = subprocess.run(
            ["sh", "-c", said.replace("auditkit accept", "printf '%s|%s|%s'")],
            capture_output=True,
            check=True,
        )
        assert printed.stdout.decode() == f"{typed}|--as|S11-007"


@pytest.mark.parametrize(
    ("file", "sender", "expected"),
    [
        ("Ash Primary School (S11-003).xlsx", "", "S11-003"),
        ("Copy of Northmoor Police (1).xlsx", "", "S11-001"),
        ("return.xlsx", "lead@hospice.example", "S11-007"),
        ("return.xlsx", "", None),
        ("return.xlsx", "somebody@hospice.example", None),
        ("Probation Service.xlsx", "lead@hospice.example", None),
        ("Ash Primary School for Probation Service.xlsx", "", None),
        ("Probation Service/Ash Primary School.xlsx", "", None),
        ("Ash Primary School.xlsx", "team@probation.example", None),
        ("Ash Primary School.xlsx", "chief@probation.example", None),
        ("Ash Primary School.xlsx", "lead@hospice.example", None),
        ("Primary School.xlsx", "", None),
    ],
)
def test_another_than_whose_workbook_it_is(file: str, sender: str, expected: str | None) -> None:
    own = Recipient("S11-005", "Probation Service", email="team@probation.example")
    register = [own if r.id == own.id else r for r in REGISTER]
    found = propose_another(register, own, file=file, sender=sender)
    assert (found.recipient.id if found else None) == expected


ID_LETTERS = st.sampled_from([*"sS1-_. (+/\u017f\u212aé"])


@given(st.text(ID_LETTERS, min_size=1, max_size=4), st.text(ID_LETTERS, max_size=8))
def test_an_id_is_found_as_a_word_of_its_own_and_not_in_another(own: str, around: str) -> None:
    for text in (around, own + around, around + own, f"{around} {own.upper()} {around}"):
        stands = re.search(rf"(?<![\w-]){re.escape(own)}(?![\w-])", text, re.IGNORECASE)
        is_there = own.casefold() in text.casefold()
        assert _by_id(text, (Recipient(own, ""),)) == ({own} if stands and is_there else set())
