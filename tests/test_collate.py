"""The main job as a whole: what the master holds besides answers, and what a second run leaves alone."""

import datetime as dt
import io

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from auditkit import edited
from auditkit.collate import collate
from auditkit.demo.fill import fill
from auditkit.errors import AuditkitError
from auditkit.round import load
from auditkit.tables import rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import ANSWER, COVER
from tests.rounds import AUDIT, small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
LEADERSHIP = "1 Leadership"
SIGNED = {(COVER, "author", ANSWER): "Sam Oduya", (COVER, "signoff_name", ANSWER): "Ann Bexley"}


@pytest.fixture
def round_(tmp_path):
    return small_round(tmp_path / "round")


def returned(round_, answers, recipient=0, name="Police.xlsx"):
    who = round_.recipients[recipient]
    layout = layout_for(round_.audit_for(who))
    saved = dt.datetime(2026, 12, 10, 9)
    path = round_.returns / name
    path.write_bytes(fill(workbook_of(round_, who.id).read_bytes(), layout, {**SIGNED, **answers}, saved))
    return path


def run(round_, as_at=AS_AT):
    return collate(round_, round_.returns, as_at=as_at)


def codes(collated):
    return set(collated.tables.findings["code"])


def sheet(collated, name):
    rows = openpyxl.load_workbook(collated.master, read_only=True)[name].iter_rows(values_only=True)
    heads = next(rows)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_dates_are_held_against_the_day_of_the_master_and_the_day_of_issue(round_):
    plan = {("GOV", "GOV-2", "rating"): "■ Red", ("GOV", "GOV-2", "action"): "Put it on the board's agenda"}
    plan[("GOV", "GOV-2", "due")] = dt.date(2026, 12, 1)
    returned(round_, {**plan, (COVER, "signoff_date", ANSWER): dt.date(2026, 8, 1)})
    assert {"action-overdue", "sign-off-early"} <= codes(run(round_))
    returned(round_, {**plan, (COVER, "signoff_date", ANSWER): dt.date(2026, 12, 17)})
    early = codes(run(round_, dt.date(2026, 11, 20)))
    assert "sign-off-in-future" in early
    assert not {"action-overdue", "sign-off-early"} & early


def test_the_same_texts_in_the_returns_of_a_group_are_noticed(tmp_path):
    both = "A1,Northmoor Police,Police,,,\nA2,Wexley Police,Police,,,\n"
    round_ = small_round(
        tmp_path / "round",
        register="id,name,group,contact,email,sector\n" + both,
        audit=f"{AUDIT}checks: {{shared_texts: 3}}\n",
    )
    said = {
        (
            "GOV",
            f"GOV-{n}",
            "evidence",
        ): f"The board's minutes of {n} May 2026 record what was asked about children."
        for n in (1, 2, 3)
    }
    said |= {("GOV", f"GOV-{n}", "rating"): "● Green" for n in (1, 2, 3)}
    returned(round_, said, 0, "a.xlsx")
    returned(round_, said, 1, "b.xlsx")
    found = rows(run(round_).tables.findings, "code", "file")
    assert {file for code, file in found if code == "same-text-elsewhere"} == {"a.xlsx", "b.xlsx"}


def test_what_was_typed_beside_the_form_is_on_the_notes_sheet(round_, libreoffice):
    path = returned(
        round_, {("GOV", "GOV-1", "rating"): "● Green", ("GOV", "GOV-1", "evidence"): "Minutes of 3 May"}
    )
    with libreoffice.open(path) as book:
        book.unprotect(LEADERSHIP, round_.settings.password)
        book.write({(LEADERSHIP, "K6"): "=Please ring me about this one"})
        book.save_as(path)
    (note,) = sheet(run(round_), "Notes")
    assert (note["Recipient ID"], note["Ref"], note["Sheet"], note["Cell"]) == (
        "A1",
        "GOV-1",
        LEADERSHIP,
        "K6",
    )
    assert note["Note"] == "=Please ring me about this one"


def test_a_return_locked_with_a_password_is_read_with_the_rounds(round_):
    plain = returned(round_, {("GOV", "GOV-1", "rating"): "● Green"})
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(plain.read_bytes())).encrypt("larch-tarn", locked)
    plain.write_bytes(locked.getvalue())
    assert codes(run(round_)) == {"file-password"}
    settings = round_.folder / "round.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "file_passwords: larch-tarn\n", encoding="utf-8"
    )
    assert run(load(round_.folder)).counts.accepted == 1


def test_a_folder_of_nothing_but_litter_leaves_the_master_alone(round_):
    returned(round_, {("GOV", "GOV-1", "rating"): "● Green"}).rename(round_.folder / "kept.xlsx")
    (round_.returns / "~$Police.xlsx").write_bytes(b"x")
    with pytest.raises(AuditkitError, match="no return in"):
        run(round_)
    assert not round_.master.exists()


def test_a_blank_return_is_held_and_takes_nobodys_place(round_):
    returned(round_, {("GOV", "GOV-1", "rating"): "● Green"}, name="a.xlsx")
    (round_.returns / "b.xlsx").write_bytes(workbook_of(round_, "A1").read_bytes())
    collated = run(round_)
    outcomes = dict(zip(collated.tables.returns["file"], collated.tables.returns["outcome"], strict=True))
    assert outcomes == {"a.xlsx": "accepted", "b.xlsx": "held"}
    assert collated.needs_decision


def test_a_master_that_somebody_worked_in_is_kept(round_):
    returned(round_, {("GOV", "GOV-1", "rating"): "● Green"})
    assert run(round_).kept is None
    assert run(round_).kept is None
    book = openpyxl.load_workbook(round_.master)
    book["Answers"]["Z1"] = "my note"
    book.save(round_.master)
    mine = round_.master.read_bytes()
    kept = run(round_).kept
    assert kept is not None
    assert kept.read_bytes() == mine
    assert round_.master.read_bytes() != mine
    assert run(round_).kept is None


def test_two_edited_masters_of_one_minute_are_both_kept(tmp_path):
    master, mark = tmp_path / "master.xlsx", tmp_path / "mark"
    kept = []
    for content in (b"one", b"two", b"two"):
        master.write_bytes(content)
        kept.append(edited.keep(master, mark))
    assert kept[0] != kept[1] == kept[2]
    assert [path.read_bytes() for path in kept] == [b"one", b"two", b"two"]
