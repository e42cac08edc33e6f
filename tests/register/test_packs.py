"""Which recipients get one workbook together, and whom it goes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditkit.definition.ids import is_id
from auditkit.register import Recipient
from auditkit.register.packs import packs, problems


def school(number: int, trust: str, **extra: str) -> Recipient:
    columns = {"trust_email": "", "trust_contact": "", "trust_open_password": "", **extra}
    return Recipient(f"10000{number}", f"School {number}", extra={"trust": trust, **columns})


def test_two_with_the_same_value_are_a_pack_and_one_is_none() -> None:
    schools = [
        school(1, "Harbour Learning Trust"),
        school(2, "Fell Trust"),
        school(3, " harbour learning trust", trust_email="office@harbour.example", trust_contact="Ada Marsh"),
        school(4, ""),
        school(5, ""),
    ]
    (pack,) = packs(schools, "trust")
    assert pack.members == ("100001", "100003")
    assert pack.recipient == Recipient(
        "harbour-learning-trust",
        "Harbour Learning Trust",
        "trust of 2",
        "Ada Marsh",
        "office@harbour.example",
    )
    assert list(problems(schools, "trust")) == []
    assert packs(schools, "") == ()
    assert list(problems(schools, "")) == []


@given(st.lists(st.text(min_size=1, max_size=60), unique_by=lambda name: name.strip().casefold()))
def test_every_pack_has_an_id(names: list[str]) -> None:
    schools = [school(n, name) for n, name in enumerate([*names, *names])]
    found = packs(schools, "trust")
    assert len(found) == sum(1 for name in names if name.strip())
    assert all(is_id(pack.recipient.id) for pack in found)


@pytest.mark.parametrize(
    ("column", "schools", "said"),
    [
        ("trsut", [school(1, "A"), school(2, "A")], "has no column 'trsut'; did you mean 'trust'?"),
        (
            "trust",
            [school(n, name) for n, name in enumerate(["St. A"] * 2 + ["St A"] * 2)],
            "spell them alike",
        ),
        ("trust", [school(1, "100001"), school(2, "100001")], "which a recipient has already"),
        (
            "trust",
            [school(n, "A", trust_email=f"{n}@a.example") for n in (1, 2)],
            "trust_email: 'A' has 2 different: '1@a.example' and '2@a.example'; keep one",
        ),
        (
            "trust",
            [school(n, "A", trust_open_password=f"fell-{n}-lantern") for n in (1, 2)],
            "trust_open_password: 'A' has 2 different; keep one",
        ),
        ("trust", [school(n, "A", trust_email="office") for n in (1, 2)], "isn't an email address"),
        ("trust", [school(n, "A", trust_open_password="x") for n in (1, 2)], "trust_open_password of 'A'"),
    ],
)
def test_what_stands_in_the_way(column: str, schools: list[Recipient], said: str) -> None:
    (problem,) = problems(schools, column)
    assert said in problem
