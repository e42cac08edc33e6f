from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import auditkit
from auditkit.fields import KINDS
from auditkit.returns.findings import CATALOGUE, SEVERITIES, SHOWN, said, severity, shown
from auditkit.returns.model import Finding

SOURCE = Path(auditkit.__file__).parent
TESTS = Path(__file__).parents[1]


def test_codes_are_their_own_keys_and_severities_are_known() -> None:
    for code, entry in CATALOGUE.items():
        assert entry.code == code
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert entry.severity in SEVERITIES


def test_no_two_findings_share_a_code() -> None:
    words = "".join(p.read_text(encoding="utf-8") for p in (SOURCE / "returns" / "catalogue").glob("*.py"))
    assert words.count("    Entry(\n") == len(CATALOGUE)


NUMBERS = ("count", "total", "filled", "counted", "read", "kept", "more", "fewer")


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_a_number_of_one_reads_well(entry) -> None:
    for text in (entry.happened, entry.to_do, entry.respondent):
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        filled = text.format_map({name: "1" if name in NUMBERS else "x" for name in names})
        # No noun or verb may come to agree with the number.
        assert not re.search(r"\b1 (?!of 1\b|against\b|here\b|there\b|counted\b|read\b)[a-z]", filled)


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)
def test_every_finding_is_in_plain_whole_sentences(entry) -> None:
    for text in (entry.happened, entry.to_do, entry.respondent):
        assert text.endswith((".", "?"))
        assert "  " not in text
        assert [name for _, name, _, _ in string.Formatter().parse(text) if name == ""] == []
    assert not entry.title.endswith(".")


def test_every_code_that_a_kind_of_field_gives_is_in_the_catalogue() -> None:
    for module in Path(KINDS["text"].__file__).parent.glob("*.py"):  # type: ignore[attr-defined]
        code = module.read_text(encoding="utf-8")
        for given in re.findall(r'(?:Parsed|Read)\([^()]*"([a-z-]+)"', code):
            assert given in CATALOGUE, given


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_finding_is_given_by_the_code_and_tested(code: str) -> None:
    given = [p for p in (SOURCE / "returns").rglob("*.py") if p.parent.name != "catalogue"]
    given += (SOURCE / "guard").glob("*.py")
    given += (SOURCE / "fields").glob("*.py")
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in given)
    tests = [p for p in TESTS.rglob("test_*.py") if p.name != Path(__file__).name]
    assert any(f'"{code}"' in path.read_text(encoding="utf-8") for path in tests)


def test_sentences_are_filled_from_the_finding() -> None:
    words = said(
        Finding(
            "near-miss", "a.xlsx", "S", "B2", "GOV-1", "{green}", (("field", "Rating"), ("read", "Green"))
        )
    )
    assert words.severity == "note"
    assert words.happened == "Rating: “{green}” isn't spelt as in the list; it was read as “Green”."
    assert words.respondent.startswith("At GOV-1 (Rating) we read “{green}” as “Green”")


def test_an_unknown_code_or_missing_data_is_a_bug() -> None:
    with pytest.raises(KeyError):
        severity(Finding("nonsense", "a.xlsx"))
    with pytest.raises(KeyError):
        said(Finding("not-a-workbook", "a.xlsx"))


def test_what_was_typed_is_cut_to_a_length_that_a_report_can_show() -> None:
    assert shown(12.0) == "12"
    assert shown("x" * SHOWN) == "x" * SHOWN
    assert shown("x" * 30_000) == "x" * (SHOWN - 1) + "…"
