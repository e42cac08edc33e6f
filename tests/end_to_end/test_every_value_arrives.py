"""Every workbook of the Section 11 round filled in by LibreOffice: each value typed is found in the master."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from auditkit.collate import Collated, collate
from auditkit.round import Round
from tests.end_to_end.conftest import Filled
from tests.end_to_end.reading import everything_typed
from tests.end_to_end.respondent import LONG, TEXTS


@pytest.fixture(scope="module")
def collated(section11: Round, filled: dict[str, Filled], as_at: dt.date) -> Collated:
    return collate(section11, section11.returns, as_at=as_at)


def test_every_recipient_filled_in_every_kind_of_text(section11: Round, filled: dict[str, Filled]) -> None:
    assert len(filled) == 24
    everything = [value for one in filled.values() for value in one.typed.values()]
    assert {*TEXTS, LONG} <= set(everything)
    assert len(LONG) == 30_000
    assert any(isinstance(value, dt.date) for value in everything)
    for recipient in section11.recipients:
        audit = section11.audit_for(recipient)
        asked = sum(len(s.questions) * len(audit.responses_of(s)) for s in audit.sections)
        assert len(filled[recipient.id].typed) == asked + len(audit.cover)


def test_every_locked_cell_of_every_workbook_refuses_to_be_written(filled: dict[str, Filled]) -> None:
    for one in filled.values():
        assert len(one.locked) > 300
        assert one.refused == [f"{sheet}!{where} is locked" for sheet, where in one.locked]
        assert one.changed == {}


def test_a_filled_workbook_recalculates_without_an_error(filled: dict[str, Filled]) -> None:
    assert [one.errors for one in filled.values()] == [[]] * 24


def test_every_return_is_accepted_and_complete(collated: Collated) -> None:
    counts = collated.counts
    assert (counts.files, counts.accepted, counts.held, counts.rejected) == (24, 24, 0, 0)
    assert counts.returned + counts.nil_return == 24
    assert set(collated.tables.recipients["completed"]) == {1.0}


def test_every_value_typed_is_in_the_master_and_nothing_else(
    collated: Collated, filled: dict[str, Filled]
) -> None:
    found = everything_typed(Path(collated.master))
    assert set(found) == set(filled)
    for recipient_id, one in filled.items():
        said = found[recipient_id]
        assert set(said) == set(one.typed)
        wrong = {cell: (typed, said[cell]) for cell, typed in one.typed.items() if said[cell] != typed}
        assert wrong == {}
    assert collated.counts.answers == sum(len(one.typed) for one in filled.values())
