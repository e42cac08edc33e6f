"""The round's folder: found, loaded with every problem at once, its key kept."""

import datetime as dt
import os
import stat
import sys

import pytest

from auditkit.errors import AuditkitError, ProblemsError
from auditkit.round import find, find_from, load, notes
from auditkit.templates import names, new_round
from auditkit.workbook.issue import generate
from tests.definition.xlsx.form import changed, form
from tests.rounds import AUDIT, REGISTER, SETTINGS, small_round

TODAY = dt.date(2026, 9, 7)


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def test_a_round_is_found_from_any_folder_in_it(round_, monkeypatch, tmp_path):
    assert find(round_.returns) == round_.folder
    monkeypatch.chdir(round_.workbooks)
    assert find_from(tmp_path / "elsewhere") == round_.folder
    monkeypatch.chdir(tmp_path)
    assert find_from(round_.returns) == round_.folder
    with pytest.raises(AuditkitError, match="not inside a round"):
        find(tmp_path)


def test_every_problem_of_every_file_comes_in_one_go(round_):
    (round_.folder / "round.yaml").write_text(SETTINGS.replace("title: Small audit", 'title: " "'))
    (round_.folder / "audit.yaml").write_text(AUDIT.replace("scale: rag, role", "scale: rug, role"))
    (round_.folder / "register.csv").write_text(REGISTER.replace("A2,", ","))
    with pytest.raises(ProblemsError) as caught:
        load(round_.folder)
    said = str(caught.value)
    assert "round.yaml: title: this is blank" in said
    assert "audit.yaml, line 19, column 54" in said
    assert "did you mean 'rag'" in said
    assert "register.csv, row 3" in said


def test_a_bad_definition_and_bad_settings_are_told_too(round_):
    (round_.folder / "round.yaml").write_text(SETTINGS.replace("deadline: 2026-12-11", "deadlin: soon"))
    (round_.folder / "audit.yaml").write_text(AUDIT + "\nextra: 1\n")
    with pytest.raises(ProblemsError, match="did you mean 'deadline'") as caught:
        load(round_.folder)
    assert "audit.yaml" in str(caught.value)


def test_a_misspelt_setting_hides_no_other_problem(round_):
    wrong = AUDIT.replace("scale: rag, role: rating", "scale: rug, rol: rating").replace(
        "title: Leadership", "titel: L"
    )
    (round_.folder / "audit.yaml").write_text(wrong.replace("\n    intro:", "\n    colour: red\n    intro:"))
    (round_.folder / "register.csv").write_text(REGISTER.replace("Police,Police", "Police,Polise"))
    with pytest.raises(ProblemsError) as caught:
        load(round_.folder)
    assert [problem.message for problem in caught.value.problems] == [
        "there is no scale called 'rug'; did you mean 'rag'?",
        "there is no setting called 'rol' here; did you mean 'role'?",
        "there is no setting called 'titel' here; did you mean 'title'?",
        "there is no setting called 'colour' here",
        "the audit has no group 'Polise'; did you mean 'Police'?",
    ]


def test_what_is_wrong_with_its_form_hides_nothing_else(round_):
    wrong = AUDIT.replace("scale: rag, role: rating", "scale: rug, rol: rating").replace(
        "title: Leadership", "a: b"
    )
    (round_.folder / "audit.yaml").write_text(wrong)
    with pytest.raises(ProblemsError) as caught:
        load(round_.folder)
    said = str(caught.value)
    assert "did you mean 'role'" in said
    assert "'title' is missing here" in said
    assert "there is no scale called 'rug'" in said


def test_a_rounds_id_is_plain(round_):
    (round_.folder / "round.yaml").write_text(SETTINGS.replace("id: small-2026", "id: small round / 2026"))
    with pytest.raises(ProblemsError, match="an id has at most"):
        load(round_.folder)


@pytest.mark.parametrize(
    ("name", "says"),
    [("audit.yaml", "no definition"), ("register.csv", "no register"), ("round.yaml", "no such file")],
)
def test_a_missing_file_is_named(round_, name, says):
    (round_.folder / name).unlink()
    with pytest.raises(AuditkitError, match=says):
        load(round_.folder)


def test_two_definitions_are_one_too_many(round_):
    (round_.folder / "audit.xlsx").write_bytes(b"")
    with pytest.raises(AuditkitError, match=r"two definitions of the audit, audit\.xlsx and audit\.yaml"):
        load(round_.folder)


def test_problems_of_a_definition_in_excel_come_with_those_of_the_other_files(round_):
    (round_.folder / "audit.yaml").unlink()
    applies = changed("applies", ("D2", "grp"))
    form(round_.folder, applies=applies, scales=changed("scales", ("C1", "labl"), ("D2", "green")))
    (round_.folder / "register.csv").write_text(REGISTER.replace("A2,", ","))
    with pytest.raises(ProblemsError) as caught:
        load(round_.folder)
    said = str(caught.value)
    assert (
        "audit.xlsx, sheet 'scales', cell C1: there is no column 'labl' here; did you mean 'label'?" in said
    )
    assert "audit.xlsx, sheet 'scales', cell D2: 'green' isn't a colour" in said
    assert "register.csv, row 3" in said
    form(round_.folder, applies=applies)
    (round_.folder / "register.csv").write_text(REGISTER)
    with pytest.raises(ProblemsError, match=r"sheet 'applies', cell D2: register\.csv has no column 'grp'"):
        load(round_.folder)


def test_two_registers_are_one_too_many(round_):
    (round_.folder / "register.xlsx").write_bytes(b"")
    with pytest.raises(AuditkitError, match="two registers"):
        load(round_.folder)


def test_notes_say_what_to_know_before_sending(round_, tmp_path):
    assert notes(round_, TODAY) == []
    (round_.folder / "register.csv").write_text(REGISTER.replace("police@northmoor.example", ""))
    only = AUDIT.replace("title: Leadership\n", "title: Leadership\n    applies_to: {group: Police}\n")
    (round_.folder / "audit.yaml").write_text(
        only.replace("title: Numbers\n", "title: Numbers\n    applies_to: {group: Police}\n")
    )
    said = " / ".join(notes(load(round_.folder), dt.date(2027, 1, 1)))
    assert "recipients without an email address in the register: 1 (Northmoor Police)" in said
    assert "11/12/2026, has passed" in said
    assert "no question applies to St Mary's Hospice" in said
    assert "only for group 'Fire', which nobody" in " / ".join(notes(unmatched_round(tmp_path), TODAY))


def test_a_note_names_ids_that_differ_by_zeros_only(round_):
    ids = ("7", "007", "S11-01", "s11-1", "B70", "B7", "B07", "x.10", "x.100")
    lines = "".join(f"{key},Agency {n},Police,,a@b.example,\n" for n, key in enumerate(ids))
    (round_.folder / "register.csv").write_text(REGISTER + lines, encoding="utf-8")
    assert [note.split(" are ")[0] for note in notes(load(round_.folder), TODAY)] == [
        "7 and 007",
        "S11-01 and s11-1",
        "B7 and B07",
    ]


def unmatched_round(tmp_path):
    audit = AUDIT.replace("groups: [Police, Health]", "groups: [Police, Health, Fire]")
    return small_round(tmp_path / "fire", audit=audit.replace("{group: Police}}", "{group: [Police, Fire]}}"))


def test_recipients_who_are_asked_the_same_share_one_audit(round_):
    lines = "A3,North Hospice,Health,,,\nA4,South Hospice, health ,,,\nA5,Fell Police,Police,,,\n"
    (round_.folder / "register.csv").write_text(REGISTER + lines, encoding="utf-8")
    round_ = load(round_.folder)
    audits = [round_.audit_for(recipient) for recipient in round_.recipients]
    assert audits == [round_.audit.for_recipient(recipient.row()) for recipient in round_.recipients]
    assert [[i for i, a in enumerate(audits) if a is audit] for audit in audits] == [
        [0, 4],
        [1, 2, 3],
        [1, 2, 3],
        [1, 2, 3],
        [0, 4],
    ]


def test_the_key_is_made_once_and_only_its_owner_reads_it(round_):
    path = round_.private / "key"
    key = round_.key()
    assert len(key) == 32
    assert round_.key() == key
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    for damage in ("zz", "abcd"):
        path.write_text(damage)
        with pytest.raises(AuditkitError, match="backup"):
            round_.key()
    path.unlink()
    with pytest.raises(AuditkitError, match="issue them all again"):
        round_.key()
    round_.log.unlink()
    assert round_.key() != key


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_on_a_shared_drive_the_key_and_its_folder_are_their_owners_until_shared(tmp_path):
    old = os.umask(0o002)  # as set where a group shares a drive
    try:
        round_ = small_round(tmp_path / "round")
        assert [stat.S_IMODE(path.stat().st_mode) for path in (round_.private, round_.private / "key")] == [
            0o700,
            0o600,
        ]
        # What the officer then gives the group stays given.
        round_.private.chmod(0o770)
        (round_.private / "key").chmod(0o660)
        generate(round_, again=["A1"], today=TODAY)
    finally:
        os.umask(old)
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in round_.private.iterdir() if path.is_file()
    }
    assert modes == {"key": 0o660, "issued.json": 0o664}
    assert stat.S_IMODE(round_.private.stat().st_mode) == 0o770
    assert stat.S_IMODE((round_.workbooks / "issued.csv").stat().st_mode) == 0o664


def test_a_key_that_cannot_be_read_is_no_bug(round_):
    (round_.private / "key").unlink()
    (round_.private / "key").mkdir()
    with pytest.raises(AuditkitError, match=r"key can't be read .* ask them for the right to use"):
        round_.key()


def test_a_ready_made_audit_becomes_a_round_with_a_password_of_its_own(tmp_path):
    assert {"section11", "section175"} <= set(names())
    first, second = tmp_path / "S11 2026", tmp_path / "other"
    for folder in (first, second):
        new_round("section11", folder)
        assert (folder / "returns").is_dir()
        assert not (folder / "demo.yaml").exists()
    assert not (first / "audit.yaml").exists()
    new_round("section11", tmp_path / "text", yaml=True)
    assert load(tmp_path / "text").audit == load(first).audit
    assert not (tmp_path / "text" / "audit.xlsx").exists()
    one, two = load(first), load(second)
    assert one.settings.id == "S11-2026"
    assert one.settings.password != two.settings.password
    assert "change" not in one.settings.password
    assert (len(one.recipients), len(one.audit.sections)) == (24, 10)


def test_no_template_by_that_name_and_no_folder_to_put_it_in(tmp_path):
    with pytest.raises(AuditkitError, match="Did you mean section11"):
        new_round("sectoin11", tmp_path / "x")
    with pytest.raises(
        AuditkitError,
        match="There is: case_audit, childminder, early_years, partnership_survey, practice_survey, rapid_review, section11",
    ):
        new_round("zzz", tmp_path / "x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("mine")
    with pytest.raises(AuditkitError, match="isn't empty"):
        new_round("section11", tmp_path / "full")
    with pytest.raises(AuditkitError, match="isn't empty"):
        new_round("section11", tmp_path / "full" / "a.txt")
