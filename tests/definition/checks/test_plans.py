from __future__ import annotations

from pathlib import Path

import pytest

from tests.definition.written import pointed_at

PLANS = """\
plans:
- id: review
  title: The review
  starts: the day of the decision
  steps:
  - {id: letters, what: Letters go out, who: Us, working_days: 0}
  - {id: back, what: Workbooks come back, who: Each agency, working_days: 10, after: letters, deadline: yes}
  - {id: report, what: The report is out, who: Us, months: 6}
"""


def test_a_sound_plan(tmp_path: Path) -> None:
    assert pointed_at(tmp_path, plans=PLANS) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            ", months: 6",
            "",
            "{id | the step 'report' doesn't say when it is due: give it 'working_days' or 'months'",
        ),
        (
            "working_days: 10",
            "working_days: 10, months: 1",
            "months | this step has 'working_days' and 'months': leave only one of them (the other is at line 7, column 75)",
        ),
        ("working_days: 0", "working_days: -1", "-1 | 'working_days' is from 0 to 750, not -1"),
        ("months: 6", "months: 0", "0 | 'months' is from 1 to 36, not 0"),
        ("after: letters", "after: report", "report | no step before this one is called 'report'"),
        (
            "after: letters",
            "after: leters",
            "leters | no step before this one is called 'leters'; did you mean",
        ),
        ("months: 6", "months: 6, deadline: yes", "yes | a round has one deadline, and another step is it"),
        ("id: back", "id: Letters", "Letters | another step of this plan has the id 'Letters' already"),
        ("what: Letters go out", 'what: ""', '"" | this what is empty: write something'),
        ("starts: the day of the decision", "starts: |-\n    a\n    b", "this starts has a line break in it"),
    ],
)
def test_what_is_wrong_with_a_plan(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in PLANS
    (found,) = pointed_at(tmp_path, plans=PLANS.replace(old, new))
    assert problem in found


def test_a_plan_without_steps(tmp_path: Path) -> None:
    (found,) = pointed_at(tmp_path, plans="plans: [{id: review, title: T, starts: S, steps: []}]\n")
    assert "the plan 'review' has no step: give it one or take it out" in found
