"""Deep dives revisited: the same cases and themes a year later, then and now in one master."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.round import Round
from tests.filling import fill
from tests.rounds import AUDIT, SETTINGS, small_round

# The small audit as one of cases; the meeting is asked about leadership only.
CASES = AUDIT.replace(
    "responses:\n",
    "cases: {case: case, agency: agency, meeting: Meeting}\n"
    "themes: [{id: lead, title: Leading}, {id: hear, title: Hearing}]\n"
    "responses:\n",
    1,
).replace("leads., good:", "leads., themes: [lead], good:")
CASES = CASES.replace("hears about it.}", "hears about it., themes: [hear]}")
REGISTER = """\
id,name,group,contact,email,case,agency
C01-POL,Police on C01,Police,Sam Oduya,police@northmoor.example,C01,Police
C01-HEA,Health on C01,Health,Kit Marlowe,health@northmoor.example,C01,Health
C01-MTG,Meeting on C01,Health,Kit Marlowe,meeting@northmoor.example,C01,Meeting
C02-HEA,Health on C02,Health,Kit Marlowe,health@northmoor.example,C02,Health
"""
GREEN, AMBER, RED = "● Green", "▲ Amber", "■ Red"


@pytest.fixture(scope="module")
def masters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the masters of two rounds: last year's, and this year's that has it beside."""
    folder = tmp_path_factory.mktemp("dives")
    then = case_round(
        folder / "then", SETTINGS.replace("small-2026", "small-2025").replace("audit\n", "audit 2025\n")
    )
    rate(then, {"C01-POL": (GREEN, RED), "C01-HEA": (AMBER, None), "C01-MTG": (RED, RED)})
    now = case_round(folder / "now", SETTINGS + "prefill: ../then\n")
    rate(now, {"C01-POL": (AMBER, AMBER), "C01-HEA": (AMBER, AMBER), "C01-MTG": (GREEN, AMBER)})
    return then.master, now.master


def case_round(folder: Path, settings: str) -> Round:
    return small_round(folder, CASES, REGISTER, settings)


def rate(round_: Round, ratings: dict[str, tuple[str | None, str | None]]) -> None:
    for recipient, (first, second) in ratings.items():
        given = {("GOV", "GOV-1", "rating"): first, ("GOV", "GOV-2", "rating"): second}
        fill(round_, recipient, {key: value for key, value in given.items() if value}, f"{recipient}.xlsx")
    collate(round_, round_.returns, as_at=dt.date(2026, 12, 18))


def lines(path: Path, sheet: str) -> list[dict[str, Any]]:
    head, *rest = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_master_alone_compares_nothing(masters: tuple[Path, Path]) -> None:
    for line in (*lines(masters[0], "By case"), *lines(masters[0], "By theme")):
        assert not any("then" in heading for heading in line)


def test_grades_then_and_now(masters: tuple[Path, Path]) -> None:
    first, second = lines(masters[1], "By case")
    # Police had Green (weighing 2) and Red, which is Amber at most by percent; the meeting two Reds.
    assert (first["Meeting's judgement"], first["Judgement then"]) == (GREEN, RED)
    assert first["Since then"].split("\n") == [
        f"Meeting: better (was {RED})",
        "the same: 2 of 3",
    ]
    assert (second["Health"], second["Judgement then"], second["Since then"]) == ("not returned", None, None)
    assert second["Police"] == "not on this case"


def test_themes_then_and_now(masters: tuple[Path, Path]) -> None:
    whole = {
        line["Theme"]: line
        for line in lines(masters[1], "By theme")
        if line["Question"] == "All its questions" and line["Agency"] == "All"
    }
    # Green is 100, Amber 50, Red nought.
    assert [whole["Leading"][key] for key in ("Asked", "Not returned", "Rated", "Strength")] == [
        *(4, 1, 3, pytest.approx(200 / 3))
    ]
    then = [(line["Rated then"], line["Strength then"], line["Change"]) for line in whole.values()]
    assert then == [(3, 50, "better"), (2, 0, "better")]


def test_an_earlier_round_that_is_gone_costs_only_the_comparison(tmp_path: Path) -> None:
    round_ = case_round(tmp_path / "now", SETTINGS)
    settings = round_.folder / "round.yaml"
    settings.write_text(SETTINGS + "prefill: ../gone\n", encoding="utf-8")
    fill(round_, "C01-POL", {("GOV", "GOV-1", "rating"): GREEN}, "police.xlsx")
    done = CliRunner().invoke(group, ["collate", str(round_.returns), "--round", str(round_.folder)])
    assert done.exit_code == 0, done.output
    assert "Nothing is shown of the earlier round" in done.output
    assert "gone" in done.output
