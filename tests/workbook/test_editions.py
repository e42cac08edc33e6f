"""What was asked in workbooks issued earlier is kept in the round."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from auditkit.definition.follows import Follows
from auditkit.round import load
from auditkit.workbook import editions
from auditkit.workbook.issue import generate
from auditkit.workbook.log import issued_audits, read_log
from tests.master.rounds import audit, section
from tests.rounds import AUDIT, ISSUED, REGISTER, section11_round, small_round

ROOT = Path(__file__).parents[2]


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def change(round_, name, old, new):
    path = round_.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load(round_.folder)


def audits(round_):
    return issued_audits(round_, read_log(round_))


def test_each_workbook_that_was_issued_is_known_by_what_it_asks(round_):
    found = {key[:2]: audit for key, audit in audits(round_).items()}
    assert found == {(r.id, 1): round_.audit_for(r) for r in round_.recipients}


def test_a_definition_comes_back_as_it_was(tmp_path):
    round_ = section11_round(tmp_path / "round")
    assert set(map(id, audits(round_).values())) != set()
    assert all(audit.title == round_.audit.title for audit in audits(round_).values())
    assert editions.digest(round_.audit) != editions.digest(replace(round_.audit, title="x"))


def test_what_a_definition_doesnt_say_leaves_the_digest_it_was_issued_under(round_):
    known = (ROOT / "examples/section11/.auditkit/editions").glob("[0-9a-f]*.json")
    assert editions.digest(load(ROOT / "examples/section11").audit) in {path.stem for path in known}
    follows = replace(round_.audit, follows=Follows(edition="1"))
    assert editions.digest(follows) != editions.digest(round_.audit)


def test_later_editions_leave_the_earlier_ones_alone(round_):
    before = audits(round_)
    later = change(round_, "audit.yaml", "A senior person leads.", "Who leads?")
    later = change(later, "register.csv", "A2,St Mary's Hospice,Health", "A2,St Mary's Hospice,Police")
    generate(later, again=["A2"], today=ISSUED)
    after = audits(later)
    assert {key: after[key] for key in before} == before
    (new,) = [audit for key, audit in after.items() if key not in before]
    assert [q.id for _, q in new.questions()] == ["GOV-1", "GOV-2", "GOV-3", "NUM-1", "NUM-2"]
    assert next(q.text for _, q in new.questions()) == "Who leads?"
    assert len(list((round_.private / "editions").iterdir())) == 3


@pytest.mark.parametrize("damage", [None, "", "{", '{"id": "x"}'])
def test_an_edition_that_is_damaged_or_gone_is_not_known_until_it_is_issued_again(round_, damage):
    path = round_.private / "editions" / f"{editions.digest(round_.audit)}.json"
    if damage is None:
        path.unlink()
    else:
        path.write_text(damage, encoding="utf-8")
    assert audits(round_) == {}
    generate(round_, today=ISSUED)
    assert len(audits(round_)) == 2


def test_an_edition_that_somebody_edited_is_not_taken_for_the_one_that_was_issued(round_):
    path = round_.private / "editions" / f"{editions.digest(round_.audit)}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("leads", "follows"), encoding="utf-8")
    assert audits(round_) == {}


@pytest.mark.parametrize("damage", [None, "{", "[]", '{"x": 1}', "{}"])
def test_layouts_that_are_damaged_are_not_known(round_, damage):
    path = round_.private / "editions" / "layouts.json"
    path.unlink()
    if damage is not None:
        path.write_text(damage, encoding="utf-8")
    assert audits(round_) == {}


def test_a_layout_that_asks_something_else_is_not_known(round_):
    path = round_.private / "editions" / "layouts.json"
    asked = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({layout: {"GOV": ["GOV-1"]} for layout in asked}), encoding="utf-8")
    assert audits(round_) == {}


def test_a_log_of_an_earlier_auditkit_names_no_definition(round_):
    path = round_.private / "issued.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([{k: v for k, v in e.items() if k != "definition"} for e in entries]))
    assert [entry.definition for entry in read_log(round_)] == ["", ""]
    assert audits(round_) == {}


def test_a_dry_run_keeps_nothing(tmp_path):
    folder = tmp_path / "round"
    (folder / "returns").mkdir(parents=True)
    for name, text in (("audit.yaml", AUDIT), ("register.csv", REGISTER)):
        (folder / name).write_text(text, encoding="utf-8")
    from tests.rounds import SETTINGS

    (folder / "round.yaml").write_text(SETTINGS, encoding="utf-8")
    generate(load(folder), today=ISSUED, dry_run=True)
    assert not (folder / ".auditkit").exists()


def test_a_definition_has_the_digest_that_the_first_auditkit_gave_it():
    # Else every workbook that is out is taken for outdated. A new setting of the model belongs into LATER.
    assert editions.digest(audit([section("A", 2)])) == "f10e6a830ca20b77"
