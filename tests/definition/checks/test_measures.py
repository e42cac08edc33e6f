"""Measures: what is wrong with sections of numbers is said where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditkit.definition import check, forms
from auditkit.definition.asked import as_asked
from auditkit.definition.model import Audit
from auditkit.register import Recipient
from auditkit.round import notes
from tests.definition.written import definition
from tests.numbers import AUDIT as SCHOOLS
from tests.numbers import REGISTER
from tests.rounds import ISSUED, small_round

NUMBERS = """\
measures: {totals_by: [group], small: 5}
sections:
- id: NUM
  title: Numbers
  questions:
  - {id: N-1, text: Pupils, measure: {unit: pupils, census: 2026-10-01, not_collected: no}}
  - {id: N-2, text: Boys, measure: {unit: pupils, census: 2026-10-01, subset_of: N-1}}
  - {id: N-3, text: Girls, measure: {unit: pupils, census: 2026-10-01}}
  - {id: N-4, text: Boys and girls, measure: {unit: pupils, census: 2026-10-01, sum_of: [N-2, N-3]}}
  - {id: N-5, text: Share of boys, measure: {kind: percent, period: This year, ratio_of: [N-2, N-1]}}
  - {id: N-6, text: Last check, measure: {kind: date, minimum: 2024-09-01, required: no}}
"""


def read(folder: Path, sections: str = NUMBERS) -> tuple[Audit, list[str]]:
    path = folder / "audit.yaml"
    path.write_text(definition(sections=sections), encoding="utf-8")
    audit, places = forms.read(path)
    return audit, [problem.message for problem in check.problems(audit, places)]


def test_a_section_of_measures_is_sound(tmp_path):
    audit, problems = read(tmp_path)
    assert problems == []
    (section,) = audit.sections
    assert [f.id for f in audit.responses_of(section)] == ["value", "not_collected", "comment"]
    kinds = [audit.fields_of(section, question)[0].kind for question in section.questions]
    assert kinds == ["whole_number"] * 4 + ["percent", "date"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("measure: {unit: pupils, census: 2026-10-01}}", "weight: 1}", "has no 'measure' as other questions"),
        ("kind: percent", "kind: percentage", "a measure is one of"),
        ("subset_of: N-1", "subset_of: N-9", "no question of a section of numbers is called 'N-9'"),
        ("subset_of: N-1", "subset_of: N-2", "'N-2' names itself"),
        ("subset_of: N-1", "subset_of: N-6", "'N-6' is a 'date'"),
        ("sum_of: [N-2, N-3]", "sum_of: N-2", "a sum is of two"),
        ("ratio_of: [N-2, N-1]", "ratio_of: N-2", "the part, then the whole"),
        ("ratio_of: [N-2, N-1]", "sum_of: [N-2, N-1]", "'sum_of' is for a measure of kind"),
        ("ratio_of: [N-2, N-1]", "tolerance: 2", "'tolerance' belongs to"),
        ("period: This year", "start: 2026-01-01", "'start' and 'end' come together"),
        ("period: This year", "start: 2026-02-01, end: 2026-01-01", "'start' is after 'end'"),
        ("period: This year", "period: This year, census: 2026-01-01", "leave only one"),
        ("minimum: 2024-09-01", "minimum: 7", "'minimum' of a date"),
        ("small: 5", "small: 1", "'small' must be 2 or more"),
        ("[group]", "[group, group]", "'group' is listed twice"),
        ("small: 5", "not_collected: ''", "one line of at most 100"),
        ("ratio_of: [N-2, N-1]", "ratio_of: [N-2, N-1], tolerance: -1", "'tolerance' can't be below 0"),
        (
            "unit: pupils, census: 2026-10-01, subset_of: N-1",
            "kind: percent, subset_of: N-1",
            "can't be compared",
        ),
        ("unit: pupils, census: 2026-10-01, not", f"unit: {'x' * 101}, not", "this unit must be one line"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, old, new, said):
    assert old in NUMBERS
    _, problems = read(tmp_path, NUMBERS.replace(old, new))
    assert said in " ".join(problems)


def test_columns_of_its_own_must_be_others(tmp_path):
    own = "  responses: [rating, {id: unit, label: Unit, kind: text}]\n  questions:"
    _, problems = read(tmp_path, NUMBERS.replace("  questions:", own))
    assert any("isn't rated" in said for said in problems)
    assert any("has a column 'unit' already" in said for said in problems)


def test_an_audit_can_do_without_numbers(tmp_path):
    audit, problems = read(tmp_path, NUMBERS.replace("{totals_by", "{ask: no, totals_by"))
    assert problems == []
    assert as_asked(audit).sections == ()


def test_totals_are_by_columns_that_the_register_has(tmp_path):
    audit, _ = read(tmp_path, NUMBERS.replace("[group]", "[group, phases]"))
    schools = (Recipient("S1", "Wexley Primary", "Police", extra={"phase": "primary"}),)
    said = [problem.message for problem in check.problems(audit, None, schools, "register.csv")]
    assert said == ["register.csv has no column 'phases'; did you mean 'phase'?"]


def test_numbers_of_a_day_of_last_years_edition_are_noted(tmp_path):
    round_ = small_round(tmp_path / "round", SCHOOLS.replace("2026-10-01", "2025-10-02"), REGISTER)
    (said,) = [note for note in notes(round_, ISSUED) if "last time's edition" in note]
    assert said.startswith(
        "the numbers N-1, N-2, N-3, N-4, N-5, N-6 and N-9 are for 2 October 2025, more than"
    )
    assert said.endswith("11 December 2026: is that still the day of last time's edition?")
    within = small_round(tmp_path / "within", SCHOOLS.replace("2026-10-01", "2025-12-11"), REGISTER)
    assert not [note for note in notes(within, ISSUED) if "last time's edition" in note]


def test_numbers_of_a_day_after_the_deadline_are_noted(tmp_path):
    round_ = small_round(tmp_path / "round", SCHOOLS.replace("2026-10-01", "2027-10-01"), REGISTER)
    assert [note for note in notes(round_, ISSUED) if "after the deadline" in note] == [
        "the numbers N-1, N-2, N-3, N-4, N-5, N-6 and N-9 are for a day after the deadline in round.yaml"
    ]
