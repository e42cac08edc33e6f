"""Recipients who close, or go on under another id, while the round is running."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl

from auditkit.collate import collate
from auditkit.demo.fill import fill
from auditkit.master.sheets.summary import NAME as SUMMARY
from auditkit.register import Recipient
from auditkit.round import Round, load, notes
from auditkit.tables import rows
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import ANSWER, COVER
from auditkit.workbook.log import Issued, read_log, successors
from tests.rounds import small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
HEAD = "id,name,group,email,predecessor,closed\n"
POLICE, HOSPICE = "A1,Police,Police,p@x.example,,\n", "A2,Hospice,Health,h@x.example,,\n"


def now(round_: Round, *lines: str) -> Round:
    (round_.folder / "register.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    return load(round_.folder)


def returned(round_: Round, rating: str = "● Green", name: str = "h.xlsx") -> None:
    issued = workbook_of(round_, "A2").read_bytes()
    layout = layout_for(round_.audit_for(round_.recipients[1]))
    answers = {("GOV", "GOV-1", "rating"): rating, (COVER, "author", ANSWER): "Kit Marlowe"}
    (round_.returns / name).write_bytes(fill(issued, layout, answers, dt.datetime(2026, 12, 10, 9)))


def standings(round_: Round) -> dict[str, tuple[str, str | None]]:
    collated = collate(round_, round_.returns, as_at=AS_AT)
    wanted = ("recipient_id", "standing", "file")
    return {key: (standing, file) for key, standing, file in rows(collated.tables.recipients, *wanted)}


def outcomes(round_: Round) -> dict[str, str]:
    return dict(generate(round_, today=AS_AT, dry_run=True).by_recipient)


def test_who_has_closed_is_not_waited_for(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "round")
    returned(round_)
    (round_.folder / "workbooks" / read_log(round_)[0].file).unlink()
    closed = now(round_, POLICE.replace(",,", ",,18/12/2026"), HOSPICE)
    assert standings(closed) == {"A1": ("closed", None), "A2": ("partly", "h.xlsx")}
    assert outcomes(closed) == {"A1": "closed", "A2": "kept"}
    assert any("closed, so they aren't asked: 1 (Police)" in note for note in notes(closed, AS_AT))
    collated = collate(closed, closed.returns, as_at=AS_AT)
    assert (collated.counts.closed, collated.counts.not_returned) == (1, 0)
    book = openpyxl.load_workbook(collated.master, data_only=True)
    summary = book[SUMMARY]
    assert [summary["A4"].value, summary["B4"].value] == ["1 of 1", "100%"]
    assert [cell.value for cell in summary[8]][1:9] == [
        *("Returned", "Partly", "Nil return", "Not returned", "Asked", "Replied", "Closed", None)
    ]
    assert [cell.value for cell in summary[11]][:8] == ["All recipients", 0, 1, 0, 0, 1, 1, 1]
    assert [row[0].value for row in book["Not returned"].iter_rows(min_row=2)] == ["A2"]
    assert standings(now(round_, POLICE.replace(",,", ",,19/12/2026"), HOSPICE))["A1"][0] == "not returned"


def test_what_a_closed_recipient_answered_stays(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "round")
    returned(round_)
    closed = now(round_, POLICE, HOSPICE.replace(",,", ",,01/12/2026"))
    assert standings(closed)["A2"] == ("closed", "h.xlsx")
    answers = collate(closed, closed.returns, as_at=AS_AT).tables.answers
    assert list(rows(answers, "recipient_id", "value")) == [("A2", "● Green")]


def test_who_goes_on_under_another_id_keeps_workbook_and_return(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "round")
    returned(round_)
    standings(round_)
    same = now(round_, POLICE, HOSPICE.replace("A2", "B7").replace(",,", ",A2,"))
    assert outcomes(same) == {"A1": "kept", "B7": "kept"}
    assert standings(same)["B7"] == ("partly", "h.xlsx")
    collated = collate(same, same.returns, as_at=AS_AT)
    assert "issued-to-predecessor" in collated.tables.findings["code"]
    assert dict(rows(collated.tables.recipients, "recipient_id", "issued"))["B7"] is not None
    # What changed is told as of the same recipient.
    returned(round_, "■ Red")
    changed = rows(
        collate(same, same.returns, as_at=AS_AT).tables.changes, "recipient_id", "change", "old", "new"
    )
    assert list(changed) == [("B7", "changed", "● Green", "■ Red")]
    # A new workbook has the new id, and goes on counting.
    (round_.workbooks / read_log(round_)[1].file).unlink()
    assert generate(same, today=AS_AT).ids("issued") == ("B7",)
    last = read_log(round_)[-1]
    assert (last.recipient_id, last.issue) == ("B7", 2)
    assert outcomes(same) == {"A1": "kept", "B7": "kept"}
    assert standings(same)["B7"] == ("partly", "h.xlsx")


def test_who_else_is_asked_since_is_told_so(tmp_path: Path) -> None:
    round_ = small_round(tmp_path / "round")
    moved = now(round_, POLICE, HOSPICE.replace("A2", "B7").replace("Health,h@x.example,", "Police,,A2"))
    assert outcomes(moved) == {"A1": "kept", "B7": "outdated"}


def test_joined_and_divided_recipients_are_not_taken_for_one_another() -> None:
    issued = [Issued(i, i, "", "", "", "", 1, "2026-09-07", "") for i in ("A", "B", "C", "D")]
    joined = Recipient("N", "N", predecessors=("A", "B"))
    divided = [Recipient(i, i, predecessors=("C",)) for i in ("X", "Y")]
    goes_on = Recipient("E", "E", predecessors=("D", "an older one"))
    assert successors(issued, [joined, *divided, goes_on]) == {"D": "E"}
    # As long as it stands in the register, a workbook of D is D's.
    assert successors(issued, [goes_on, Recipient("D", "D")]) == {}
