"""Numbers typed at LibreOffice: what the workbook says of them at once, and where they stand in the master."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from auditkit.collate import collate
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import FIRST_ROW
from tests.apps.libreoffice import LibreOffice
from tests.end_to_end.reading import rows
from tests.numbers import AUDIT, REGISTER
from tests.rounds import small_round, workbook_of

DAY = dt.date(2026, 3, 4)
WORDS = "Not collected"
# What is typed for each number, and beside it; what the workbook then says of it.
RIGHT: dict[str, tuple[Any, Any, str]] = {
    "N-1": (200, None, "✔ Complete"),
    "N-2": (200, None, "✔ Complete"),
    "N-3": (90, None, "✔ Complete"),
    "N-4": (110, None, "✔ Complete"),
    "N-5": (200, None, "✔ Complete"),
    "N-6": (0.45, None, "✔ Complete"),
    "N-7": (None, WORDS, "✔ Complete"),
    "N-8": (DAY, None, "✔ Complete"),
}
WRONG: dict[str, tuple[Any, Any, str]] = {
    "N-1": (100, None, "✔ Complete"),
    "N-2": (101, None, "Needs to be no more than N-1"),
    "N-3": (60, None, "✔ Complete"),
    "N-4": (30, None, "✔ Complete"),
    "N-5": (100, None, "Needs to be N-3 + N-4"),
    "N-6": (0.7, None, "Needs to be N-3 divided by N-5"),
    "N-7": (8, WORDS, "Needs either the number of hours or “Not collected”"),
    "N-8": (None, None, "Optional"),
    "N-9": (None, None, "Not answered yet"),
}


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return small_round(tmp_path_factory.mktemp("numbers") / "round", AUDIT, REGISTER)


def type_in(
    office: LibreOffice, round_: Round, recipient_id: str, typed: dict[str, tuple[Any, Any, str]]
) -> tuple[dict[str, str], str]:
    """Fill in a workbook and save it as a return; return what it says of each number, and of all."""
    recipient = next(r for r in round_.recipients if r.id == recipient_id)
    block = layout_for(round_.audit_for(recipient)).by_id["NUM"]
    columns = {key: chr(ord("A") + block.col(key)) for key in ("value", "not_collected", "comment", "status")}
    places = {key: FIRST_ROW + 1 + n for n, key in enumerate(block.row_keys)}
    with office.open(workbook_of(round_, recipient_id)) as book:
        (cell,) = (
            c for c in book.answer_cells() if c.key == (block.sheet, f"{columns['value']}{places['N-1']}")
        )
        assert cell.validation == "whole"
        closed = (block.sheet, f"{columns['not_collected']}{places['N-1']}")
        assert closed not in {c.key for c in book.answer_cells()}
        cells = {}
        for key, (value, none, _) in typed.items():
            for name, what in (("value", value), ("not_collected", none)):
                if what is not None:
                    cells[block.sheet, f"{columns[name]}{places[key]}"] = what
        book.write(cells)
        book.recalculate()
        assert book.errors() == []
        shown = book.values()
        book.save_as(round_.returns / f"{recipient_id}.xlsx")
    said = {key: str(shown[block.sheet][f"{columns['status']}{places[key]}"]) for key in typed}
    return said, str(shown[block.sheet]["B3"])


def test_numbers_are_checked_as_they_are_typed_and_all_arrive(
    libreoffice: LibreOffice, round_: Round
) -> None:
    said, progress = type_in(libreoffice, round_, "S1", RIGHT)
    assert said == {key: status for key, (_, _, status) in RIGHT.items()}
    assert progress == "8 of 8 answered"
    said, progress = type_in(libreoffice, round_, "S3", WRONG)
    assert said == {key: status for key, (_, _, status) in WRONG.items()}
    assert progress == "3 of 8 answered"
    collated = collate(round_, round_.returns, as_at=dt.date(2026, 12, 18), jobs=1)
    found = {(row["Recipient ID"], row["Question ID"]): row for row in rows(collated.master, "Numbers")}
    for key, (value, none, _) in RIGHT.items():
        row = found["S1", key]
        shown = value * 100 if key == "N-6" else value
        assert (row["Value"], row["Status"]) == (shown, "not collected" if none else "given")
    assert (found["S3", "N-7"]["Value"], found["S3", "N-7"]["As typed"]) == (None, "8; Not collected")
    totals = {(r["Question ID"], r["By"], r["Of"]): r for r in rows(collated.master, "Totals")}
    whole = totals["N-1", "Everyone", None]
    assert (whole["Total"], whole["Given"], whole["Missing"], whole["Asked"]) == (300, 2, 2, 4)


def test_excel_takes_the_workbook_and_the_master(
    round_: Round, ooxml_errors: Callable[[Iterable[Path]], dict[Path, list[str]]]
) -> None:
    assert ooxml_errors([workbook_of(round_, "S3"), *round_.folder.glob("master.xlsx")]) == {}
