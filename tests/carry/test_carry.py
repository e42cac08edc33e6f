"""An agency that answers two partnerships: what it said in the one stands in the other's workbook."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit.carry import Outcome, carry
from auditkit.cli import group
from auditkit.collate import collate
from auditkit.decide import accept
from auditkit.earlier import read
from auditkit.errors import AuditkitError, ProblemsError
from auditkit.round import Round, load
from auditkit.tables import rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.carried import read as read_carried
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import CARRIED_FROM, FROM_LAST_TIME, LAST_SAID, NOT_CARRIED
from tests.carry.partnerships import CROSSWALK, wexley
from tests.earlier.editions import last_time, this_time
from tests.filling import fill
from tests.rounds import small_round, workbook_of

pytestmark = pytest.mark.usefixtures("in_process")
TODAY = dt.date(2026, 10, 5)
AS_AT = dt.date(2026, 12, 18)
SHEET = "1 Leadership"
CARRIED = "Carried over: still right?"


@pytest.fixture(scope="module")
def theirs(in_process: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wexley(tmp_path_factory.mktemp("wexley") / "round")[1]


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory, theirs: Path) -> tuple[Round, Outcome]:
    return carried_into(tmp_path_factory.mktemp("northmoor") / "round", theirs)


def carried_into(folder: Path, file: Path, crosswalk: str = CROSSWALK) -> tuple[Round, Outcome]:
    round_ = small_round(folder)
    walk = folder / "crosswalk.yaml"
    walk.write_text(crosswalk, encoding="utf-8")
    return round_, carry(round_, file, today=TODAY, crosswalk=walk)


def table(path: Path) -> dict[str, dict[str, object]]:
    """What a respondent sees: by question and heading."""
    sheet = openpyxl.load_workbook(path)[SHEET]
    headers = [str(cell.value) for cell in sheet[5]]
    return {
        str(row[0]): {h: v for h, v in zip(headers[1:], row[1:], strict=True) if v is not None}
        for row in sheet.iter_rows(min_row=6, values_only=True)
    }


def test_answers_stand_where_the_crosswalk_says_whatever_their_order_and_words(
    carried: tuple[Round, Outcome],
) -> None:
    round_, outcome = carried
    assert outcome.recipient.id == "A1"  # by its name
    assert outcome.workbook == workbook_of(round_, "A1")
    found = table(outcome.workbook)
    source = CARRIED_FROM.header
    first, second, third = (found[key] for key in ("GOV-1", "GOV-2", "GOV-3"))
    assert (first["Rating"], first[source]) == ("● Green", "LEAD-1, rated Good")
    assert first["Evidence"] == "The scheme of delegation of 2 May names the chief officer."
    assert (third["Rating"], third["Action"]) == ("▲ Amber", "Train the night shift.")
    assert third["Due date"] == dt.datetime(2027, 5, 31)
    # Poor is nothing here, so it is blank, and said; and what was typed stays text.
    assert "Rating" not in second
    assert second[source] == "GOV-2, rated Poor"
    cell = openpyxl.load_workbook(outcome.workbook)[SHEET]["F7"]
    assert outcome.matched.unused == ("GOV-2 Rating: “Poor” isn't known here",)
    assert "=cmd|' /C calc'!A0" in second.values()
    assert cell.data_type != "f"


def test_what_has_no_place_here_is_on_a_sheet_of_its_own(carried: tuple[Round, Outcome]) -> None:
    _, outcome = carried
    sheet = openpyxl.load_workbook(outcome.workbook)[NOT_CARRIED]  # type: ignore[arg-type]
    found = [[cell or "" for cell in row[:4]] for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert found == [
        ["HEAR-7", "Children are heard.", "", "What shows it: A forum each term."],
        ["GOV-1", "Our lift is serviced.", "Good", ""],
        ["GOV-2", "The board hears about it.", "Poor", ""],
    ]


def returned(round_: Round, said: dict[tuple[str, str], object]) -> dict[str, object]:
    """Return the police's workbook with more typed into it; what is in the tables."""
    audit = load(round_.folder).audit_for(round_.recipients[0])
    layout = layout_for(carried_audit(audit), (CARRIED_FROM,))
    path = fill(round_, "A1", {("GOV", q, f): v for (q, f), v in said.items()}, "a1.xlsx", layout=layout)
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    path.unlink()
    wanted = ("question_id", "field_id", "value", "usable")
    return {
        "answers": {(q, f): (v, usable) for q, f, v, usable in rows(tables.answers, *wanted)},
        "ratings": {
            q: p for who, q, p in rows(tables.ratings, "recipient_id", "question_id", "point") if who == "A1"
        },
        "findings": dict(rows(tables.findings, "code", "what")),
        "outcome": list(tables.returns["outcome"]),
        "standing": dict(rows(tables.recipients, "recipient_id", "standing")),
        "actions": dict(rows(tables.actions, "question_id", "action")),
    }


def carried_audit(audit):  # type: ignore[no-untyped-def]
    from auditkit.workbook.carried import with_column

    return with_column(audit, ("GOV",))


def test_what_nobody_confirmed_is_kept_but_doesnt_count(carried: tuple[Round, Outcome]) -> None:
    found = returned(carried[0], {("GOV-1", ":carried"): "Confirmed"})
    answers, findings = found["answers"], found["findings"]
    assert found["outcome"] == ["accepted"]
    assert found["standing"]["A1"] == "partly"  # type: ignore[index]
    assert answers["GOV-3", "rating"] == ("▲ Amber (carried over, not confirmed)", "No")  # type: ignore[index]
    assert answers["GOV-3", "action"] == ("Train the night shift. (carried over, not confirmed)", "No")  # type: ignore[index]
    assert "(GOV-2 and GOV-3)" in findings["carried-unconfirmed"]  # type: ignore[index]
    # What the carried answers lack is asked for once they are somebody's own.
    assert not {"rule-broken", "required-missing"} & set(findings)  # type: ignore[call-overload]
    assert {k: v for k, v in found["ratings"].items() if v} == {"GOV-1": "green"}  # type: ignore[attr-defined]
    assert found["actions"] == {}


def test_a_workbook_sent_back_as_it_was_carried_into_is_no_reply(carried: tuple[Round, Outcome]) -> None:
    found = returned(carried[0], {})
    assert (found["outcome"], found["standing"]["A1"]) == (["held"], "not returned")  # type: ignore[index]
    assert "nobody has confirmed or changed any" in found["findings"]["nothing-confirmed"]  # type: ignore[index]
    assert (found["actions"], found["answers"]) == ({}, {})


def test_a_nil_return_of_it_holds_no_answers(carried: tuple[Round, Outcome]) -> None:
    said = {(":cover", f): v for f, v in (("nil_return", "Yes"), ("nil_reason", "We have no children here."))}
    round_ = carried[0]
    layout = layout_for(carried_audit(load(round_.folder).audit_for(round_.recipients[0])), (CARRIED_FROM,))
    path = fill(round_, "A1", {(b, f, "answer"): v for (b, f), v in said.items()}, "a1.xlsx", layout=layout)
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    path.unlink()
    assert dict(rows(tables.recipients, "recipient_id", "standing"))["A1"] == "nil return"
    assert "nil-with-answers" not in set(tables.findings["code"])


def test_one_that_is_accepted_counts_but_the_recipient_is_still_waited_for(
    tmp_path: Path, carried: tuple[Round, Outcome]
) -> None:
    round_ = load(shutil.copytree(carried[0].folder, tmp_path / "round"))
    assert carried[1].workbook is not None
    (round_.returns / "a1.xlsx").write_bytes(carried[1].workbook.read_bytes())
    assert accept(round_, round_.returns, "a1.xlsx", "A1", why="It is all that we get.").is_blank
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    assert dict(rows(tables.recipients, "recipient_id", "standing"))["A1"] == "not returned"
    assert {"blank-accepted", "carried-unconfirmed"} <= set(tables.findings["code"])
    assert len(tables.actions) == 0


def test_next_time_nobody_is_said_to_have_said_it(tmp_path: Path, carried: tuple[Round, Outcome]) -> None:
    then = load(shutil.copytree(carried[0].folder, tmp_path / "2026"))
    layout = layout_for(carried_audit(then.audit_for(then.recipients[0])), (CARRIED_FROM,))
    fill(then, "A1", {("GOV", "GOV-1", ":carried"): "Confirmed"}, "a1.xlsx", layout=layout)
    collate(then, then.returns, as_at=AS_AT)
    now = this_time(tmp_path / "2027")
    generate(now, today=TODAY, source=read([then.folder], now), again=["A1"])
    said = table(workbook_of(now, "A1"))
    assert "The scheme of delegation" in str(said["GOV-1"][LAST_SAID.header])
    assert said["GOV-2b"][LAST_SAID.header].endswith("Not answered last time.")  # type: ignore[attr-defined]


def test_what_was_confirmed_or_changed_counts(carried: tuple[Round, Outcome]) -> None:
    said = {
        ("GOV-1", ":carried"): "Confirmed",
        ("GOV-3", "rating"): "■ Red",  # changed, though the column doesn't say so
    }
    found = returned(carried[0], said)
    assert {k: v for k, v in found["ratings"].items() if v} == {"GOV-1": "green", "GOV-3": "red"}  # type: ignore[attr-defined]
    assert found["answers"]["GOV-1", ":carried"] == ("Confirmed", "Yes")  # type: ignore[index]
    assert "(GOV-2)" in found["findings"]["carried-unconfirmed"]  # type: ignore[index]
    assert not {"no-longer-asked", "other-layout", "unknown-column"} & set(found["findings"])  # type: ignore[call-overload]


def test_it_has_to_be_confirmed_though_the_record_of_what_was_asked_is_gone(
    tmp_path: Path, carried: tuple[Round, Outcome]
) -> None:
    round_ = load(shutil.copytree(carried[0].folder, tmp_path / "round"))
    (round_.private / "editions" / "layouts.json").unlink()
    found = returned(round_, {("GOV-1", ":carried"): "Confirmed"})
    assert {k: v for k, v in found["ratings"].items() if v} == {"GOV-1": "green"}  # type: ignore[attr-defined]
    assert "(GOV-2 and GOV-3)" in found["findings"]["carried-unconfirmed"]  # type: ignore[index]
    assert found["answers"]["GOV-1", ":carried"] == ("Confirmed", "Yes")  # type: ignore[index]


def test_later_workbooks_have_it_too(tmp_path: Path, theirs: Path) -> None:
    round_, outcome = carried_into(tmp_path / "round", theirs)
    path = workbook_of(round_, "A1")
    content = path.read_bytes()
    assert generate(round_, today=TODAY).by_recipient == {"A1": "kept", "A2": "kept"}
    path.unlink()
    assert generate(round_, today=TODAY).by_recipient == {"A1": "restored", "A2": "kept"}
    assert path.read_bytes() == content
    generate(round_, again=["A1"], today=TODAY)
    assert table(workbook_of(round_, "A1")) == table(outcome.workbook)  # type: ignore[arg-type]


def test_without_a_crosswalk_one_is_drafted_and_nothing_is_issued(tmp_path: Path, theirs: Path) -> None:
    round_ = small_round(tmp_path / "round")
    outcome = carry(round_, theirs, today=TODAY, recipient_id="A1")
    assert outcome.workbook is None
    assert outcome.draft is not None
    said = outcome.draft.read_text(encoding="utf-8")
    assert "same: GOV-2\n" in said
    assert (
        "  # Theirs, LEAD-2: Officers are all trained.\n  # Ours, GOV-3, 91% alike: Officers are trained."
        in said
    )
    assert "  # - {was: HEAR-7, id: }" in said
    assert "same: action, due\n" in said
    assert "  # Theirs: Self rating. Alike: rating\n  self:\n" in said
    with pytest.raises(AuditkitError, match="there is one already"):
        carry(round_, theirs, today=TODAY)


# What an officer does with each line of the draft that waits.
DECIDED = (
    ("checked_by:", "checked_by: H. Osei"),
    ("  - {was: LEAD-2, id: }", "  - {was: LEAD-2, id: GOV-3}"),
    ("  - {was: LEAD-1, id: }", "  - {was: LEAD-1, id: GOV-1}"),
    ("  proof:", "  proof: evidence"),
    ("  self:", "  self: rating"),
    ('    "Good":', '    "Good": green'),
    ('    "Adequate":', '    "Adequate": amber'),
    ('    "Poor":', ""),
)


def test_nothing_is_carried_until_each_line_of_the_draft_is_decided(tmp_path: Path, theirs: Path) -> None:
    round_ = small_round(tmp_path / "round")
    draft = carry(round_, theirs, today=TODAY).draft
    assert draft is not None
    for left in range(len(DECIDED), 0, -1):
        with pytest.raises(ProblemsError) as refused:
            carry(round_, theirs, today=TODAY, crosswalk=draft)
        problems = refused.value.problems
        assert len(problems) == left
        assert all("waits" in problem.message for problem in problems)
        waiting, decided = DECIDED[-left]
        lines = draft.read_text(encoding="utf-8").splitlines()
        lines[lines.index(waiting)] = decided
        draft.write_text("\n".join(lines), encoding="utf-8")
        assert read_carried(round_) == {}
    found = table(carry(round_, theirs, today=TODAY, crosswalk=draft).workbook)  # type: ignore[arg-type]
    assert found["GOV-1"][CARRIED_FROM.header] == "LEAD-1, rated Good"
    assert found["GOV-3"]["Rating"] == "▲ Amber"


def test_lines_that_are_deleted_carry_nothing(tmp_path: Path, theirs: Path) -> None:
    round_ = small_round(tmp_path / "round")
    draft = carry(round_, theirs, today=TODAY).draft
    assert draft is not None
    waiting = [line for line, _ in DECIDED[1:]]
    lines = [
        line for line in draft.read_text(encoding="utf-8").splitlines() if line not in (*waiting, "  rag:")
    ]
    draft.write_text("\n".join(lines).replace("checked_by:", "checked_by: H. Osei"), encoding="utf-8")
    rows_ = carry(round_, theirs, today=TODAY, crosswalk=draft).matched.rows
    assert [(row.question, dict(row.answers)) for row in rows_] == [
        ("GOV-2", {"action": "=cmd|' /C calc'!A0"})
    ]


def test_the_same_audit_in_two_partnerships_needs_no_crosswalk_but_for_ratings(tmp_path: Path) -> None:
    other = small_round(tmp_path / "other")
    (other.folder / "round.yaml").write_text(
        (other.folder / "round.yaml").read_text(encoding="utf-8").replace("small-2026", "other-2026"),
        encoding="utf-8",
    )
    generate(load(other.folder), again=["A1"], today=TODAY)
    file = fill(load(other.folder), "A1", {("GOV", "GOV-2", "evidence"): "Minutes of 3 May."}, "x.xlsx")
    round_ = small_round(tmp_path / "round")
    outcome = carry(round_, file, today=TODAY)
    assert table(outcome.workbook)["GOV-2"]["Evidence"] == "Minutes of 3 May."  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("crosswalk", "said"),
    [
        ("questions: [{id: GOV-1, was: LEAD-9}]", "no question 'LEAD-9'"),
        ("questions: [{id: GOV-9, was: LEAD-1}]", "no question called 'GOV-9'"),
        ("points: {rag: {Good: grene}}", "did you mean 'green'"),
        ("fields: {selv: rating}", "no response column 'selv'"),
        ("questions: [{id: GOV-2, was: []}]", "the crosswalk names none that does"),
    ],
)
def test_a_crosswalk_that_names_what_isnt_there_is_refused(
    tmp_path: Path, theirs: Path, crosswalk: str, said: str
) -> None:
    with pytest.raises((ProblemsError, AuditkitError), match=said):
        carried_into(tmp_path / "round", theirs, crosswalk + "\n")


def test_files_that_hold_nothing_to_carry_are_refused(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "round")
    own = fill(round_, "A1", {}, "own.xlsx")
    text = tmp_path / "words.xlsx"
    text.write_bytes(b"PK but no workbook")
    blank = tmp_path / "blank.xlsx"
    openpyxl.Workbook().save(blank)
    for file, said in (
        (own, "is a workbook of this round"),
        (text, "isn't a workbook that auditkit issued"),
        (blank, "isn't a workbook that auditkit issued"),
        (tmp_path / "none.xlsx", "There is no file"),
    ):
        with pytest.raises(AuditkitError, match=said):
            carry(round_, file, today=TODAY)


def test_who_it_is_has_to_be_said_unless_the_name_is_the_same(tmp_path: Path, theirs: Path) -> None:
    round_ = small_round(tmp_path / "round", register="id,name,group\nA1,The police,Police\n")
    with pytest.raises(AuditkitError, match="nobody here has just that name"):
        carry(round_, theirs, today=TODAY)
    with pytest.raises(AuditkitError, match="no recipient with the id A9"):
        carry(round_, theirs, today=TODAY, recipient_id="A9")


def test_who_has_closed_gets_nothing_carried(tmp_path: Path, theirs: Path) -> None:
    round_ = small_round(tmp_path / "round")
    gone = replace(round_.recipients[0], closed=TODAY)
    round_ = replace(round_, recipients=(gone, *round_.recipients[1:]))
    (tmp_path / "crosswalk.yaml").write_text(CROSSWALK, encoding="utf-8")
    with pytest.raises(AuditkitError, match="has closed"):
        carry(round_, theirs, today=TODAY, crosswalk=tmp_path / "crosswalk.yaml")
    assert not (round_.private / "carried.json").exists()


def test_what_was_carried_before_and_nobody_confirmed_doesnt_count_either(
    tmp_path: Path, theirs: Path
) -> None:
    round_, first = carried_into(tmp_path / "round", theirs)
    walk = round_.folder / "crosswalk.yaml"
    walk.write_text(CROSSWALK.replace("Good: green", "Good: amber"), encoding="utf-8")
    second = carry(round_, theirs, today=TODAY, crosswalk=walk)
    for outcome, lost in ((first, ""), (second, "shown.json")):
        assert outcome.workbook is not None
        (round_.returns / "a1.xlsx").write_bytes(outcome.workbook.read_bytes())
        (round_.private / lost).unlink() if lost else None
        tables = collate(round_, round_.returns, as_at=AS_AT).tables
        assert len(tables.notes) == 0
        assert "nothing-confirmed" in set(tables.findings["code"])


def test_beside_what_was_said_last_time(tmp_path: Path, theirs: Path) -> None:
    before, now = last_time(tmp_path / "2026"), this_time(tmp_path / "2027")
    walk = tmp_path / "crosswalk.yaml"
    walk.write_text(CROSSWALK.replace("GOV-3", "GOV-2b"), encoding="utf-8")
    outcome = carry(now, theirs, today=TODAY, crosswalk=walk, source=read([before.folder], now))
    assert outcome.workbook is not None
    row = table(outcome.workbook)["GOV-2b"]
    seen = (row["Rating last time"], row["Rating"], row[CARRIED_FROM.header])
    assert seen == ("▲ Amber", "▲ Amber", "LEAD-2, rated Adequate")
    assert set(openpyxl.load_workbook(outcome.workbook).sheetnames) >= {NOT_CARRIED, FROM_LAST_TIME}


def test_two_questions_that_are_one_here_keep_both_texts_but_no_two_ratings(
    tmp_path: Path, theirs: Path
) -> None:
    said = CROSSWALK.replace("was: LEAD-1", "was: [LEAD-1, LEAD-2]")
    _, outcome = carried_into(tmp_path / "round", theirs, said)
    row = table(outcome.workbook)["GOV-1"]  # type: ignore[arg-type]
    assert row["Action"] == "Train the night shift."
    assert "Rating" not in row
    assert row[CARRIED_FROM.header] == "LEAD-1, rated Good\nLEAD-2, rated Adequate"
    assert "GOV-1 Rating: “Good” and “Adequate” can't be one answer here" in outcome.matched.unused


def test_what_can_no_longer_be_issued_leaves_the_record_as_it_was(tmp_path: Path, theirs: Path) -> None:
    round_ = small_round(tmp_path / "round")
    (round_.folder / "crosswalk.yaml").write_text(CROSSWALK, encoding="utf-8")
    round_.log.write_text("damaged", encoding="utf-8")
    with pytest.raises(AuditkitError, match="damaged"):
        carry(round_, theirs, today=TODAY, crosswalk=round_.folder / "crosswalk.yaml")
    assert read_carried(round_) == {}
    (round_.private / "carried.json").write_text("[]", encoding="utf-8")
    with pytest.raises(AuditkitError, match="isn't known which answers were carried over"):
        read_carried(round_)


def test_by_command(tmp_path: Path, theirs: Path) -> None:
    round_ = small_round(tmp_path / "round")
    words = ["carry", str(theirs), "--into", str(round_.folder)]
    drafted = CliRunner().invoke(group, words)
    assert drafted.exit_code == 1
    assert "Nothing was issued" in drafted.output
    walk = tmp_path / "walk.yaml"
    walk.write_text(CROSSWALK, encoding="utf-8")
    done = CliRunner().invoke(group, [*words, "--as", "A1", "--crosswalk", str(walk)])
    assert "Answers to 3 questions carried for Northmoor Police (A1)" in done.output
    assert "GOV-2 Rating: “Poor” isn't known here" in done.output
    assert "GOV-1 Our lift is serviced." in done.output
    assert "has to confirm each answer" in done.output
