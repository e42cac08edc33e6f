"""Who gets a workbook, who keeps theirs, and what the officer's list says."""

import csv
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from auditkit.errors import AuditkitError
from auditkit.register import read
from auditkit.round import load
from auditkit.workbook.issue import generate
from auditkit.workbook.log import HEADINGS, LIST, read_log
from tests.rounds import AUDIT, ISSUED, REGISTER, small_round, workbook_of


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def listed(round_):
    with (round_.workbooks / "issued.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_list_names_what_was_issued(round_):
    heads, *rows = listed(round_)
    assert tuple(heads) == HEADINGS
    assert rows == [
        [
            "A1",
            "Northmoor Police",
            "Police",
            "police@northmoor.example",
            "Northmoor Police (A1).xlsx",
            "2026.1",
            "1",
            "2026-09-07",
        ],
        [
            "A2",
            "St Mary's Hospice",
            "Health",
            "hospice@northmoor.example",
            "St Mary's Hospice (A2).xlsx",
            "2026.1",
            "1",
            "2026-09-07",
        ],
    ]
    assert all((round_.workbooks / row[4]).is_file() for row in rows)


def test_names_that_look_alike_get_files_of_their_own(tmp_path):
    register = (
        REGISTER
        + "A3,St. Mary's Hospice,Health,,,\nA4,\"CON: what/ever?\",Health,,,\nA5,St Mary's Hospice,Health,,,\n"
    )
    round_ = small_round(tmp_path / "round", register=register)
    names = [row[4] for row in listed(round_)[1:]]
    assert len({name.casefold() for name in names}) == 5
    assert not set('<>:"/\\|?*') & set("".join(names))


def test_a_name_that_looks_like_a_formula_is_text_in_the_list_and_itself_in_a_register_made_from_it(tmp_path):
    round_ = small_round(
        tmp_path / "round", register=REGISTER.replace("Northmoor Police", "-Smith & Co; =1+1")
    )
    _, row, *_ = listed(round_)
    assert row[1] == "'-Smith & Co; '=1+1"
    copied = tmp_path / "register.xlsx"
    book = openpyxl.Workbook()
    for line in (["id", "name"], row[:2]):
        book.active.append(line)
    book.save(copied)
    assert read(copied)[0].name == round_.recipients[0].name == "-Smith & Co; =1+1"


def test_generating_again_keeps_what_recipients_may_hold(round_):
    before = {path: path.stat().st_mtime_ns for path in round_.workbooks.glob("*.xlsx")}
    assert generate(round_, today=ISSUED).ids("kept") == ("A1", "A2")
    assert {path: path.stat().st_mtime_ns for path in round_.workbooks.glob("*.xlsx")} == before


def test_a_new_issue_is_made_on_request_beside_the_old(round_):
    first = workbook_of(round_, "A1")
    outcomes = generate(round_, again=["A1"], today=ISSUED)
    assert (outcomes.ids("issued"), outcomes.ids("kept")) == (("A1",), ("A2",))
    assert first.is_file()
    assert workbook_of(round_, "A1").name == "Northmoor Police (A1) issue 2.xlsx"
    assert [entry.issue for entry in read_log(round_)] == [1, 1, 2]


def test_a_new_recipient_gets_a_workbook_and_the_others_keep_theirs(round_):
    (round_.folder / "register.csv").write_text(REGISTER + "A3,Newcomers,Health,,,\n", encoding="utf-8")
    outcomes = generate(load(round_.folder), today=ISSUED)
    assert outcomes.by_recipient == {"A1": "kept", "A2": "kept", "A3": "issued"}


@pytest.mark.parametrize("left", [b"", b"\0" * 70_000])
def test_a_workbook_that_a_power_cut_spoilt_is_made_again(round_, left):
    path = workbook_of(round_, "A1")
    before = path.read_bytes()
    path.write_bytes(left)
    assert generate(round_, today=ISSUED).by_recipient == {"A1": "restored", "A2": "kept"}
    assert path.read_bytes() == before
    assert generate(round_, today=ISSUED).ids("kept") == ("A1", "A2")


def test_a_changed_audit_is_noticed(round_):
    changed = AUDIT.replace("id: GOV-2, text", "id: GOV-9, text")
    (round_.folder / "audit.yaml").write_text(changed, encoding="utf-8")
    round_ = load(round_.folder)
    assert generate(round_, today=ISSUED).ids("outdated") == ("A1", "A2")
    workbook_of(round_, "A1").unlink()
    assert generate(round_, today=ISSUED).ids("issued") == ("A1",)
    assert read_log(round_)[-1].issue == 2


def test_a_reworded_question_makes_workbooks_out_of_date(round_):
    changed = AUDIT.replace("The board hears about it.", "The board hears about it twice a year.")
    (round_.folder / "audit.yaml").write_text(changed, encoding="utf-8")
    assert generate(load(round_.folder), today=ISSUED).ids("outdated") == ("A1", "A2")


def with_settings(round_, **changes):
    path = round_.folder / "round.yaml"
    text = path.read_text(encoding="utf-8")
    for name, value in changes.items():
        text = re.sub(rf"(?m)^{name}:.*\n|\Z", f"{name}: {value}\n", text, count=1)
    path.write_text(text, encoding="utf-8")
    return load(round_.folder)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"deadline": "2027-01-15"}, "deadline changed"),
        ({"contact_name": "Kit Marlowe"}, "contact changed"),
        ({"contact_phone": "01632 960147"}, "contact changed"),
        ({"deadline": "2027-01-15", "contact_name": "Kit"}, "deadline and contact changed"),
    ],
)
def test_what_is_printed_and_has_changed_is_told(round_, changes, outcome):
    before = {path: path.read_bytes() for path in round_.workbooks.glob("*.xlsx")}
    round_ = with_settings(round_, **changes)
    assert generate(round_, today=ISSUED).ids(outcome) == ("A1", "A2")
    assert {path: path.read_bytes() for path in round_.workbooks.glob("*.xlsx")} == before
    workbook_of(round_, "A1").unlink()
    assert generate(round_, today=ISSUED).by_recipient == {"A1": "restored", "A2": outcome}
    assert generate(round_, today=ISSUED).by_recipient == {"A1": "kept", "A2": outcome}
    assert generate(round_, again_outdated=True, today=ISSUED).by_recipient == {"A1": "kept", "A2": "issued"}
    assert [(e.recipient_id, e.issue) for e in read_log(round_)] == [("A1", 1), ("A2", 1), ("A2", 2)]


def test_a_log_of_an_earlier_auditkit_says_nothing_of_what_was_printed(round_):
    log = json.loads(round_.log.read_text(encoding="utf-8"))
    for entry in log:
        del entry["deadline"], entry["contact"]
    round_.log.write_text(json.dumps(log), encoding="utf-8")
    assert generate(with_settings(round_, deadline="2027-01-15"), today=ISSUED).ids("kept") == ("A1", "A2")


def test_all_outdated_workbooks_are_issued_again_at_once(round_):
    (round_.folder / "audit.yaml").write_text(AUDIT.replace("The board hears", "It hears"), encoding="utf-8")
    round_ = load(round_.folder)
    assert generate(round_, again_outdated=True, today=ISSUED).ids("issued") == ("A1", "A2")
    assert generate(round_, again_outdated=True, today=ISSUED).ids("kept") == ("A1", "A2")


def test_the_log_knows_of_a_workbook_before_it_is_made(tmp_path):
    round_ = small_round(tmp_path / "round")
    shutil.rmtree(round_.workbooks)
    round_.log.unlink()
    logged = []

    def stop(recipient):
        logged.append([entry.recipient_id for entry in read_log(round_)])
        if recipient.id == "A2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(round_, today=ISSUED, on_recipient=stop)
    assert logged == [["A1", "A2"]] * 2
    assert [path.name for path in round_.workbooks.iterdir()] == ["Northmoor Police (A1).xlsx"]
    assert generate(round_, today=ISSUED).by_recipient == {"A1": "kept", "A2": "restored"}
    assert [entry.issue for entry in read_log(round_)] == [1, 1]
    assert len(listed(round_)) == 3


def test_a_list_that_is_open_goes_beside_it(round_, monkeypatch):
    real = Path.replace

    def replace_(self, target):
        if target.name == LIST:
            raise PermissionError(13, "The process cannot access the file")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace_)
    assert generate(round_, today=ISSUED).listed == round_.workbooks / "issued (2).csv"


def test_a_dry_run_writes_nothing(tmp_path):
    round_ = small_round(tmp_path / "round")
    before = sorted(round_.folder.rglob("*"))
    assert generate(round_, again=["A1"], today=ISSUED, dry_run=True).ids("issued") == ("A1",)
    assert sorted(round_.folder.rglob("*")) == before
    assert len(read_log(round_)) == 2


def test_an_unknown_recipient_is_named(round_):
    with pytest.raises(AuditkitError, match="no recipient with the id A9"):
        generate(round_, again=["A9"], today=ISSUED)


def test_nobody_is_asked_nothing(tmp_path):
    only = AUDIT.replace("title: Leadership\n", "title: Leadership\n    applies_to: {group: Police}\n")
    only = only.replace("title: Numbers\n", "title: Numbers\n    applies_to: {group: Police}\n")
    round_ = small_round(tmp_path / "round", audit=only)
    assert generate(round_, today=ISSUED).by_recipient == {"A1": "kept", "A2": "nothing to ask"}


def test_a_damaged_log_is_not_guessed_at(round_):
    for damage in ("{", '[{"recipient_id": "A1"}]'):
        (round_.private / "issued.json").write_text(damage, encoding="utf-8")
        with pytest.raises(AuditkitError, match="damaged"):
            read_log(round_)


def test_a_round_that_was_never_issued_has_an_empty_log(round_):
    assert read_log(replace(round_, folder=round_.folder / "elsewhere")) == []
