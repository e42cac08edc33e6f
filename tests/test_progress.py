"""Progress through the year: issued, filled in, laid over the audit, in the trail and in the master."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from auditkit.collate import Collated, collate
from auditkit.earlier import position
from auditkit.round import Round
from auditkit.tables import rows
from auditkit.workbook.issue import Outcomes
from auditkit.workbook.issue_progress import generate_progress
from auditkit.workbook.layout import COVER, PROGRESS, SO_FAR, layout_for
from auditkit.workbook.log import read_log
from tests.earlier.editions import POLICE
from tests.filling import Key, fill
from tests.rounds import small_round, workbook_of

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


def audited(folder: Path) -> Round:
    """Make a round in which Northmoor Police returned the audit and the hospice didn't."""
    round_ = small_round(folder)
    fill(round_, "A1", POLICE, "a1.xlsx")
    collate(round_, round_.returns, as_at=AS_AT)
    return round_


def followed(round_: Round, **how: object) -> Outcomes:
    return generate_progress(round_, position(round_), today=TODAY, **how)  # type: ignore[arg-type]


def send(round_: Round, answers: dict[Key, object], name: str, time: float = 1000) -> Path:
    police = next(r for r in round_.recipients if r.id == "A1")
    form = position(round_).form(police)
    assert form is not None
    return fill(round_, "A1", answers, name, time, layout_for(form, SO_FAR))


def collated(round_: Round) -> Collated:
    return collate(round_, round_.returns, as_at=AS_AT)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Round:
    round_ = audited(tmp_path_factory.mktemp("progress") / "2026")
    followed(round_)
    return round_


def test_it_carries_what_isnt_good_yet_and_shows_the_position(issued: Round) -> None:
    sheet = openpyxl.load_workbook(workbook_of(issued, "A1"))["1 Leadership"]
    shown = {row[0]: row for row in sheet.iter_rows(min_row=6, values_only=True) if row[0]}
    assert list(shown) == ["GOV-2", "GOV-3"]
    headers = [cell.value for cell in sheet[5]]
    assert headers[2:] != []
    rating, said = (headers.index(column.header) for column in SO_FAR)
    assert shown["GOV-2"][rating] == "▲ Amber"
    assert "Put it on the agenda of each quarter." in str(shown["GOV-2"][said])


def test_two_progress_returns(issued: Round) -> None:
    send(issued, FIRST, "p1.xlsx", 1000)
    result = collated(issued)
    assert result.counts.progress == 1
    print(list(rows(result.tables.trail)))
    print(list(rows(result.tables.progress)))
    print(list(rows(result.tables.findings, "file", "code", "what")))
    assert followed(issued).by_recipient == {"A1": "issued", "A2": "no return"}
    send(issued, SECOND, "p2.xlsx", 2000)
    result = collated(issued)
    print(list(rows(result.tables.trail)))
    assert len(result.tables.trail) == 5
    assert [e.issue for e in read_log(issued) if e.recipient_id == "A1"] == [1, 2, 3]
