"""A workbook that shows what was said last time: each answer at its question, whatever became of that."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.earlier import read
from auditkit.earlier.beside import TOO_LONG, TOO_TALL
from auditkit.errors import AuditkitError, ProblemsError
from auditkit.round import Round
from auditkit.tables import rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import COVER, FROM_LAST_TIME, LAST_SAID, LAST_TIME
from tests.earlier.editions import (
    AS_AT,
    EVIDENCE,
    NOW,
    POLICE,
    TODAY,
    last_time,
    prefilled,
    this_time,
)
from tests.filling import fill
from tests.rounds import AUDIT, REGISTER, SETTINGS, small_round, workbook_of

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.fixture(scope="module")
def before(in_process: None, tmp_path_factory: pytest.TempPathFactory) -> Round:
    return last_time(tmp_path_factory.mktemp("earlier") / "2026")


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory, before: Round) -> Round:
    """The round of this time, issued."""
    round_ = this_time(tmp_path_factory.mktemp("now") / "2027")
    prefilled(round_, before)
    return round_


def seen(path: Path) -> dict[str, tuple[str | None, str | None]]:
    """What a respondent sees beside each question: the rating of last time, and what was said."""
    found = {}
    for sheet in openpyxl.load_workbook(path):
        headers = [cell.value for cell in sheet[5]]
        if LAST_SAID.header in headers:
            rated, told = (headers.index(c.header) if c.header in headers else None for c in LAST_TIME)
            assert told is not None
            for row in sheet.iter_rows(min_row=6, values_only=True):
                found[str(row[0])] = (row[rated] if rated is not None else None, row[told])
    return found


def test_each_answer_stands_beside_the_question_that_continues_it(now: Round) -> None:
    found = seen(workbook_of(now, "A1"))
    action = "Action (open): Put it on the agenda of each quarter.\nDue date: 31/03/2027; Progress: Started, not done"
    assert found == {
        "GOV-1": ("● Green", f"Reworded since last time.\nEvidence: {EVIDENCE}"),
        "GOV-2a": ("▲ Amber", f"Was part of GOV-2 last time.\n{action}"),
        "GOV-2b": ("▲ Amber", f"Was part of GOV-2 last time.\n{action}"),
        "NEW-1": ("", "New: you weren't asked this last time."),
        "NUM-9": (
            "NUM-1: 65% (Most)\nNUM-2: 20% (Few)",
            "Was NUM-1 and NUM-2 last time.\nNUM-1: Staff: 120; Trained: 50%",
        ),
    }


def test_open_actions_of_removed_questions_dont_vanish(now: Round) -> None:
    sheet = openpyxl.load_workbook(workbook_of(now, "A1"))[FROM_LAST_TIME]
    row = [cell.value for cell in sheet[6]]
    said = "Action (open): Train the officers of the night shift.\nDue date: 31/01/2027"
    assert row == ["GOV-3", "Officers are trained.", "■ Red", said]
    assert all(cell.protection.locked for cells in sheet.iter_rows() for cell in cells)


def test_who_did_not_return_is_told_so_and_gets_the_plain_workbook(now: Round) -> None:
    book = openpyxl.load_workbook(workbook_of(now, "A2"))
    assert seen(workbook_of(now, "A2")) == {}
    said = "We have no return of yours from A small audit, 2026.1, so nothing of last time stands beside the questions."
    assert said in [cell.value for cell in book["Start here"]["B"]]


def test_whom_the_rota_left_out_last_time_isnt_told_that_it_sent_nothing(now: Round, before: Round) -> None:
    earlier = read([before.folder], now)
    asked = {who: standing for who, standing in earlier.standing.items() if who != "A2"}
    unasked = next(r for r in now.recipients if r.id == "A2")
    ((_, told),) = replace(earlier, standing=asked).own(unasked, now.audit_for(unasked)).about
    assert told.startswith("You weren't asked in A small audit, 2026.1")


def test_what_was_said_is_locked_and_answers_are_blank(now: Round) -> None:
    sheet = openpyxl.load_workbook(workbook_of(now, "A1"))["1 Leadership"]
    headers = [cell.value for cell in sheet[5]]
    for column in LAST_TIME:
        assert sheet.cell(6, headers.index(column.header) + 1).protection.locked
    answer = sheet.cell(6, headers.index("Rating") + 1)
    assert (answer.value, answer.protection.locked) == (None, False)


def test_the_digest_of_what_is_asked_is_the_same(now: Round) -> None:
    audit = now.audit_for(now.recipients[0])
    assert layout_for(audit, LAST_TIME).digest == layout_for(audit).digest


def answered(round_: Round, name: str = "now.xlsx", **over: str) -> dict[str, object]:
    """Fill in the police's workbook, with something typed over what is locked; return what is in the tables."""
    layout = layout_for(round_.audit_for(round_.recipients[0]), LAST_TIME)
    answers: dict[tuple[str, str, str], object] = {
        ("GOV", "GOV-1", "rating"): "■ Red",
        ("GOV", "GOV-1", "evidence"): "Nobody reports since the chief left.",
        ("NUM", "NUM-9", "share"): 5,
    }
    path = fill(round_, "A1", answers, name, layout=layout)
    if over:
        book = openpyxl.load_workbook(path)
        block = layout.by_id["GOV"]
        for key, text in over.items():
            book[block.sheet].cell(6, block.col(key) + 1, text)
        book.save(path)
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    path.unlink()
    return {
        "answers": {(q, f): v for q, f, v in rows(tables.answers, "question_id", "field_id", "value")},
        "findings": list(tables.findings["code"]),
        "notes": list(rows(tables.notes, "question_id", "note")),
    }


def test_what_is_shown_is_neither_answer_nor_note(now: Round) -> None:
    found = answered(now)
    assert found["answers"] == {
        ("GOV-1", "rating"): "■ Red",
        ("GOV-1", "evidence"): "Nobody reports since the chief left.",
        ("NUM-9", "share"): 5,
    }
    assert found["notes"] == []
    assert not {"unknown-sheet", "wording-altered"} & set(found["findings"])


def test_what_somebody_types_over_it_is_kept_as_a_note(now: Round) -> None:
    found = answered(now, last_said="This was wrong: nobody reported.", last_rating="● Green")
    assert found["notes"] == [("GOV-1", "This was wrong: nobody reported.")]


def test_a_workbook_that_is_kept_made_again_or_issued_again_shows_the_same(
    tmp_path: Path, before: Round
) -> None:
    round_ = this_time(tmp_path / "2027")
    prefilled(round_, before)
    path = workbook_of(round_, "A1")
    content = path.read_bytes()
    assert prefilled(round_, before).by_recipient == {"A1": "kept", "A2": "kept"}
    path.unlink()
    assert prefilled(round_, before).by_recipient == {"A1": "restored", "A2": "kept"}
    assert path.read_bytes() == content
    prefilled(round_, before, again=["A1"])
    assert seen(workbook_of(round_, "A1")) == seen(path)
    # Without it they aren't what would be issued today.
    assert set(generate(round_, today=TODAY, dry_run=True).by_recipient.values()) == {"last time changed"}


def test_whose_answers_changed_since_holds_an_outdated_workbook(tmp_path: Path) -> None:
    earlier = last_time(tmp_path / "2026")
    round_ = this_time(tmp_path / "2027")
    prefilled(round_, earlier)
    fill(earlier, "A1", {**POLICE, ("GOV", "GOV-1", "evidence"): "A new text."}, "later.xlsx", 60)
    collate(earlier, earlier.returns, as_at=AS_AT)
    assert prefilled(round_, earlier).by_recipient == {"A1": "last time changed", "A2": "kept"}
    assert prefilled(round_, earlier, again_outdated=True).ids("issued") == ("A1",)
    assert "A new text." in str(seen(workbook_of(round_, "A1"))["GOV-1"])


def test_who_was_told_that_nothing_came_holds_an_outdated_workbook_once_that_is_wrong(tmp_path: Path) -> None:
    earlier = last_time(tmp_path / "2026")
    round_ = this_time(tmp_path / "2027")
    prefilled(round_, earlier)
    fill(earlier, "A2", {(COVER, "nil_return", "answer"): "Yes"}, "nil.xlsx")
    collate(earlier, earlier.returns, as_at=AS_AT)
    assert prefilled(round_, earlier).by_recipient == {"A1": "kept", "A2": "last time changed"}


def test_who_goes_on_under_another_id_sees_what_it_said(tmp_path: Path, before: Round) -> None:
    register = REGISTER.replace("sector\n", "sector,predecessor\n").replace("Public\n", "Public,A1\n")
    round_ = this_time(tmp_path / "2027", register=register.replace("A1,Northmoor", "B1,Wexley"))
    prefilled(round_, before)
    path = workbook_of(round_, "B1")
    assert EVIDENCE in str(seen(path)["GOV-1"])
    about = [cell.value for cell in openpyxl.load_workbook(path)["Start here"]["B"]]
    assert any("What Northmoor Police said in A small audit, 2026.1" in str(text) for text in about)


def test_two_that_became_one_are_both_shown(tmp_path: Path) -> None:
    earlier = last_time(tmp_path / "2026")
    fill(earlier, "A2", {("GOV", "GOV-1", "rating"): "■ Red"}, "a2.xlsx")
    collate(earlier, earlier.returns, as_at=AS_AT)
    register = "id,name,group,predecessor\nB1,Both,Health,A1; A2\n"
    round_ = this_time(tmp_path / "2027", register=register)
    prefilled(round_, earlier)
    rated, _ = seen(workbook_of(round_, "B1"))["GOV-1"]
    assert rated == "Northmoor Police: ● Green\nSt Mary's Hospice: ■ Red"


def test_columns_that_the_officer_leaves_out_arent_shown(tmp_path: Path, before: Round) -> None:
    round_ = this_time(tmp_path / "2027", settings=f"{SETTINGS}prefill_without: [evidence]\n")
    prefilled(round_, before)
    assert seen(workbook_of(round_, "A1"))["GOV-1"] == ("● Green", "Reworded since last time.")
    wrong = this_time(tmp_path / "wrong", settings=f"{SETTINGS}prefill_without: [evidense]\n")
    with pytest.raises(AuditkitError, match=r"'evidense'.*did you mean 'evidence'"):
        read([before.folder], wrong)


def test_a_return_that_repeats_last_time_is_a_finding(tmp_path: Path) -> None:
    texts = [f"In month {n} the board read the report of the lead." for n in range(5)]
    long = {("GOV", f"GOV-{n}", column): texts[n] for n in (1, 2) for column in ("evidence", "action")}
    earlier = last_time(tmp_path / "2026", long)
    round_ = this_time(tmp_path / "2027")
    prefilled(round_, earlier)
    layout = layout_for(round_.audit_for(round_.recipients[0]), LAST_TIME)
    same = {
        ("GOV", "GOV-1", "evidence"): texts[1].upper(),
        ("GOV", "GOV-1", "action"): texts[1],
        ("GOV", "GOV-2b", "evidence"): texts[2],
    }
    told = {}
    for name, answers in {"two": dict(list(same.items())[:2]), "three": same}.items():
        path = fill(round_, "A1", answers, f"{name}.xlsx", layout=layout)
        tables = collate(round_, round_.returns, as_at=AS_AT).tables
        told[name] = [
            what for code, what in rows(tables.findings, "code", "what") if code == "same-text-again"
        ]
        path.unlink()
    said = "Texts that are word for word those of last time: 3 of 3. See GOV-1 and GOV-2b."
    assert told == {"two": [], "three": [said]}


@pytest.mark.parametrize(
    ("audit", "said"),
    [
        (
            NOW.replace("id: small", "id: other").replace(NOW[NOW.index("follows:") :], ""),
            "asks the audit 'small'",
        ),
        (NOW.replace('edition: "2026.1"', 'edition: "2025"'), "follows edition 2025"),
        (NOW.replace("dropped: [GOV-3]", "dropped: [GOV-9]"), "no question 'GOV-9'"),
    ],
)
def test_another_audit_is_refused(tmp_path: Path, before: Round, audit: str, said: str) -> None:
    with pytest.raises((AuditkitError, ProblemsError), match=said):
        read([before.folder], this_time(tmp_path / "2027", audit=audit))


def test_a_round_that_cant_be_read_is_refused_in_plain_words(tmp_path: Path, before: Round) -> None:
    round_ = this_time(tmp_path / "2027")
    for folder, said in ((tmp_path, "isn't a round"), (round_.folder, "this round itself")):
        with pytest.raises(AuditkitError, match=said):
            read([folder], round_)
    copy = tmp_path / "copy"
    shutil.copytree(before.folder, copy)
    table = copy / "master" / "answers.parquet"
    for content in (b"", b"PAR1", table.read_bytes()[:-200]):
        table.write_bytes(content)
        with pytest.raises(AuditkitError, match=r"answers\.parquet is damaged"):
            read([copy], round_)
    shutil.rmtree(copy / "master")
    with pytest.raises(AuditkitError, match="Collate it first"):
        read([copy], round_)
    with (copy / "round.yaml").open("a", encoding="utf-8") as file:
        file.write("master_password: larkspur-fell\n")
    with pytest.raises(AuditkitError, match="take master_password out"):
        read([copy], round_)


def test_long_texts_are_shown_whole_or_it_is_said_where_the_rest_is(tmp_path: Path) -> None:
    texts = {"GOV-1": "Sentence. " * 90, "GOV-2": "Sentence. " * 300, "GOV-3": "Sentence. " * 3000}
    said = {("GOV", question, "evidence"): text for question, text in texts.items()}
    opened = {("GOV", "GOV-3", "action"): "Train them."}
    earlier = last_time(tmp_path / "2026", {**said, **opened})
    round_ = this_time(tmp_path / "2027")
    prefilled(round_, earlier)
    path = workbook_of(round_, "A1")
    found = {question: str(told) for question, (_, told) in seen(path).items()}
    assert f"Evidence: {texts['GOV-1'].strip()}" in found["GOV-1"]
    assert TOO_TALL not in found["GOV-1"]
    assert found["GOV-2a"].startswith(TOO_TALL)
    assert f"Evidence: {texts['GOV-2'].strip()}" in found["GOV-2a"]
    left = str(openpyxl.load_workbook(path)[FROM_LAST_TIME]["D6"].value)
    assert left.startswith(TOO_TALL)
    assert left.endswith(TOO_LONG)
    assert len(left) > 16_000
    assert answered(round_)["notes"] == []


def test_numbers_of_last_time_stand_there_with_unit_and_day(tmp_path: Path) -> None:
    section = """\
  - id: CNT
    title: Counts
    questions:
      - {id: CNT-1, text: Pupils on roll, measure: {unit: pupils, census: 2025-10-01}}
      - {id: CNT-2, text: Pupils with a plan, measure: {unit: pupils, census: 2025-10-01}}
roll_up:
  rule: mean"""
    with_numbers = AUDIT.replace("roll_up:\n  rule: mean", section, 1)
    earlier = small_round(tmp_path / "2026", with_numbers)
    fill(
        earlier,
        "A1",
        {("CNT", "CNT-1", "value"): 312, ("CNT", "CNT-2", "not_collected"): "Not collected"},
        "a.xlsx",
    )
    collate(earlier, earlier.returns, as_at=AS_AT)
    round_ = this_time(tmp_path / "2027", with_numbers.replace("2025-10", "2026-10"))
    prefilled(round_, earlier)
    found = seen(workbook_of(round_, "A1"))
    assert found["CNT-1"] == (None, "312 pupils (on 1 October 2025)")
    assert found["CNT-2"] == (None, "Not collected")


def test_the_screen_says_from_whom_there_is_nothing(tmp_path: Path, before: Round) -> None:
    round_ = this_time(tmp_path / "2027")
    command = ["generate", "--prefill", str(before.folder), "--dry-run", "--round", str(round_.folder)]
    said = CliRunner().invoke(group, command).output
    silent = [one for one in round_.recipients if not read([before.folder], round_).shows(one)]
    assert silent
    count = f"{len(round_.recipients) - len(silent)} of {len(round_.recipients)} recipients said something last time"
    assert count in said
    assert f"nothing from {silent[0].name} ({silent[0].id})" in said


def test_check_says_that_it_is_shown_or_why_it_cant_be(tmp_path: Path, before: Round) -> None:
    round_ = this_time(tmp_path / "2027", settings=f"{SETTINGS}prefill: {before.folder}\n")
    said = CliRunner().invoke(group, ["check", "--round", str(round_.folder)])
    assert f"What was said in {before.folder} is shown" in said.output
    gone = this_time(tmp_path / "gone", settings=f"{SETTINGS}prefill: ../nowhere\n")
    failed = CliRunner().invoke(group, ["check", "--round", str(gone.folder)])
    assert "isn't a round" in str(failed.exception)


def test_what_somebody_types_on_the_sheet_from_last_time_is_kept_as_a_note(
    tmp_path: Path, before: Round
) -> None:
    round_ = this_time(tmp_path / "2027")
    prefilled(round_, before)
    layout = layout_for(round_.audit_for(round_.recipients[0]), LAST_TIME)
    path = fill(round_, "A1", {("GOV", "GOV-1", "rating"): "■ Red"}, "a1.xlsx", layout=layout)
    book = openpyxl.load_workbook(path)
    book[FROM_LAST_TIME]["E6"] = "The night shift was trained in May."
    book.save(path)
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    assert list(tables.notes["note"]) == ["The night shift was trained in May."]
    (round_.private / "shown.json").write_text("[1", encoding="utf-8")
    assert len(collate(round_, round_.returns, as_at=AS_AT).tables.notes) == 0
