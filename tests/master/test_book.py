from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from auditkit.master.book import CELL_LIMIT, Book, clean, heads, quoted
from auditkit.master.write import OPTIONS


def written(*values: tuple[Any, str]) -> list[Any]:
    """Write values below each other and read the cells back."""
    content = BytesIO()
    with Workbook(content, OPTIONS) as file:
        book = Book(file, "A & B", ())
        sheet = book.add_sheet("Sheet")
        for row, (value, style) in enumerate(values):
            book.put(sheet, row, 0, value, style)
    return [row[0] for row in load_workbook(content)["Sheet"].iter_rows()]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "{=1}",
        "+1",
        "@sum",
        "https://example.org",
        "mailto:a@b.example",
        "internal:Sheet!A1",
        "007",
        "1e5",
        "TRUE",
        "01/02/2026",
        "_x0041_",
        " ",
    ],
)
def test_text_is_text_whatever_it_looks_like(text: str) -> None:
    (cell,) = written((text, "text"))
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_values_keep_their_type() -> None:
    when = dt.datetime(2026, 12, 1, 9, 30)
    utc = dt.datetime(2026, 12, 1, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    cells = written(
        (2.5, "text"),
        (3, "count"),
        (dt.date(2026, 3, 1), "text"),
        (when, "text"),
        (utc, "text"),
        (None, "text"),
    )
    assert [cell.value for cell in cells] == [2.5, 3, dt.datetime(2026, 3, 1), when, when, None]
    assert [cell.number_format for cell in cells] == [
        *("#,##0.######", "#,##0", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "dd/mm/yyyy hh:mm", "@"),
    ]


@pytest.mark.parametrize(
    "when", [dt.date(1066, 10, 14), dt.datetime(1066, 10, 14, 9, 30, tzinfo=dt.timezone.utc)]
)
def test_a_date_before_excel_began_is_text(when: dt.date) -> None:
    (cell,) = written((when, "text"))
    assert (cell.value, cell.data_type) == ("14/10/1066", "s")


def test_breaks_of_other_programs_become_line_breaks_and_impossible_characters_show() -> None:
    assert clean("a\r\nb\rc\x0bd\x0ce") == "a\nb\nc\nd\ne"
    assert clean("a\x00b\x1fc\ud800d\ufffe") == "a�b�c�d�"


def test_too_long_a_text_is_cut_and_says_so() -> None:
    assert clean("x" * CELL_LIMIT) == "x" * CELL_LIMIT
    cut = clean("x" * 40_000)
    assert len(cut) == CELL_LIMIT
    assert cut.endswith("[… cut here: 40,000 characters were typed; the return has them all]")
    # Excel counts an emoji as two.
    assert len(clean("😀" * 20_000).encode("utf-16-le")) // 2 <= CELL_LIMIT


@given(st.text(st.characters(), max_size=40))
def test_any_text_survives_a_workbook(text: str) -> None:
    (cell,) = written((text, "text"))
    assert (cell.value or "") == clean(text)


def test_headings_are_one_line_and_none_twice() -> None:
    assert heads(["Overall", "overall ", "Two\nlines", "", "x" * 300]) == [
        *("Overall", "overall (2)", "Two lines", "Column", "x" * 250),
    ]


def test_names_of_sheets_in_formulas() -> None:
    assert [quoted("Ratings"), quoted("Not returned")] == ["Ratings", "'Not returned'"]
