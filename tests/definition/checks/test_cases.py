"""Cases: the register says which case and agency a workbook is about; what it doesn't say is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definition import check, forms
from auditkit.errors import ProblemsError
from auditkit.register import Recipient
from tests.definition.written import definition

CASES = "cases: {case: case, agency: agency, meeting: Meeting}\n"


def problems(folder: Path, cases: str = CASES, recipients: tuple[Recipient, ...] | None = None) -> list[str]:
    path = folder / "audit.yaml"
    path.write_text(definition() + cases, encoding="utf-8")
    audit, places = forms.read(path)
    return [str(problem) for problem in check.problems(audit, places, recipients, "register.csv")]


def on(case: str, agency: str, number: int = 1) -> Recipient:
    return Recipient(f"R{number}", "Somebody", group="Health agency", extra={"case": case, "agency": agency})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("case: case", 'case: ""', "this case is empty: name the column"),
        ("meeting: Meeting", 'meeting: " "', "this meeting is empty: write what stands for the meeting"),
        ("agency: agency", "agency: Case", "case and agency name the same column of the register"),
    ],
)
def test_what_is_said_of_cases_is_whole(tmp_path, old, new, said):
    assert said in "\n".join(problems(tmp_path, CASES.replace(old, new, 1)))


def test_a_setting_that_is_spelt_otherwise(tmp_path):
    with pytest.raises(ProblemsError, match="did you mean 'case'"):
        problems(tmp_path, CASES.replace("{case:", "{cas:"))


def test_a_register_that_says_case_and_agency_is_sound(tmp_path):
    assert problems(tmp_path, recipients=(on("C01", "Police", 1), on("C01", "Meeting", 2))) == []


def test_a_register_without_the_column_is_told(tmp_path):
    one = Recipient("R1", "Somebody", group="Health agency", extra={"case": "C01", "agencies": "Police"})
    assert (
        "register.csv has no column 'agency'; did you mean 'agencies'?"
        in problems(tmp_path, recipients=(one,))[-1]
    )


def test_who_has_no_case_and_who_is_on_one_twice_is_told(tmp_path):
    rows = (on("", "Police", 1), on("C02", "Police", 2), on("C02", "Police", 3))
    found = "\n".join(problems(tmp_path, recipients=rows))
    assert "register.csv doesn't say the case ('case') of R1: fill it in" in found
    assert "register.csv has 2 rows of 'Police' on the case 'C02': keep one" in found


def test_capitals_and_spaces_make_no_other_case_or_agency(tmp_path):
    """The master takes them for the same, and would show one of the two workbooks only."""
    rows = (on("C02", "Early Help", 1), on("c02", "early  help", 2), on("C03", "early help", 3))
    (found,) = problems(tmp_path, recipients=rows)
    assert found.endswith("register.csv has 2 rows of 'Early Help' on the case 'C02': keep one")
