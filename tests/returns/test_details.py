"""Details that identify people: found by kind, never repeated."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.definition.content import Content
from auditkit.returns.details import (
    BIRTH,
    EMAIL,
    NAMES,
    NHS,
    PHONE,
    POSTCODE,
    UPN,
    UPN_LETTERS,
    details,
    is_nhs_number,
    is_upn,
    suspects,
)
from auditkit.returns.extract import extract
from auditkit.returns.findings import WITHHELD, shown
from auditkit.returns.sheets import marks
from auditkit.returns.validate import validate
from auditkit.returns.words import words_for
from auditkit.workbook.layout import COVER
from tests.returns.filled import AUDIT, GREEN, HEALTH, as_sheets, grids, layout_of

NOT_NAMES = words_for(Content()).not_names


def found(typed) -> list[str]:
    return details(typed, NOT_NAMES)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A pupil called Jayden was referred.", ["a child's name"]),
        ("The boy, who is named Oluwaseun Adé-Brown, was seen.", ["a child's name"]),
        ("The child's name is Róisín.", ["a child's name"]),
        ("Work with child Jayden Tiller continues.", ["a child's name"]),
        ("Jayden Tiller (aged 7) was seen at home.", ["a child's name"]),
        ("Jayden, 9 years old, was seen.", ["a child's name"]),
        ("We rang Jayden's mum the same day.", ["a child's name"]),
        ("DOB: 04/05/2014", ["a date of birth"]),
        ("He was born on 4 May 2014.", ["a date of birth"]),
        ("date of birth 2014-05-04", ["a date of birth"]),
        ("NHS 943 476 5919", ["an NHS number"]),
        ("9434765919", ["an NHS number"]),
        (9434765919.0, ["an NHS number"]),
        ("UPN H801200001001", ["a unique pupil number"]),
        ("Write to dsl@ashby.example.", ["an email address"]),
        ("Ring 01632 960221", ["a telephone number"]),
        ("Ring +44 (0)7700 900123", ["a telephone number"]),
        ("We moved to 1 High St, AB1 2DE.", ["a postcode"]),
    ],
)
def test_what_identifies_is_found_by_kind(text, kinds: list[str]) -> None:
    assert found(text) == kinds
    assert shown(text) == WITHHELD


@pytest.mark.parametrize(
    "text",
    [
        "Children aged 5 to 11 were asked; pupils aged 9 answered most.",
        "Child Protection Conference minutes, Pupil Premium report, Child A, Pupil B and their mother.",
        "Every child has a Personal Education Plan.",
        "St Mary's parents were asked. Children's parents agreed. The child's mother agreed.",
        "Women's Aid and Barnardo's mothers' group came.",
        "The policy is 3 years old. Staff aged 17 are supervised. Year 7 (aged 11).",
        "Born in 2014. The board met on 04/05/2014.",
        "943 476 5918 and 4444444444",
        "H801200001002 and ABCDEFGHIJKLM",
        "Invoice 20260912, minute 12/2026, section 11.2.3, £1,234,567",
        "KCSIE 2026, ISO 9001, GOV/26/11, version 4.10 2026",
        "See @ page 4; 50% @ May",
        True,
        dt.date(2014, 5, 4),
        12.0,
        "",
    ],
)
def test_honest_answers_are_left_alone(text) -> None:
    assert found(text) == []


def test_an_nhs_number_has_its_check_digit() -> None:
    assert is_nhs_number("943-476-5919")
    assert [n for n in range(10) if is_nhs_number(f"943476591{n}")] == [9]
    assert not is_nhs_number("943476591")
    # 401 023 213 would need a check digit of 10, which is never issued.
    assert not any(
        is_nhs_number(f"{number}{n}") for number in ("450557710",) for n in range(10) if _ten(number)
    )


def _ten(nine: str) -> bool:
    return 11 - sum(int(c) * w for c, w in zip(nine, range(10, 1, -1), strict=True)) % 11 == 10


def test_a_pupil_number_has_its_check_letter_and_may_be_temporary() -> None:
    rest = "801200001001"
    assert [letter for letter in UPN_LETTERS if is_upn(letter + rest)] == ["H"]
    assert sum(is_upn(f"{letter}80120000100A") for letter in UPN_LETTERS) == 1
    assert not is_upn("H80120000100S")
    assert not is_upn("I801200001001")
    assert not is_upn("H80120000100")


@given(st.integers(400_000_000, 499_999_999))
def test_every_number_with_a_right_check_digit_is_found(nine: int) -> None:
    good = [n for n in range(10) if is_nhs_number(f"{nine}{n}")]
    assert len(good) <= 1
    for n in good:
        text = f"{nine}{n}"
        assert found(f"ref {text[:3]} {text[3:6]} {text[6:]}.") == ["an NHS number"]


PERSONAL = st.sampled_from(
    [
        "pupil called Jayden",
        "DOB 04/05/2014",
        "943 476 5919",
        "H801200001001",
        "dsl@ashby.example",
        "01632 960221",
    ]
)


@given(
    PERSONAL,
    st.text(st.characters(codec="ascii", exclude_categories=("Cc",), exclude_characters="{}"), max_size=300),
    st.sampled_from([*layout_of().by_id["GOV"].slots, *layout_of().by_id["NUM"].slots]),
)
@settings(max_examples=150, deadline=None)
def test_a_cell_that_holds_them_has_its_text_in_no_finding(detail: str, around: str, slot) -> None:
    section = slot.row_key.split("-")[0]
    text = f"{around} {detail} {around[:5]}"
    if not found(text):  # what stands around it may hide it, as in 0943 476 5919
        return
    cells = grids({("GOV", "GOV-2", "rating"): GREEN, (section, slot.row_key, slot.column_key): text})
    name = next(name for name in cells if len(cells[name]) > 3 and cells[name][3][0] == f"auditkit:{section}")
    copied = [None, None, *[text + "!" for _ in range(2)]]
    cells[name] += [[slot.row_key, *copied[1:]], [None, None, text], ["ODD-1", None, text]]
    sheets = as_sheets(cells)
    extracted = extract("a.xlsx", marks(sheets), layout_of(), sheets)
    _, findings = validate("a.xlsx", extracted, AUDIT.for_recipient(HEALTH.row()))
    for finding in (*extracted.findings, *findings):
        assert detail not in repr(finding)
        assert finding.code not in ("child-details", "contact-details") or finding.value == ""


@pytest.mark.parametrize("pattern", [*NAMES, BIRTH, NHS, UPN, PHONE, POSTCODE, EMAIL])
@given(st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_a_pattern_finds_is_suspect_at_once(pattern, data) -> None:
    text = data.draw(st.from_regex(pattern))
    around = data.draw(st.text(max_size=5))
    assert 1 in suspects([around, text, around, 12.0])


@given(st.lists(st.one_of(PERSONAL, st.text(max_size=20), st.floats()), max_size=8))
def test_what_is_not_suspect_holds_no_details(cells) -> None:
    assert {n for n, cell in enumerate(cells) if found(cell)} <= set(suspects(cells))


def test_the_cover_may_hold_contacts_but_no_childs_number() -> None:
    def codes_of(text: str) -> list[str]:
        sheets = as_sheets(grids({(COVER, "why", "answer"): text, ("GOV", "GOV-1", "rating"): GREEN}))
        extracted = extract("a.xlsx", marks(sheets), layout_of())
        findings = validate("a.xlsx", extracted, AUDIT.for_recipient(HEALTH.row()))[1]
        return [f.code for f in findings if f.code.endswith("-details")]

    assert codes_of("Ask dsl@ashby.example or 01632 960221") == []
    assert codes_of("It is about 943 476 5919") == ["child-details"]
