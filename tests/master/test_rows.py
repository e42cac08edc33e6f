"""Rows of flat tables, as other programs read them."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
import python_calamine
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from xlsxwriter import Workbook

from auditkit.errors import AuditkitError
from auditkit.master.book import Book, clean
from auditkit.master.flat import Column, add_flat_sheet, frame_table, write_table
from auditkit.master.write import OPTIONS

# Some numbers have a style of their own, texts may be shared or not: both kinds of column.
COLUMNS = (Column("Text", 20), Column("Count", 9, "count", repeats=True))


def written(rows: list[tuple[Any, Any]]) -> BytesIO:
    content = BytesIO()
    with Workbook(content, OPTIONS) as file:
        write_table(Book(file, "Footer", ()), "Sheet", COLUMNS, rows, nothing="Nothing")
    content.seek(0)
    return content


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8))
@example(["_x000D_ typed", "a & b <c>", "=1+1", " spaces ", "two\nlines", "half \ud800", "a\x0bb"])
@settings(deadline=None)
def test_any_text_comes_back_shared_or_not(texts: list[str]) -> None:
    content = written([(text, text) for text in texts])
    wanted = [clean(text) for text in texts]
    for read in (
        [tuple(row) for row in load_workbook(content)["Sheet"].iter_rows(min_row=2, values_only=True)],
        [
            tuple(row)
            for row in python_calamine.load_workbook(BytesIO(content.getvalue()))
            .get_sheet_by_name("Sheet")
            .to_python()[1:]
        ],
    ):
        assert read == [(text, text) for text in wanted]


@pytest.mark.parametrize(
    ("value", "read", "style"),
    [
        (3, 3, "#,##0"),
        (0.1 + 0.2, 0.1 + 0.2, "#,##0"),
        (1e300, 1e300, "#,##0"),
        (dt.date(2026, 9, 7), dt.datetime(2026, 9, 7), "dd/mm/yyyy"),
        (
            dt.datetime(2026, 9, 7, 12, tzinfo=dt.timezone(dt.timedelta(hours=1))),
            dt.datetime(2026, 9, 7, 11),
            "dd/mm/yyyy hh:mm",
        ),
        (dt.date(1850, 1, 2), "02/01/1850", "#,##0"),
        (float("inf"), "inf", "#,##0"),
        (None, None, "#,##0"),
        ("", None, "#,##0"),
    ],
)
def test_every_type_is_written_as_what_it_is(value: Any, read: Any, style: str) -> None:
    cell = load_workbook(written([("x", value)]))["Sheet"]["B2"]
    assert (cell.value, cell.number_format) == (read, style)


@pytest.mark.parametrize("corner", [(1_048_576, 1), (1, 16_384)])
def test_more_than_a_sheet_can_hold_is_said_and_not_lost(corner: tuple[int, int]) -> None:
    with Workbook(BytesIO(), OPTIONS) as file:
        book = Book(file, "Footer", ())
        sheet = add_flat_sheet(book, "Heatmap")
        with pytest.raises(AuditkitError, match="The sheet Heatmap of the master would have"):
            frame_table(book, sheet, "Heatmap", (0, 0, *corner), ["Text", "Count"])


def test_the_table_and_its_filter_cover_all_rows() -> None:
    sheet = load_workbook(written([(f"row {n}", n) for n in range(2500)]))["Sheet"]
    assert sheet.tables["Sheet"].ref == sheet.tables["Sheet"].autoFilter.ref == "A1:B2501"
    assert (sheet["A2"].value, sheet["A2501"].value, sheet["B2501"].value) == ("row 0", "row 2499", 2499)
    assert sheet.calculate_dimension() == "A1:B2501"
