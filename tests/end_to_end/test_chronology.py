"""A chronology typed at LibreOffice: what the workbook says of it at once, and where all of it stands at the end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from auditkit.chronology.build import build
from auditkit.chronology.order import Wanted
from auditkit.chronology.write import write
from auditkit.collate import collate
from auditkit.definition import check, forms
from auditkit.definition.convert import convert
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import FIRST_ROW, Block
from tests.apps.libreoffice import LibreOffice, Typed
from tests.end_to_end.reading import rows
from tests.events import AUDIT, REGISTER
from tests.rounds import small_round, workbook_of

AS_AT = dt.date(2026, 12, 18)
# As keys are pressed; the last is what the row still needs then.
ROWS = [
    ({"date": "March 2025", "source": "Letter", "what": "The family moved in."}, "✔ Complete"),
    (
        {
            **{"date": "5/5/2025", "time": "14:30", "who": "Child A", "source": "Health record"},
            **{
                "type": "Home visit",
                "what": "Weighed and well.",
                "action": "Seen again in June.",
                "seen": "Yes",
            },
        },
        "✔ Complete",
    ),
    ({"date": "about 5 June 2025", "what": "Cried at night."}, "Needs a source"),
    ({"date": "2024", "source": "=Old file", "what": "007"}, "✔ Complete"),
    ({"source": "Call log", "what": "Nobody in."}, "Needs a date"),
]


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Round:
    return small_round(tmp_path_factory.mktemp("chronology") / "round", AUDIT, REGISTER)


def cell(block: Block, row: int, key: str) -> tuple[str, str]:
    """Return where a cell of a row (from 0) stands."""
    return block.sheet, f"{chr(ord('A') + block.col(key))}{FIRST_ROW + 1 + row}"


def test_what_is_typed_is_in_the_master_and_in_the_integrated_chronology(
    libreoffice: LibreOffice, round_: Round
) -> None:
    block = layout_for(round_.audit_for(round_.recipients[0])).by_id["CH"]
    with libreoffice.open(workbook_of(round_, "H1")) as book:
        allowed = {c.key: c.validation for c in book.answer_cells()}
        assert allowed[cell(block, 0, "who")] == "list"
        assert allowed[cell(block, 11, "time")] == "time"
        typed = {
            cell(block, n, key): text if text.startswith("=") else Typed(text)
            for n, (row, _) in enumerate(ROWS)
            for key, text in row.items()
        }
        book.write({("1 Leadership", "C6"): "● Green", **typed})
        book.recalculate()
        assert book.errors() == []
        shown = book.values()[block.sheet]
        book.save_as(round_.returns / "H1.xlsx")
    said = [str(shown[cell(block, n, "status")[1]]) for n in range(len(ROWS))]
    assert said == [status for _, status in ROWS]
    assert shown["B3"] == "5 rows begun, 3 complete"
    collated = collate(round_, round_.returns, as_at=AS_AT, jobs=1)
    found = rows(collated.master, "Events")
    assert [(row["What happened"], row["Date as typed"]) for row in found] == [
        (row["what"], row.get("date")) for row, _ in ROWS
    ]
    held = {str(value) for row in found for value in row.values()}
    assert {text for row, _ in ROWS for text in row.values()} <= held
    written = write(round_, build(round_, Wanted(), as_at=AS_AT), AS_AT)
    merged = rows(written.workbook, "Chronology")
    assert [row["What happened"] for row in merged] == [
        *("007", "The family moved in.", "Weighed and well.", "Cried at night.", "Nobody in.")
    ]
    assert [row["Row"] for row in merged] == [9, 6, 7, 8, 10]


def test_pasting_over_the_dropdowns_loses_nothing(libreoffice: LibreOffice, round_: Round) -> None:
    block = layout_for(round_.audit_for(round_.recipients[0])).by_id["CH"]
    with libreoffice.open(workbook_of(round_, "P1")) as book:
        book.write({cell(block, 0, key): f"Pasted {key}" for key in ("date", "who", "what", "time")})
        sheet, first = cell(block, 0, "date")
        last = cell(block, 0, "voice")[1]
        book.copy_and_paste(sheet, f"{first}:{last}", cell(block, 6, "date")[1])
        book.cut_and_paste(sheet, f"{first}:{last}", cell(block, 9, "date")[1])
        book.recalculate()
        assert book.errors() == []
        book.save_as(round_.returns / "P1.xlsx")
    collated = collate(round_, round_.returns, as_at=AS_AT, jobs=1)
    found = [row for row in rows(collated.master, "Events") if row["Recipient ID"] == "P1"]
    assert [(row["Ref"], row["What happened"], row["About"]) for row in found] == [
        ("CH:7", "Pasted what", "Pasted who"),
        ("CH:10", "Pasted what", "Pasted who"),
    ]


def test_a_round_written_in_excel_asks_the_same(round_: Round, tmp_path: Path) -> None:
    target = tmp_path / "audit.xlsx"
    convert(round_.folder / "audit.yaml", target)
    audit, places = forms.read(target)
    assert audit == round_.audit
    assert check.problems(audit, places) == []
    book = openpyxl.load_workbook(target)
    heads = [c.value for c in next(book["sections"].iter_rows(max_row=1))]
    assert "events rows" in [str(head) for head in heads]
