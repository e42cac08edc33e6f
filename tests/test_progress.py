"""Progress through the year: issued, filled in, laid over the audit, in the trail and in the master."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit import decide
from auditkit.cli import group
from auditkit.collate import Collated, collate
from auditkit.earlier import position
from auditkit.errors import AuditkitError
from auditkit.master.sheets import FOLLOWED
from auditkit.round import Round, load
from auditkit.tables import OVERALL, rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import Outcomes, generate
from auditkit.workbook.issue_progress import generate_progress
from auditkit.workbook.layout import COVER, PROGRESS, SO_FAR
from auditkit.workbook.log import read_log
from tests.apps.libreoffice import LibreOffice
from tests.earlier.editions import POLICE
from tests.filling import Key, fill
from tests.rounds import AUDIT, small_round, workbook_of

AS_AT = dt.date(2027, 6, 1)
TODAY = dt.date(2027, 3, 1)
GOV = PROGRESS + "GOV"
FIRST: dict[Key, object] = {
    (COVER, "author", "answer"): "Robin Achebe",
    (GOV, "GOV-2", "rating"): "● Green",
    (GOV, "GOV-2", "progress"): "Done",
    (GOV, "GOV-3", "action"): "Train all officers, not only those of the night shift.",
}
SECOND: dict[Key, object] = {
    (COVER, "author", "answer"): "Sam Oduya",
    (GOV, "GOV-3", "rating"): "▲ Amber",
    (GOV, "GOV-3", "due"): dt.date(2027, 9, 30),
}
CHANGES = [
    ("Robin Achebe", "GOV-2", "Rating", "▲ Amber", "● Green", "p1.xlsx"),
    ("Robin Achebe", "GOV-2", "Progress", "Started, not done", "Done", "p1.xlsx"),
    (
        *("Robin Achebe", "GOV-3", "Action", "Train the officers of the night shift."),
        *("Train all officers, not only those of the night shift.", "p1.xlsx"),
    ),
    ("Sam Oduya", "GOV-3", "Rating", "■ Red", "▲ Amber", "p2.xlsx"),
    ("Sam Oduya", "GOV-3", "Due date", dt.date(2027, 1, 31), dt.date(2027, 9, 30), "p2.xlsx"),
]
WHAT = ("who", "question_id", "field", "old", "new", "file")


def followed(round_: Round, **how: object) -> Outcomes:
    return generate_progress(round_, position(round_), today=TODAY, **how)  # type: ignore[arg-type]


def send(round_: Round, answers: dict[Key, object], name: str, time: float = 1000) -> Path:
    """Fill in the progress workbook that the police got last."""
    form = position(round_).form(next(r for r in round_.recipients if r.id == "A1"))
    assert form is not None
    return fill(round_, "A1", answers, name, time, layout_for(form, SO_FAR))


def collated(round_: Round) -> Collated:
    return collate(round_, round_.returns, as_at=AS_AT, jobs=1)


def trail_of(result: Collated, *wanted: str) -> list[tuple[object, ...]]:
    return list(rows(result.tables.trail, *(wanted or WHAT)))


def outcomes(result: Collated) -> dict[str, str]:
    return dict(rows(result.tables.returns, "file", "outcome"))


def shown(result: Collated) -> dict[str, object]:
    """Return the ratings of the police as the master shows them."""
    return {
        q: s for r, q, s in rows(result.tables.ratings, "recipient_id", "question_id", "shown") if r == "A1"
    }


def codes(result: Collated, file: str) -> set[str]:
    return {code for name, code in rows(result.tables.findings, "file", "code") if name == file}


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a round with two progress returns of Northmoor Police; the hospice returned nothing."""
    round_ = small_round(tmp_path_factory.mktemp("progress") / "2026")
    fill(round_, "A1", POLICE, "a1.xlsx")
    collated(round_)
    assert followed(round_).by_recipient == {"A1": "issued", "A2": "no return"}
    send(round_, FIRST, "p1.xlsx", 1000)
    send(round_, SECOND, "p2.xlsx", 2000)
    return round_.folder


@pytest.fixture(scope="module")
def known(returned: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Round, Collated]:
    """Return the same round, collated."""
    folder = tmp_path_factory.mktemp("collated") / "round"
    shutil.copytree(returned, folder)
    return load(folder), collated(load(folder))


@pytest.fixture
def again(known: tuple[Round, Collated], tmp_path: Path) -> Round:
    """Return a copy of it to work in."""
    shutil.copytree(known[0].folder, tmp_path / "round")
    return load(tmp_path / "round")


def test_a_progress_workbook_carries_what_isnt_good_yet(returned: Path) -> None:
    book = openpyxl.load_workbook(workbook_of(load(returned), "A1"))
    sheet = book["1 Leadership"]
    found = {row[0]: row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]}
    assert list(found) == ["GOV-2", "GOV-3"]
    headers = [cell.value for cell in sheet[5]]
    rating, said = (headers.index(column.header) for column in SO_FAR)
    assert found["GOV-2"][rating] == "▲ Amber"
    assert "Action (open): Put it on the agenda of each quarter." in str(found["GOV-2"][said])
    assert headers[said + 1 :] == ["Rating", "Evidence", "Action", "Due date", "Progress", "Still needed"]
    first = {cell.value for row in book["Start here"].iter_rows() for cell in row}
    assert any("Withdrawn" in str(text) for text in first)


def test_what_a_progress_return_answers_holds_now(known: tuple[Round, Collated]) -> None:
    round_, result = known
    assert outcomes(result) == {"a1.xlsx": "accepted", "p1.xlsx": "progress", "p2.xlsx": "progress"}
    assert (result.counts.files, result.counts.progress, result.counts.returned) == (3, 2, 1)
    now = shown(result)
    assert (now["GOV-1"], now["GOV-2"], now["GOV-3"]) == ("● Green", "● Green", "▲ Amber")
    actions = {q: rest for q, *rest in rows(result.tables.actions, "question_id", "due", "overdue")}
    assert actions["GOV-3"] == [dt.date(2027, 9, 30), "No"]
    assert "action-overdue" not in codes(result, "a1.xlsx")
    assert trail_of(result) == CHANGES
    assert set(result.tables.trail["counts"]) == {"Yes"}
    book = openpyxl.load_workbook(round_.master)
    assert [cell.value for cell in book["Trail"][2]][2] == "Robin Achebe"
    headers, *lines = book["Progress by section"].iter_rows(values_only=True)
    by_section = {line[0]: dict(zip(headers, line, strict=True)) for line in lines}
    assert list(by_section) == ["Overall", "Leadership", "Numbers"]
    leadership = by_section["Leadership"]
    assert [leadership[name] for name in ("Recipients", "Better", "Worse", "Not good yet, now")] == [
        1,
        1,
        0,
        1,
    ]


def test_the_position_at_the_start_stands_beside_the_one_now(known: tuple[Round, Collated]) -> None:
    names = ("section_id", "rating_start", "rating_now", "change", "to_do_start", "to_do_now", "open_start")
    found = {r[0]: r[1:] for r in rows(known[1].tables.progress, *names, "open_now", "done", "changes")}
    assert found["GOV"] == ("▲ Amber", "● Green", "better", 2, 1, 2, 1, 1, 5)
    assert found["NUM"] == ("Few", "Few", "same", 1, 1, 0, 0, 0, 0)
    assert found[OVERALL][3:] == (3, 2, 2, 1, 1, 5)


def test_collating_again_changes_nothing(again: Round) -> None:
    before = again.master.read_bytes(), (again.folder / "trail.jsonl").read_bytes()
    collated(again)
    assert (again.master.read_bytes(), (again.folder / "trail.jsonl").read_bytes()) == before


def test_a_plain_round_has_nothing_of_it(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "plain")
    fill(round_, "A1", POLICE, "a1.xlsx")
    result = collated(round_)
    assert not {sheet.NAME for sheet in FOLLOWED} & set(openpyxl.load_workbook(round_.master).sheetnames)
    assert not (round_.folder / "trail.jsonl").exists()
    assert len(result.tables.progress) == len(result.tables.trail) == 0


def test_the_next_one_shows_what_was_said_since(again: Round) -> None:
    assert followed(again).by_recipient["A1"] == "issued"
    assert followed(again).by_recipient["A1"] == "kept"
    sheet = openpyxl.load_workbook(workbook_of(again, "A1"))["1 Leadership"]
    assert [row[0] for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]] == ["GOV-3"]
    workbook_of(again, "A1").unlink()
    assert followed(again, dry_run=True).by_recipient["A1"] == "restored"
    assert followed(again, only=["A1"]).by_recipient == {"A1": "restored"}
    # The audit's workbook is still the one that generate keeps, and the next issue has a number of its own.
    assert generate(again, today=TODAY).by_recipient["A1"] == "kept"
    generate(again, again=["A1"], today=TODAY)
    assert [(e.issue, e.kind) for e in read_log(again) if e.recipient_id == "A1"] == [
        *((1, ""), (2, "progress"), (3, "progress"), (4, "")),
    ]


def test_what_is_left_empty_changes_nothing_and_a_withdrawn_action_is_closed(again: Round) -> None:
    followed(again)
    send(again, {}, "p3.xlsx", 3000)
    send(again, {(GOV, "GOV-3", "action"): "withdrawn: they have all left"}, "p4.xlsx", 4000)
    result = collated(again)
    assert len(result.tables.trail) == len(CHANGES) + 1
    assert codes(result, "p3.xlsx") == {"progress-laid"}
    (overall,) = [r for r in rows(result.tables.progress) if r.section_id == OVERALL]
    assert (overall.open_now, overall.done, overall.withdrawn, overall.overdue) == (0, 1, 1, 0)
    assert followed(again, only=["A1"]).by_recipient == {"A1": "issued"}  # its rating isn't good yet


PROMISING = AUDIT + "follow_up: {withdrawn: Off the list, promised: [to follow, will send]}\n"
PROMISED = "Board minutes of May: to follow."


@pytest.fixture
def promising(tmp_path: Path) -> Round:
    """Return a round in which the police promised evidence at a question that is good."""
    round_ = small_round(tmp_path / "promising", PROMISING)
    fill(round_, "A1", {**POLICE, ("GOV", "GOV-1", "evidence"): PROMISED}, "a1.xlsx")
    collated(round_)
    followed(round_)
    return round_


@pytest.mark.parametrize("said", ["The minutes of 3 May, item 4.", "Off the list - the board was dissolved"])
def test_evidence_that_was_promised_is_asked_again_until_it_is_given_or_withdrawn(
    promising: Round, said: str
) -> None:
    def asked() -> list[str]:
        form = position(promising).form(promising.recipients[0])
        return [question.id for _, question in form.questions()] if form else []

    assert asked() == ["GOV-1", "GOV-2", "GOV-3", "NUM-2"]
    sheet = openpyxl.load_workbook(workbook_of(promising, "A1"))["1 Leadership"]
    assert f"Evidence: {PROMISED}" in [cell.value for cell in sheet["E"]]
    send(promising, {(GOV, "GOV-1", "evidence"): "Sorry. Will send them next week."}, "p2.xlsx", 2000)
    collated(promising)
    assert asked()[0] == "GOV-1"
    followed(promising)
    send(promising, {(GOV, "GOV-1", "evidence"): said}, "p3.xlsx", 3000)
    result = collated(promising)
    assert asked() == ["GOV-2", "GOV-3", "NUM-2"]
    assert [row[-1] for row in trail_of(result, "question_id", "new")][-1] == said
    (overall,) = [r for r in rows(result.tables.progress) if r.section_id == OVERALL]
    assert (overall.promised_start, overall.promised_now) == (1, 0)


def test_what_withdraws_is_data_and_may_be_a_choice(tmp_path: Path) -> None:
    choices = PROMISING.replace("Done], closed: Done", "Done, Off the list], closed: [Done, Off the list]")
    round_ = small_round(tmp_path / "r", choices)
    fill(round_, "A1", {**POLICE, ("GOV", "GOV-2", "progress"): "Off the list"}, "a1.xlsx")
    collated(round_)
    followed(round_)
    first = {c.value for row in openpyxl.load_workbook(workbook_of(round_, "A1"))["Start here"] for c in row}
    assert any("type Off the list in its place" in str(text) for text in first)
    send(round_, {(GOV, "GOV-3", "action"): "Off the list: they have left"}, "p1.xlsx", 1000)
    result = collated(round_)
    (overall,) = [r for r in rows(result.tables.progress) if r.section_id == OVERALL]
    assert (overall.open_start, overall.open_now, overall.withdrawn, overall.overdue) == (1, 0, 2, 0)
    assert set(result.tables.actions["overdue"]) == {"No"}


def test_rules_between_columns_hold_for_what_is_so_now(promising: Round) -> None:
    """Green needs evidence, Red an action and a date; what was said before counts, blank isn't missing."""

    def needed(result: Collated) -> list[tuple[object, ...]]:
        found = rows(result.tables.findings, "file", "question", "code", "what")
        return [(file, question, what) for file, question, code, what in found if code == "rule-broken"]

    assert needed(collated(promising)) == []
    send(
        promising,
        {(GOV, "GOV-1", "rating"): "■ Red", (GOV, "GOV-2", "rating"): "■ Red"},
        "p1.xlsx",
        1000,
    )
    said = "A Red or Amber rating needs an action and a date. Not given: an action and a due date."
    assert needed(collated(promising)) == [("a1.xlsx", "GOV-1", said)]
    mended = {(GOV, "GOV-1", "action"): "Name one.", (GOV, "GOV-1", "due"): dt.date(2027, 9, 1)}
    send(promising, mended, "p2.xlsx", 2000)
    assert needed(collated(promising)) == []
    send(promising, {(GOV, "GOV-3", "rating"): "● Green"}, "p3.xlsx", 3000)
    assert [question for _, question, _ in needed(collated(promising))] == ["GOV-3"]


def test_what_cant_be_used_changes_nothing(again: Round) -> None:
    followed(again)
    send(again, {(GOV, "GOV-3", "rating"): "much better"}, "p3.xlsx", 3000)
    result = collated(again)
    assert trail_of(result) == CHANGES
    assert "not-in-list" in codes(result, "p3.xlsx")


def test_copies_count_once_and_the_order_is_that_of_saving(again: Round) -> None:
    shutil.copy(again.returns / "p1.xlsx", again.returns / "z.xlsx")
    (again.returns / "p2.xlsx").rename(again.returns / "0.xlsx")
    result = collated(again)
    assert outcomes(result)["z.xlsx"] == "superseded"
    assert codes(result, "z.xlsx") == {"identical-duplicate"}
    assert [row[:-1] for row in trail_of(result)] == [row[:-1] for row in CHANGES]


def test_without_the_audits_return_it_waits(again: Round) -> None:
    (again.returns / "a1.xlsx").unlink()
    result = collated(again)
    assert outcomes(result) == {"p1.xlsx": "held", "p2.xlsx": "held"}
    assert "progress-alone" in codes(result, "p1.xlsx")
    # What was once in the trail stays, and says that it doesn't count.
    assert trail_of(result) == CHANGES
    assert set(result.tables.trail["counts"]) == {"No"}


def test_an_audits_return_that_is_saved_later_is_asked_about(again: Round) -> None:
    generate(again, again=["A1"], today=TODAY)
    fill(again, "A1", POLICE, "a2.xlsx", 1500)
    result = collated(again)
    assert outcomes(result)["a1.xlsx"] == "superseded"
    assert "progress-before-return" in codes(result, "p1.xlsx") - codes(result, "p2.xlsx")


def test_one_that_nobody_knows_is_never_taken_for_the_audit(again: Round) -> None:
    """Its hidden sheet has gone, and its reference with it; the officer says whose it is."""
    book = openpyxl.load_workbook(again.returns / "p2.xlsx")
    del book["_auditkit"]
    for row in book["Start here"].iter_rows():
        for cell in row:
            if str(cell.value).startswith(("Workbook reference", "small-2026 |")):
                cell.value = None
    (again.returns / "p2.xlsx").unlink()
    book.save(again.returns / "p2.xlsx")
    assert outcomes(collated(again))["p2.xlsx"] == "held"
    decide.accept(again, again.returns, "p2.xlsx", "A1", jobs=1)
    result = collated(again)
    assert outcomes(result) == {"a1.xlsx": "accepted", "p1.xlsx": "progress", "p2.xlsx": "progress"}
    assert shown(result)["GOV-3"] == "▲ Amber"


def test_one_that_was_made_anothers_is_held(again: Round) -> None:
    book = openpyxl.load_workbook(again.returns / "p2.xlsx")
    for row in book["_auditkit"].iter_rows():
        for cell in row:
            cell.value = "A2" if cell.value == "A1" else cell.value
    book.save(again.returns / "p2.xlsx")
    result = collated(again)
    assert outcomes(result)["p2.xlsx"] == "held"
    assert set(rows(result.tables.trail, "file", "counts")) == {("p1.xlsx", "Yes"), ("p2.xlsx", "No")}


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda lines: [lines[0].replace(b"Robin", b"Robyn"), *lines[1:]], "Line 1"),
        (lambda lines: [lines[0], *lines[2:]], "Line 2"),
        (lambda lines: lines[:-1], "had 5 lines, and 4 are left"),
        (lambda _: [], "had 5 lines, and 0 are left"),
        (lambda lines: [*lines, b"{}\n"], "Line 6"),
    ],
)
def test_a_trail_that_was_altered_is_refused(
    again: Round, alter: Callable[[list[bytes]], list[bytes]], said: str
) -> None:
    path = again.folder / "trail.jsonl"
    path.write_bytes(b"".join(alter(path.read_bytes().splitlines(keepends=True))))
    with pytest.raises(AuditkitError, match=said):
        collated(again)


def test_what_is_kept_of_the_trail_may_go(again: Round) -> None:
    (again.private / "trail.json").unlink()
    assert trail_of(collated(again)) == CHANGES
    (again.private / "trail.json").write_text("?")
    assert trail_of(collated(again)) == CHANGES


def test_a_later_edition_follows_its_map(again: Round) -> None:
    """GOV-2 is GOV-9 now, GOV-3 was divided, and NUM-2 has gone; another question is called GOV-2."""
    later = (
        AUDIT.replace('"2026.1"', '"2026.2"')
        .replace(
            "{id: GOV-2, text: The board hears about it.}", "{id: GOV-9, text: The board hears about it.}"
        )
        .replace(
            "      - {id: GOV-3, text: Officers are trained., applies_to: {group: Police}}\n",
            "      - {id: GOV-3a, text: New officers are trained.}\n"
            "      - {id: GOV-3b, text: All others are trained.}\n"
            "      - {id: GOV-2, text: Somebody else leads.}\n",
        )
        .replace("      - {id: NUM-2, text: And next year?}\n", "")
        + 'follows:\n  edition: "2026.1"\n  questions:\n    - {id: GOV-9, was: GOV-2}\n'
        "    - {id: GOV-3a, was: GOV-3}\n    - {id: GOV-3b, was: GOV-3}\n    - {id: GOV-2, was: []}\n"
        "  dropped: [NUM-2]\n"
    )
    (again.folder / "audit.yaml").write_text(later, encoding="utf-8")
    result = collated(load(again.folder))
    now = shown(result)
    assert (now["GOV-9"], now["GOV-2"], now["GOV-3a"], now["GOV-3b"]) == ("● Green", None, None, None)
    # The trail has no line twice: what still counts is called what it is called by now.
    renamed = [tuple("GOV-9" if part == "GOV-2" else part for part in row) for row in CHANGES]
    assert trail_of(result) == renamed
    assert set(result.tables.trail["counts"]) == {"Yes"}
    form = position(load(again.folder)).form(again.recipients[0])
    assert form is not None
    assert [q.id for _, q in form.questions()] == ["GOV-3a", "GOV-3b", "GOV-2"]


def test_points_that_count_as_done_are_data(again: Round) -> None:
    text = AUDIT.replace("  - id: rag\n", "  - id: rag\n    done: [green, amber]\n")
    (again.folder / "audit.yaml").write_text(text, encoding="utf-8")
    result = collated(load(again.folder))
    to_do = dict(rows(result.tables.progress, "section_id", "to_do_now"))
    assert to_do["GOV"] == 0
    (again.folder / "audit.yaml").write_text(text.replace("amber]\n", "ambr]\n", 1), encoding="utf-8")
    with pytest.raises(AuditkitError, match="no point 'ambr'; did you mean 'amber'"):
        load(again.folder)


def test_by_command(again: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(again.folder)
    run = CliRunner().invoke(group, ["generate", "--progress", "--dry-run"])
    assert (run.exit_code, "1 workbook would be made" in run.output) == (0, True)
    run = CliRunner().invoke(group, ["generate", "--progress", "--only", "A2"])
    assert "without a progress workbook, since no return of theirs counts so far" in run.output
    assert CliRunner().invoke(group, ["generate", "--progress", "--only", "X"]).exit_code == 1
    assert CliRunner().invoke(group, ["generate", "--only", "A1"]).exit_code == 2
    assert CliRunner().invoke(group, ["generate", "--progress", "--again", "A1"]).exit_code == 2
    run = CliRunner().invoke(group, ["collate", "returns", "--as-at", "2027-06-01"])
    assert "1 accepted, 0 superseded, 0 held, 0 rejected, 0 passed over, 2 progress" in run.output


def test_filled_in_with_libreoffice(again: Round, libreoffice: LibreOffice) -> None:
    followed(again)
    book = libreoffice.open(workbook_of(again, "A1"))
    try:
        cells = {c.title: c.key for c in book.answer_cells()}
        assert book.errors() == []
        texts = {name: set(map(str, values.values())) for name, values in book.values().items()}
        assert "Stays as it is" in texts["1 Leadership"]
        book.write({cells["GOV-3 Rating"]: "● Green", cells["Completed by"]: "Kit Marlowe"})
        book.recalculate()
        texts = {name: set(map(str, values.values())) for name, values in book.values().items()}
        assert "1 of 1 updated, 1 complete" in texts["1 Leadership"]
        book.save_as(again.returns / "p3.ods")
    finally:
        book.close()
    result = collated(again)
    assert trail_of(result)[-1] == ("Kit Marlowe", "GOV-3", "Rating", "▲ Amber", "● Green", "p3.ods")


def test_microsofts_validator_finds_nothing(
    known: tuple[Round, Collated], ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]]
) -> None:
    round_ = known[0]
    assert ooxml_errors([workbook_of(round_, "A1"), round_.master]) == {}
