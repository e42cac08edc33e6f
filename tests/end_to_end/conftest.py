"""The Section 11 round filled in by LibreOffice, once for all tests here."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditkit.round import Round
from tests.apps.libreoffice import CellError, LibreOffice, RefusedError
from tests.end_to_end.respondent import Typed, fill_in, locked_cells
from tests.rounds import section11_round, workbook_of

SEED = 7


@dataclass(frozen=True)
class Filled:
    """A return as it was filled in: what was typed, and what LibreOffice let happen on the way."""

    file: Path
    typed: Typed
    locked: list[tuple[str, str]]
    refused: list[str]
    changed: dict[str, dict[str, Any]]
    errors: list[CellError]


@pytest.fixture(scope="session")
def section11(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """The ready-made Section 11 round, its 24 workbooks issued."""
    return section11_round(tmp_path_factory.mktemp("s11") / "round")


@pytest.fixture(scope="session")
def filled(section11: Round, libreoffice: LibreOffice) -> dict[str, Filled]:
    """Every workbook of the round filled in, saved by LibreOffice into the returns folder; by recipient."""
    return {
        recipient.id: fill(libreoffice, section11, recipient.id, random.Random(f"{SEED} {recipient.id}"))
        for recipient in section11.recipients
    }


def fill(office: LibreOffice, round_: Round, recipient_id: str, chance: random.Random) -> Filled:
    """Try every locked cell of a workbook, then fill it in and save it."""
    issued = workbook_of(round_, recipient_id)
    with office.open(issued) as book:
        before, cells = book.values(), book.answer_cells()
        locked, refused = locked_cells(book, cells), []
        try:
            book.write(dict.fromkeys(locked, "overwritten"))
        except RefusedError as error:
            refused = error.reasons
        changed = {sheet: said for sheet, said in book.values().items() if said != before[sheet]}
        typed = fill_in(book, cells, chance)
        book.recalculate()
        errors = book.errors()
        file = book.save_as(round_.returns / issued.name)
    return Filled(file, typed, locked, refused, changed, errors)


@pytest.fixture(scope="session")
def as_at(section11: Round) -> dt.date:
    """The day on which the returns are collated."""
    return section11.settings.deadline + dt.timedelta(days=14)
