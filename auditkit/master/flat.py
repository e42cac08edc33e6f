"""A flat table on a sheet of its own: header in row 1, one named table, nothing else.

Flat sheets start at A1 so that pivot tables, Power Query and ``pandas.read_excel`` take them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.master.book import Book, heads


@dataclass(frozen=True)
class Column:
    """A column of a flat table. ``style`` is a key of :data:`auditkit.master.style.STYLES`."""

    header: str
    width: float
    style: str = "text"


def write_table(
    book: Book, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], *, freeze: int = 0
) -> Worksheet:
    """Add a sheet with one table.

    Args:
        book: The master.
        name: Name of the sheet; the table's is the same with ``_`` for spaces.
        columns: Its columns.
        rows: Values, in the order of ``columns``; None where there is none.
        freeze: How many columns stay in sight.

    Returns:
        The sheet, for what is special about it.
    """
    sheet = book.add_sheet(name)
    titles = heads(column.header for column in columns)
    frame_table(book, sheet, name, (0, 0, max(len(rows), 1), len(columns) - 1), titles)
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
    sheet.set_row(0, 30 if any(len(c.header) > c.width for c in columns) else 20)
    sheet.freeze_panes(1, freeze)
    sheet.repeat_rows(0)
    for row, values in enumerate(rows, start=1):
        for col, (column, value) in enumerate(zip(columns, values, strict=True)):
            book.put(sheet, row, col, value, column.style)
    return sheet


def frame_table(
    book: Book, sheet: Worksheet, name: str, where: tuple[int, int, int, int], titles: Sequence[str]
) -> None:
    """Make the cells of ``where`` (first row, column, last row, column) a named table with these headings."""
    header = book.format("header")
    sheet.add_table(
        *where,
        {
            "name": name.replace(" ", "_"),
            "style": None,
            "columns": [{"header": title, "header_format": header} for title in titles],
        },
    )
