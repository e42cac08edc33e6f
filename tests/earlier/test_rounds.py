"""Several earlier rounds: the latest of what was said stands at each question, whatever it was called when."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.earlier import Rounds, read
from auditkit.errors import AuditkitError
from auditkit.round import Round, load
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import FROM_LAST_TIME
from tests.earlier.editions import AS_AT, EVIDENCE, NOW, TODAY, this_time
from tests.earlier.test_prefill import seen
from tests.filling import Key, fill
from tests.rounds import AUDIT, SETTINGS, small_round, workbook_of

pytestmark = pytest.mark.usefixtures("in_process")

# GOV-1 was OLD-1 then, and OLD-9 went after that year. GOV-9 of then is GOV-3 of the year after, which went too.
FIRST = (
    AUDIT.replace('"2026.1"', '"2025.1"')
    .replace("{id: GOV-1,", "{id: OLD-1,")
    .replace("{id: GOV-3,", "{id: GOV-9,")
    .replace("      - {id: GOV-2,", "      - {id: OLD-9, text: It is in the plan.}\n      - {id: GOV-2,")
)
SECOND = (
    AUDIT + 'follows:\n  edition: "2025.1"\n  questions: [{id: GOV-1, was: OLD-1}, {id: GOV-3, was: GOV-9}]\n'
    "  dropped: [OLD-9]\n"
)
IN_FIRST, IN_SECOND = "In A small audit, 2025.1:", "In A small audit, 2026.1:"
SAID_FIRST: dict[Key, object] = {
    ("GOV", "OLD-1", "rating"): "▲ Amber",
    ("GOV", "OLD-1", "evidence"): "What the chief wrote in 2025.",
    ("GOV", "OLD-9", "action"): "Put it into the plan.",
    ("GOV", "GOV-2", "rating"): "■ Red",
    ("NUM", "NUM-1", "share"): 5,
}
POLICE_FIRST: dict[Key, object] = {**SAID_FIRST, ("GOV", "GOV-9", "action"): "Train them."}
POLICE_SECOND: dict[Key, object] = {
    ("GOV", "GOV-1", "rating"): "● Green",
    ("GOV", "GOV-1", "evidence"): EVIDENCE,
    ("GOV", "GOV-3", "rating"): "● Green",
    ("GOV", "GOV-3", "evidence"): "All are trained.",
}


def earlier(folder: Path, audit: str, year: int, said: dict[str, dict[Key, object]]) -> Round:
    settings = SETTINGS.replace("small-2026", f"small-{year}").replace("2026-12-11", f"{year}-12-11")
    round_ = small_round(folder, audit, settings=settings)
    for who, answers in said.items():
        fill(round_, who, answers, f"{who}.xlsx")
    collate(round_, round_.returns, as_at=AS_AT)
    return round_


@pytest.fixture(scope="module")
def folders(in_process: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the rounds of 2025, in which both answered, and of 2026, in which only the police did."""
    top = tmp_path_factory.mktemp("rounds")
    first = earlier(top / "2025", FIRST, 2025, {"A1": POLICE_FIRST, "A2": SAID_FIRST})
    return first.folder, earlier(top / "2026", SECOND, 2026, {"A1": POLICE_SECOND}).folder


@pytest.fixture(scope="module")
def now(folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Round:
    round_ = this_time(tmp_path_factory.mktemp("now") / "2027")
    generate(round_, today=TODAY, source=read(folders, round_))
    return round_


def test_the_latest_answer_to_each_question_is_shown_with_its_round(now: Round) -> None:
    found = seen(workbook_of(now, "A1"))
    assert found["GOV-1"] == ("● Green", f"{IN_SECOND}\nReworded since last time.\nEvidence: {EVIDENCE}")
    assert found["GOV-2a"] == ("■ Red", f"{IN_FIRST}\nWas part of GOV-2 last time.")
    assert found["NUM-9"][0] == "NUM-1: 5% (Few)"
    assert str(found["NUM-9"][1]).startswith(IN_FIRST)
    assert found["NEW-1"] == ("", "New: you weren't asked this last time.")


def test_who_was_asked_two_years_ago_sees_that(now: Round) -> None:
    path = workbook_of(now, "A2")
    rating, said = seen(path)["GOV-1"]
    assert rating == "▲ Amber"
    assert said == "Was OLD-1 last time. Reworded since last time.\nEvidence: What the chief wrote in 2025."
    about = [str(cell.value) for cell in openpyxl.load_workbook(path)["Start here"]["B"]]
    assert any(text.startswith("What you said in A small audit, 2025.1 stands in grey") for text in about)


def test_open_actions_stay_in_sight_unless_a_later_round_asked_again(now: Round) -> None:
    """OLD-9 went after the first year; what became of GOV-9 was said in the second, under GOV-3."""
    sheet = openpyxl.load_workbook(workbook_of(now, "A1"))[FROM_LAST_TIME]
    rows = [row[:4] for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]]
    assert [row[0] for row in rows] == ["OLD-9"]
    assert str(rows[0][3]).startswith(f"{IN_FIRST}\nAction (open): Put it into the plan.")


def test_the_order_of_the_folders_doesnt_matter_and_nothing_else_is_issued(
    now: Round, folders: tuple[Path, Path]
) -> None:
    again = read(folders[::-1], now)
    assert isinstance(again, Rounds)
    assert set(generate(now, today=TODAY, source=again).by_recipient.values()) == {"kept"}
    said = again.known(now.recipients[0], now.audit_for(now.recipients[0]), again.own(*_first(now))).said
    assert len(said) == 8 * len({EVIDENCE, "What the chief wrote in 2025."})


def _first(round_: Round) -> tuple[object, object]:
    return round_.recipients[0], round_.audit_for(round_.recipients[0])


def test_two_rounds_of_one_edition_need_no_map(tmp_path: Path) -> None:
    both = [
        earlier(tmp_path / str(year), AUDIT, year, {who: {("GOV", "GOV-1", "rating"): "● Green"}}).folder
        for year, who in ((2025, "A1"), (2026, "A2"))
    ]
    round_ = this_time(tmp_path / "2027", AUDIT)
    source = read(both, round_)
    assert [source.shows(one) for one in round_.recipients] == [True, True]
    generate(round_, today=TODAY, source=source)
    assert [seen(workbook_of(round_, who))["GOV-1"][0] for who in ("A1", "A2")] == ["● Green"] * 2


def test_a_year_between_that_isnt_named_is_missed(folders: tuple[Path, Path], tmp_path: Path) -> None:
    round_ = this_time(tmp_path / "2027", NOW)
    with pytest.raises(AuditkitError, match=r"follows edition 2026\.1, and .* is of edition 2025\.1"):
        read(folders[:1], round_)


def test_both_are_named_on_the_command_line_and_remembered(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    round_ = this_time(tmp_path / "2027")
    words = [word for folder in folders for word in ("--prefill", str(folder))]
    run = CliRunner().invoke(group, ["generate", "--round", str(round_.folder), *words])
    assert "2 of 2 recipients said something last time" in run.output, run.output
    assert len(load(round_.folder).settings.prefill) == 2
    run = CliRunner().invoke(group, ["generate", "--round", str(round_.folder)])
    assert "2 kept as issued earlier" in run.output
