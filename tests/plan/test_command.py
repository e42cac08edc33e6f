"""``auditkit plan`` as an officer uses it on day 1, and what it does to ``round.yaml``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from auditkit.cli import group
from auditkit.round import load
from tests.rounds import AUDIT, small_round

PLANS = """
plans:
  - id: review
    title: Rapid review
    starts: the day on which the Panel is notified
    steps:
      - {id: letters, what: Letters go out, who: Business unit, working_days: 1}
      - {id: back, what: Summaries come back, who: Each agency, working_days: 10, recipients: yes, deadline: yes}
  - id: practice
    title: Practice review
    starts: the day of the decision
    steps:
      - {id: out, what: The report is out, who: Partnership, months: 6}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_round(tmp_path, audit=AUDIT + PLANS).folder


def run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(group, ["plan", *options, str(folder)])


def said_by(done: Result) -> str:
    return f"{done.output}{done.exception or ''}"


def test_day_one(folder: Path) -> None:
    done = run(folder, "--from", "15/12/2026")
    assert done.exit_code == 0
    assert "Thursday 31 December 2026   Each agency: Summaries come back" in done.output
    assert "The deadline in round.yaml is Thursday 31 December 2026" in done.output
    assert "auditkit plan --of practice --from DATE" in done.output
    assert (folder / "plan.xlsx").is_file()
    assert (folder / "plan.ics").is_file()
    round_ = load(folder)
    assert round_.settings.deadline == dt.date(2026, 12, 31)
    assert round_.settings.plan is not None
    assert round_.settings.plan.starts == {"review": dt.date(2026, 12, 15)}


def test_a_day_past_the_known_holidays_is_told_on_the_screen(folder: Path) -> None:
    done = run(folder, "--from", "20/12/2027")
    assert "Note: the last day is" in done.output
    assert "one-off bank holidays after Friday 31 December 2027 weren't known" in done.output


def test_a_second_plan_and_a_closure_leave_the_rest_of_the_settings_as_they_are(folder: Path) -> None:
    path = folder / "round.yaml"
    text = path.read_text(encoding="utf-8").replace("deadline", "# The deadline.\ndeadline")
    closed = (
        "plan:\n  closed:\n    - {day: 2026-12-29, until: 2026-12-31, why: 'Offices: closed'}  # agreed\n"
    )
    path.write_bytes((text + closed).replace("\n", "\r\n").encode())
    assert run(folder, "--from", "2026-12-15").exit_code == 0
    assert "Wednesday 6 January 2027" in run(folder).output
    done = run(folder, "--of", "practice", "--from", "2027-01-12")
    assert "Monday 12 July 2027" in done.output
    before = (text + closed).replace("deadline: 2026-12-11", "deadline: 2027-01-06")
    added = "  starts:\n    review: 2026-12-15\n    practice: 2027-01-12\n"
    assert path.read_bytes().decode() == (before + added).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            (),
            "No plan of this round has begun. Rapid review starts on the day on which the Panel is notified.",
        ),
        (("--of", "practise", "--from", "2026-12-15"), "no plan 'practise'; did you mean 'practice'?"),
        (("--from", "1999-12-15"), "review can't begin then: this day is from 2000 to 2099, not 1999-12-15."),
        (("--of", "practice"), "--of goes with --from"),
        (("--from", "31/11/2026"), "does not match the formats"),
    ],
)
def test_what_is_not_understood_changes_nothing(folder: Path, options: tuple[str, ...], said: str) -> None:
    before = (folder / "round.yaml").read_bytes()
    done = run(folder, *options)
    assert done.exit_code != 0
    assert said in said_by(done)
    assert (folder / "round.yaml").read_bytes() == before
    assert not (folder / "plan.xlsx").exists()


def test_an_audit_without_plans(tmp_path: Path) -> None:
    done = run(small_round(tmp_path).folder, "--from", "2026-12-15")
    assert done.exit_code == 1
    assert "This audit has no plan" in said_by(done)


def test_check_tells_a_deadline_that_is_not_the_plans(folder: Path) -> None:
    run(folder, "--from", "2026-12-15")
    path = folder / "round.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("deadline: 2026-12-31", "deadline: 2027-01-08"))
    said = "by its plan workbooks are back on Thursday 31 December 2026, but the deadline in round.yaml is Friday 8"
    assert said in CliRunner().invoke(group, ["check", "--round", str(folder)]).output
    assert said in run(folder).output


@pytest.mark.parametrize(
    ("timing", "said"),
    [
        ("starts: {revue: 2026-12-15}", "the audit has no plan 'revue'; did you mean 'review'?"),
        ("starts: {review: 2116-12-15}", "this day is from 2000 to 2099, not 2116-12-15"),
        (
            "closed: [{day: 2026-12-31, until: 2026-12-29}]",
            "'until' is on or after 'day', and within 366 days",
        ),
        ("starts: {review: soon}", "must be a date written as year-month-day"),
    ],
)
def test_days_in_the_settings_that_cannot_be(folder: Path, timing: str, said: str) -> None:
    with (folder / "round.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"plan:\n  {timing}\n")
    done = run(folder)
    assert done.exit_code == 1
    assert said in said_by(done)
    assert "round.yaml, line 9, column" in said_by(done)


def test_a_plan_that_somebody_worked_in_is_kept(folder: Path) -> None:
    run(folder, "--from", "2026-12-15")
    assert "is kept" not in run(folder).output
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    book["Plan"]["H7"] = "sent by courier"
    book.save(folder / "plan.xlsx")
    assert "Somebody worked in the last plan, so it is kept: " in run(folder, "--from", "2026-12-16").output
    (kept,) = folder.glob("plan edited *.xlsx")
    assert openpyxl.load_workbook(kept)["Plan"]["H7"].value == "sent by courier"
    assert openpyxl.load_workbook(folder / "plan.xlsx")["Plan"]["H7"].value is None
