"""The officer decides about a file: accept, exclude, decisions."""

import json
import re
import shlex
import shutil

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditkit.cli import group
from auditkit.collate import collate
from auditkit.errors import AuditkitError
from tests.filling import fill
from tests.rounds import ISSUED, small_round, workbook_of

RATED = {("GOV", "GOV-1", "rating"): "● Green", ("GOV", "GOV-1", "evidence"): "Board minutes"}


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


@pytest.fixture
def run(round_, monkeypatch):
    monkeypatch.chdir(round_.folder)

    def run_(*args, code=0):
        result = CliRunner().invoke(group, [str(arg) for arg in args])
        if isinstance(result.exception, AuditkitError):
            assert code == 1, result.exception
            return str(result.exception)
        assert result.exit_code == code, result.output
        return result.output

    return run_


def unsigned(round_, recipient_id, name):
    """Put a return whose hidden identity was lost."""
    path = fill(round_, recipient_id, RATED, name)
    book = openpyxl.load_workbook(path)
    del book["_auditkit"]
    book.save(path)
    return path


def figures(round_):
    return collate(round_, round_.returns, as_at=ISSUED).as_json()


def outcome(round_):
    return {k: v for k, v in figures(round_).items() if k in OUTCOMES and v}


OUTCOMES = ("accepted", "superseded", "held", "rejected", "passed_over")


def test_a_held_return_is_accepted_and_taken_back(run, round_):
    unsigned(round_, "A2", "hospice.xlsx")
    assert outcome(round_) == {"held": 1}
    said = run("accept", "returns/hospice.xlsx", "--as", "A2", "--why", "Kit rang")
    assert "Decision 1: hospice.xlsx counts as the return of A2 St Mary's Hospice." in said
    assert outcome(round_) == {"accepted": 1}
    listed = run("decisions")
    assert "accept hospice.xlsx as A2" in listed
    assert ": Kit rang" in listed
    assert "taken back" in run("decisions", "--undo", "1", "--why", "wrong")
    assert outcome(round_) == {"held": 1}
    assert re.search(r"  1  accept hospice.xlsx as A2  taken back by 2\n", run("decisions"))
    assert "already taken back" in run("decisions", "--undo", "1", code=1)


def test_what_stood_against_a_file_and_what_it_supersedes_is_said(run, round_):
    fill(round_, "A2", RATED, "first.xlsx", time=-50)
    fill(round_, "A1", RATED, "police.xlsx", time=0)
    unsigned(round_, "A2", "later.xlsx")
    said = run("accept", "later.xlsx", "--as", "A2")
    assert "What stood against it: Known by its first sheet only\n" in said
    by = "A later return from the same recipient counts instead: later.xlsx"
    assert f"  first.xlsx is superseded now: {by}" in said
    assert "police.xlsx" not in said
    assert outcome(round_) == {"accepted": 2, "superseded": 1}
    fill(round_, "A1", {**RATED, ("GOV", "GOV-2", "evidence"): "x"}, "theirs.xlsx", time=-99)
    said = run("accept", "theirs.xlsx", "--as", "A2")
    assert "stood against" not in said
    assert f"  theirs.xlsx is superseded now: {by}" in said
    assert said.count("superseded") == 1


def test_a_decision_follows_the_content_wherever_the_file_goes(run, round_):
    path = unsigned(round_, "A2", "hospice.xlsx")
    run("accept", "hospice.xlsx", "--as", "A2")
    path.rename(round_.returns / "moved.xlsx")
    shutil.copyfile(round_.returns / "moved.xlsx", round_.returns / "copy.xlsx")
    assert outcome(round_) == {"accepted": 1, "superseded": 1}


def test_an_excluded_file_never_counts(run, round_):
    fill(round_, "A1", RATED, "trial.xlsx")
    shutil.copyfile(round_.returns / "trial.xlsx", round_.returns / "trial (1).xlsx")
    said = run("exclude", "trial.xlsx", "--why", "our own trial")
    assert "The same content: trial (1).xlsx" in said
    assert outcome(round_) == {"passed_over": 2}
    assert figures(round_)["not_returned"] == 2
    assert "already excluded. To take that back: auditkit decisions --undo 1" in run(
        "exclude", "trial.xlsx", "--why", "x", code=1
    )


def test_an_excluded_file_needs_no_decision_any_more(run, round_):
    fill(round_, "A1", RATED, "a.xlsx")
    (round_.returns / "scan.pdf").write_bytes(b"%PDF-1.7")
    run("collate", "returns", code=3)
    run("exclude", "scan.pdf", "--why", "the workbook came too")
    run("collate", "returns")


def test_what_cannot_be_decided_is_said(run, round_):
    fill(round_, "A1", RATED, "a.xlsx")
    unsigned(round_, "A2", "b.xlsx")
    (round_.returns / "empty.xlsx").write_bytes(b"")
    assert "did you mean 'A2'" in run("accept", "b.xlsx", "--as", "A22", code=1)
    assert "can't be accepted" in run("accept", "empty.xlsx", "--as", "A1", code=1)
    assert "known to be from A1" in run("accept", "a.xlsx", "--as", "A1", code=1)
    assert "did you mean 'b.xlsx'" in run("accept", "bb.xlsx", "--as", "A2", code=1)
    assert "Say why" in run("exclude", "b.xlsx", "--why", " ", code=1)
    run("accept", "b.xlsx", "--as", "A2")
    assert "already accepted so. To take that back: auditkit decisions --undo 1" in run(
        "accept", "b.xlsx", "--as", "A2", code=1
    )
    run("accept", "b.xlsx", "--as", "A1")
    assert "nothing was decided" not in run("decisions")
    assert "There is no decision 9" in run("decisions", "--undo", "9", code=1)


def test_copies_are_named_and_what_has_no_content_cannot_be_excluded(run, round_):
    path = unsigned(round_, "A2", "b.xlsx")
    shutil.copyfile(path, round_.returns / "copy.xlsx")
    assert "The same content: copy.xlsx" in run("accept", "b.xlsx", "--as", "A2")
    (round_.returns / "link.xlsx").symlink_to(path)
    assert "can't be excluded" in run("exclude", "link.xlsx", "--why", "x", code=1)


def test_nothing_was_decided_yet(run):
    assert "Nothing was decided yet" in run("decisions")
    assert json.loads(run("decisions", "--json")) == []


def test_a_command_that_is_proposed_does_nothing_else(run, round_):
    """Whoever sends a file chooses its name, and the officer pastes the command."""
    (round_.returns / "scan$(reboot)`x`.pdf").write_bytes(b"%PDF-1.7")
    said = run("accept", "scan$(reboot)`x`.pdf", "--as", "A1", code=1)
    assert 'auditkit exclude "scan_(reboot)_x_.pdf" --why' in said
    run("exclude", "scan_(reboot)_x_.pdf", "--why", "the workbook came too")


NO_WORKBOOKS = {
    "scan.pdf": b"%PDF-1.7",
    "photo.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "letter.rtf": b"{\\rtf1 Dear all}",
    "note.eml": b"From: a@b.example\r\nSubject: x\r\n\r\nAll is well.\r\n",
}


@pytest.mark.parametrize("name", NO_WORKBOOKS)
def test_what_holds_no_answers_is_never_said_to_count(run, round_, name):
    (round_.returns / name).write_bytes(NO_WORKBOOKS[name])
    said = run("accept", name, "--as", "A1", code=1)
    assert f"{name} can't be accepted" in said
    assert "no answers in it that could count, so ask for the workbook itself" in said
    assert f'auditkit exclude "{name}" --why' in said
    assert "Nothing was decided yet" in run("decisions")
    run("exclude", name, "--why", "the workbook came too")
    said = run("accept", name, "--as", "A1", code=1)
    assert "no answers in it" in said
    assert "auditkit exclude" not in said


def test_what_was_passed_over_cannot_be_accepted(run, round_):
    (round_.returns / "~$a.xlsx").write_bytes(b"x")
    said = run("accept", "~$a.xlsx", "--as", "A1", code=1)
    assert "no answers in it that could count" in said
    assert "auditkit exclude" not in said


def next_line(said):
    return re.search(r"^Next: (.*)$", said, re.MULTILINE)[1]


def carry_out(run, line, code=0):
    """Run the command that a line shows."""
    return run(*shlex.split(line)[1:], code=code)


def test_the_next_command_can_be_typed_as_it_is_shown(run, round_, tmp_path, monkeypatch):
    unsigned(round_, "A2", "b.xlsx")
    line = next_line(run("accept", "returns/b.xlsx", "--as", "A2"))
    assert line == "auditkit collate returns"
    assert "1 accepted" in carry_out(run, line)
    line = next_line(run("decisions", "--undo", "1"))
    assert "1 held" in carry_out(run, line, code=3)
    monkeypatch.chdir(tmp_path)
    line = next_line(run("exclude", "b.xlsx", "--why", "x", "--round", "round"))
    assert "1 passed over" in carry_out(run, line)


def test_the_next_command_names_the_folder_that_the_officer_named(run, round_, tmp_path, monkeypatch):
    unsigned(round_, "A2", "b.xlsx")
    inbox = tmp_path / "my inbox"
    round_.returns.rename(inbox)
    line = next_line(run("accept", "b.xlsx", "--as", "A2", "--returns", "../my inbox"))
    assert line == 'auditkit collate "../my inbox"'
    assert "1 accepted" in carry_out(run, line)
    monkeypatch.chdir(tmp_path)
    line = next_line(run("exclude", "b.xlsx", "--why", "x", "--returns", "my inbox", "--round", "round"))
    assert line == f'auditkit collate "my inbox" --round {round_.folder}'
    assert "1 passed over" in carry_out(run, line)


def test_the_list_says_what_is_in_force(run, round_):
    unsigned(round_, "A2", "b.xlsx")
    unsigned(round_, "A1", "a much longer name.xlsx")
    run("exclude", "b.xlsx", "--why", "a trial")
    run("accept", "b.xlsx", "--as", "A2")
    run("accept", "a much longer name.xlsx", "--as", "A1")

    def listed():
        lines = run("decisions").splitlines()[::2]
        assert len({line.index(state) for line, state in zip(lines, states(), strict=True) if state}) == 1
        return states()

    def states():
        return [entry["state"] for entry in json.loads(run("decisions", "--json"))]

    assert listed() == ["replaced by 2", "in force", "in force"]
    said = run("decisions", "--undo", "2")
    assert "Decision 1 (exclude b.xlsx) is in force for that file." in said
    assert listed() == ["in force", "taken back by 4", "in force", ""]
    assert "in force for that file" not in run("decisions", "--undo", "3")
    entry = json.loads(run("decisions", "--json"))[0]
    assert (entry["number"], entry["kind"], entry["file"], entry["why"]) == (
        1,
        "exclude",
        "b.xlsx",
        "a trial",
    )


def test_a_blank_return_that_is_accepted_is_no_reply(run, round_):
    shutil.copyfile(workbook_of(round_, "A1"), round_.returns / "a.xlsx")
    said = run("accept", "a.xlsx", "--as", "A1")
    assert "No question in it counts as answered, so A1 stands as not returned all the same." in said
    collated = collate(round_, round_.returns, as_at=ISSUED)
    assert outcome(round_) == {"accepted": 1}
    assert (collated.counts.not_returned, collated.counts.partly, collated.counts.returned) == (2, 0, 0)
    codes = set(collated.tables.findings["code"])
    assert {"accepted-by-decision", "blank-accepted"} <= codes
    chased = openpyxl.load_workbook(round_.master)["Not returned"]
    row = next(row for row in chased.iter_rows(values_only=True) if row[0] == "A1")
    assert (
        row[-1] == "Ask for the filled-in workbook: nothing counts as answered in the one that was accepted."
    )
    fill(round_, "A1", RATED, "filled.xlsx")
    assert "stands as not returned" not in run("accept", "filled.xlsx", "--as", "A2")


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("accept"), st.sampled_from(["a.xlsx", "b.xlsx"]), st.sampled_from(["A1", "A2"])),
        st.tuples(st.just("exclude"), st.sampled_from(["a.xlsx", "b.xlsx"])),
    ),
    min_size=1,
    max_size=2,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_undoing_everything_gives_the_same_master_again(run, tmp_path_factory, monkeypatch, steps):
    round_ = small_round(tmp_path_factory.mktemp("round"))
    unsigned(round_, "A1", "a.xlsx")
    fill(round_, "A2", RATED, "b.xlsx")
    monkeypatch.chdir(round_.folder)
    collate(round_, round_.returns, as_at=ISSUED)
    before = round_.master.read_bytes()
    for step in steps:
        more = ["--as", step[2]] if step[0] == "accept" else ["--why", "x"]
        CliRunner().invoke(group, [step[0], step[1], *more])
    record = json.loads((round_.private / "decisions.json").read_text()) if steps_taken(round_) else []
    for entry in record:
        run("decisions", "--undo", entry["number"])
    collate(round_, round_.returns, as_at=ISSUED)
    assert round_.master.read_bytes() == before


def steps_taken(round_):
    return (round_.private / "decisions.json").exists()
