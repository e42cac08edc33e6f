"""A pre-filled workbook at a respondent's: filled in by LibreOffice, every value found, nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from auditkit.collate import collate
from auditkit.tables import rows
from auditkit.workbook.layout import LAST_SAID
from tests.apps.libreoffice import LibreOffice
from tests.earlier.editions import AS_AT, last_time, prefilled, this_time
from tests.end_to_end.respondent import fill_in
from tests.rounds import workbook_of


def test_filled_in_every_value_arrives_and_nothing_shown_does(
    tmp_path: Path, libreoffice: LibreOffice, ooxml_errors: Callable[..., dict[Path, list[str]]]
) -> None:
    before = last_time(tmp_path / "2026")
    round_ = this_time(tmp_path / "2027")
    prefilled(round_, before)
    issued = [workbook_of(round_, who) for who in ("A1", "A2")]
    assert ooxml_errors(issued) == {}
    with libreoffice.open(issued[0]) as book:
        cells = book.answer_cells()
        seen = book.values()
        assert LAST_SAID.header in seen["1 Leadership"].values()
        assert not [cell.key for cell in cells if cell.address in seen[cell.sheet]]
        typed = fill_in(book, cells, random.Random(37))
        book.recalculate()
        assert book.errors() == []
        book.save_as(round_.returns / "a1.xlsx")
    tables = collate(round_, round_.returns, as_at=AS_AT).tables
    asked = {what: value for what, value in typed.items() if what.question}
    wanted = ("question_id", "field", "value")
    found = {(question, field): value for question, field, value in rows(tables.answers, *wanted)}
    assert found == {(what.question, what.heading): value for what, value in asked.items()}
    assert len(tables.notes) == 0
