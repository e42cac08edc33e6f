"""Rows of events whatever was done to them: both counts agree, and every cell that was typed is an answer."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.returns.count import answer_cells, differences
from auditkit.returns.extract import extract
from auditkit.returns.sheets import Sheet, marks
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.layout import KEY_HEADER, MARKER
from tests.events import AUDIT
from tests.numbers import audit_of

LAYOUT = layout_for(audit_of(AUDIT).for_recipient({}))
BLOCK = LAYOUT.by_id["CH"]
# What may stand in the column of keys: keys, blanks, the heading again, and what people type.
KEYS = st.sampled_from(
    ["CH:1", "CH:2", "CH:3", "CH:12", "CH:13", "", "", KEY_HEADER, "9", "GOV-1", "CH:A8", f"{MARKER}x"]
)
CELLS = st.sampled_from(["", "", " ", "5 May 2025", "Seen.", 45782.0, True, f"{MARKER}CH"])


@st.composite
def sheets(draw: Any) -> Sheet:
    """Draw a sheet of events that was sorted, pasted over, copied and cut about."""
    columns = draw(st.permutations(["date", "what", "voice", "unknown", ""]))
    rows: list[list[Any]] = [["Chronology", *[""] * 5] for _ in range(draw(st.integers(0, 2)))]
    rows.append([f"{MARKER}CH", *columns])
    if draw(st.booleans()):
        rows.append([KEY_HEADER, *("Heading",) * 5])
    rows += [
        [draw(KEYS), *draw(st.lists(CELLS, min_size=5, max_size=5))] for _ in range(draw(st.integers(0, 8)))
    ]
    return Sheet(draw(st.sampled_from(["2 Chronology", "Copy"])), rows)


@given(st.lists(sheets(), min_size=1, max_size=3, unique_by=lambda sheet: sheet.name))
@settings(max_examples=400, deadline=None)
def test_what_is_counted_is_what_is_read(given_sheets: list[Sheet]) -> None:
    found = marks(given_sheets)
    extracted = extract("f.xlsx", found, LAYOUT, tuple(given_sheets))
    read = [(a.sheet, a.cell) for a in extracted.answers]
    copies = [place for a in extracted.answers for place in a.also]
    assert differences("f.xlsx", answer_cells(found, LAYOUT), read + copies) == ()
    keys = [(a.row_key, a.column_key) for a in extracted.answers]
    assert len({*keys}) == len(keys)


def test_each_row_of_a_sheet_is_one_event() -> None:
    rows = [[f"{MARKER}CH", "date", "what"], [KEY_HEADER, "Date", "What"]]
    rows += [
        ["CH:1", "2024", "a"],
        ["CH:1", "2024", "a"],
        ["", "", "b"],
        [KEY_HEADER, "", "c"],
        ["CH:3", "", ""],
    ]
    (sheet,) = found = (Sheet("2 Chronology", rows),)  # type: ignore[arg-type]
    extracted = extract("f.xlsx", marks(found), LAYOUT)
    assert sheet.rows[2][2] == "a"
    whats = {a.row_key: a.typed for a in extracted.answers if a.column_key == "what"}
    assert whats == {"CH:1": "a", "CH:A4": "a", "CH:A5": "b", "CH:A6": "c"}
    assert extracted.findings[0].code == "missing-sheets"
    assert {f.code for f in extracted.findings} == {"missing-sheets", "missing-columns"}
