"""A pack that shows what was said last time: beside each member's rows, and for all what they all said."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

from auditkit.collate import collate
from auditkit.earlier import read
from auditkit.read import read as read_round
from auditkit.round import Round, load
from auditkit.workbook import carried
from auditkit.workbook.carried import Carried, Row
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import CARRIED_FROM, FROM_LAST_TIME, LAST_SAID, LAST_TIME
from tests.earlier.editions import AS_AT, EVIDENCE, NOW, POLICE, TODAY, last_time, prefilled, this_time
from tests.filling import fill
from tests.rounds import REGISTER, SETTINGS, workbook_of

TRUST = "harbour-trust"
TRUSTED = "\n".join(
    f"{line},{'trust' if n == 0 else 'Harbour Trust'}" for n, line in enumerate(REGISTER.splitlines())
)
SHARED = NOW.replace("{id: GOV-1, ", "{id: GOV-1, shared: true, ")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return last_time(tmp_path_factory.mktemp("earlier") / "2026")


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory, before: Round) -> Round:
    round_ = this_time(
        tmp_path_factory.mktemp("now") / "2027", SHARED, TRUSTED, SETTINGS + "pack_by: trust\n"
    )
    prefilled(round_, before)
    return round_


def seen(path: Path) -> dict[str, tuple[object, ...]]:
    found = {}
    for sheet in openpyxl.load_workbook(path):
        headers = [cell.value for cell in sheet[5]]
        if LAST_SAID.header in headers:
            columns = [headers.index(column.header) for column in LAST_TIME if column.header in headers]
            for row in sheet.iter_rows(min_row=6, values_only=True):
                found[str(row[0])] = tuple(row[column] or "" for column in columns)
    return found


def test_each_members_words_stand_beside_its_own_rows(now: Round) -> None:
    found = seen(workbook_of(now, TRUST))
    assert found["GOV-2a / A1"][0] == "▲ Amber"
    assert "Put it on the agenda" in str(found["GOV-2a / A1"][1])
    # The hospice said nothing last time, and what the police said is no answer of the trust.
    assert found["GOV-2a / A2"] == found["GOV-1"] == ("", "")
    left = openpyxl.load_workbook(workbook_of(now, TRUST))[FROM_LAST_TIME]
    assert [cell.value for cell in left[6]][:2] == ["GOV-3 / A1", "Officers are trained."]


def test_what_all_said_stands_beside_what_is_shared(tmp_path: Path, before: Round, now: Round) -> None:
    then = last_time(tmp_path / "then")
    fill(then, "A2", {key: value for key, value in POLICE.items() if key[1] != "GOV-3"}, "a2.xlsx")
    collate(then, then.returns, as_at=AS_AT)
    outcomes = generate(now, again=[TRUST], today=TODAY, source=read([then.folder], now))
    assert outcomes.by_recipient[TRUST] == "issued"
    assert EVIDENCE in str(seen(workbook_of(now, TRUST))["GOV-1"][1])


def test_what_was_carried_over_into_the_pack_stands_beside_what_was_said_last_time(
    now: Round, before: Round, tmp_path: Path
) -> None:
    copy = load(shutil.copytree(now.folder, tmp_path / "copy"))
    generate(copy, again=[TRUST], today=TODAY, source=read(before.folder, copy))
    without = seen(workbook_of(copy, TRUST))
    rows = (Row("GOV-1", {"evidence": "As in the other audit."}, "LEAD-2"),)
    carried.write(copy, {TRUST: Carried("Fell Partnership", "1 May 2026", rows)})
    outcomes = generate(copy, again=[TRUST], today=TODAY, source=read(before.folder, copy))
    assert outcomes.by_recipient[TRUST] == "issued"
    path = workbook_of(copy, TRUST)
    assert seen(path) == without
    sheet = openpyxl.load_workbook(path)["1 Leadership"]
    headers = [cell.value for cell in sheet[5]]
    source, evidence = headers.index(CARRIED_FROM.header), headers.index("Evidence")
    beside = {
        row[0]: (row[source] or "", row[evidence]) for row in sheet.iter_rows(min_row=6, values_only=True)
    }
    assert beside.pop("GOV-1") == ("LEAD-2", "As in the other audit.")
    assert set(beside.values()) == {("", None)}


def test_what_was_shown_is_no_answer_and_no_note(now: Round, before: Round) -> None:
    book = openpyxl.load_workbook(workbook_of(now, TRUST))
    sheet = book["1 Leadership"]
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == "GOV-2a / A1")
    headers = [cell.value for cell in sheet[5]]
    sheet.cell(row, headers.index("Evidence") + 1, "Something new, in words of this year.")
    book.save(now.returns / "pack.xlsx")
    found = {one.recipient_id: one for one in read_round(now, now.returns, jobs=1)}
    assert [a.typed for a in found["A1"].answers] == ["Something new, in words of this year."]
    assert all(one.notes == () for one in found.values())
    assert generate(now, today=TODAY, source=read([before.folder], now)).by_recipient["A1"] == "in a pack"


def test_microsofts_validator_finds_nothing(
    now: Round, ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]]
) -> None:
    assert ooxml_errors([workbook_of(now, TRUST)]) == {}
