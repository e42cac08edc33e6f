"""A pack filled in by LibreOffice: every value typed counts for just those whose row it was typed in."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from auditkit.collate import Collated, collate
from auditkit.round import Round
from auditkit.tables import rows
from auditkit.workbook.pack import OF
from tests.apps.libreoffice import LibreOffice
from tests.end_to_end.conftest import Filled, fill
from tests.packs import SCHOOLS, TRUST, pack_round
from tests.rounds import workbook_of

Place = tuple[str, str]


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return pack_round(tmp_path_factory.mktemp("pack") / "round")


@pytest.fixture(scope="module")
def filled(round_: Round, libreoffice: LibreOffice) -> Filled:
    return fill(libreoffice, round_, TRUST, random.Random(11))


@pytest.fixture(scope="module")
def collated(round_: Round, filled: Filled) -> Collated:
    assert filled.file.is_file()
    return collate(round_, round_.returns, as_at=dt.date(2026, 12, 18))


def test_every_value_counts_for_those_in_whose_row_it_was_typed(collated: Collated, filled: Filled) -> None:
    assert (collated.counts.files, collated.counts.returns, collated.counts.accepted) == (1, 12, 12)
    found: dict[tuple[str, str, str], object] = {}
    columns = ("recipient_id", "question_id", "field", "value")
    for who, question, heading, value in rows(collated.tables.answers, *columns):
        found[who, question, heading] = value
    for who, label, value in rows(collated.tables.cover, "recipient_id", "field", "value"):
        found[who, "", label] = value
    expected = {}
    for cell, value in filled.typed.items():
        question, of, who = cell.question.partition(OF)
        if question in SCHOOLS:
            question, of, who = "", OF, question
        expected |= {(school, question, cell.heading): value for school in ([who] if of else SCHOOLS)}
    assert found == expected
    assert collated.counts.answers == len(expected) > len(filled.typed)


def test_locked_cells_refuse_and_nothing_fails(filled: Filled) -> None:
    assert filled.refused == [f"{sheet}!{where} is locked" for sheet, where in filled.locked]
    assert filled.changed == {}
    assert filled.errors == []


def test_the_sheet_of_schools_says_how_far_each_is(filled: Filled, libreoffice: LibreOffice) -> None:
    with libreoffice.open(filled.file) as book:
        book.recalculate()
        sheets = book.values()
    each = sheets["Each school"]
    names = {each[f"A{row}"]: each[f"B{row}"] for row in range(6, 18)}
    said = {each[f"A{row}"]: each[f"C{row}"] for row in range(6, 18)}
    done, asked = Counter[object](), Counter[object]()
    for sheet in (sheets["1 Leadership"], sheets["3 Pupils"]):
        status = next(where for where, text in sheet.items() if text == "Still needed").rstrip("0123456789")
        for row in range(6, 60):
            _, of, school = str(sheet.get(f"A{row}", "")).partition(OF)
            if of:
                assert sheet[f"C{row}"] == names[school]
                asked[school] += 1
                done[school] += sheet[f"{status}{row}"] == "✔ Complete"
    assert said == {school: f"{done[school]} of {asked[school]}" for school in SCHOOLS}


def test_microsofts_validator_finds_nothing(
    round_: Round, ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]]
) -> None:
    assert ooxml_errors([workbook_of(round_, TRUST)]) == {}
