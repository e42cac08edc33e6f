"""A flat table on a sheet of its own: header in row 1, one named table, nothing else.

Flat sheets start at A1 so that pivot tables, Power Query and ``pandas.read_excel`` take them as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.master.book import Book, clean, heads
from auditkit.master.rows import FlatSheet, Look
from auditkit.tables import Tables, rows
from auditkit.workbook.heights import Text, rough_height, row_height
from auditkit.workbook.style import FONT, MUTED

# Type size of tables.
SIZE = 10
# The least height of a row, in points.
LEAST_HEIGHT = 16.5
# How the box looks that says that a table is empty; its size is in pixels.
NOTHING: dict[str, Any] = {
    "width": 620,
    "height": 34,
    "font": {"name": FONT, "size": SIZE + 1, "italic": True, "color": MUTED},
    "line": {"none": True},
    "fill": {"none": True},
    "align": {"vertical": "middle"},
}


@dataclass(frozen=True)
class Column:
    """A column of a flat table. ``style`` is a key of :data:`auditkit.master.style.STYLES`.

    ``repeats`` tells whether its texts come back row after row, as names do, and evidence doesn't.
    """

    header: str
    width: float
    style: str = "text"
    repeats: bool = False


def write_table(
    book: Book,
    name: str,
    columns: Sequence[Column],
    lines: Iterable[Sequence[Any]],
    *,
    nothing: str,
    freeze: int = 0,
) -> FlatSheet:
    """Add a sheet with one table.

    Args:
        book: The master.
        name: Name of the sheet; the table's is the same with ``_`` for spaces.
        columns: Its columns.
        lines: Values, in the order of ``columns``; None where there is none.
        nothing: What to say under the headings if there are no rows.
        freeze: How many columns stay in sight.

    Returns:
        The sheet, for what is special about it.
    """
    sheet = book.add_sheet(name, kind=FlatSheet)
    assert isinstance(sheet, FlatSheet)
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
    sheet.set_row(0, row_height(*((Text(c.header, c.width - 1, SIZE, bold=True),) for c in columns)) + 4)
    sheet.freeze_panes(1, freeze)
    sheet.repeat_rows(0)
    sheet.begin_rows([_look(book, column) for column in columns], clean)
    measures = [_measure(column) for column in columns]
    for values in lines:
        heights = [tall(value) for tall, value in zip(measures, values, strict=True)]
        sheet.add_row(values, max(LEAST_HEIGHT, *heights))
    if not sheet.count:
        sheet.add_row([None] * len(columns), LEAST_HEIGHT)
        # A box and not a cell: whatever reads the table must not take the sentence for a row of it.
        sheet.insert_textbox(2, 0, nothing, {**NOTHING, "description": nothing})
    sheet.end_rows()
    titles = heads(column.header for column in columns)
    frame_table(book, sheet, name, (0, 0, sheet.count, len(columns) - 1), titles)
    return sheet


def _look(book: Book, column: Column) -> Look:
    return Look(
        text=book.format(column.style),
        number=book.format(book.number_style(column.style)),
        date=book.dated(column.style),
        time=book.dated(column.style, time=True),
        repeats=column.repeats,
    )


def _measure(column: Column) -> Callable[[Any], float]:
    """Return what tells the height that a value needs in a column."""

    def height(value: Any) -> float:
        return rough_height(value, column.width, SIZE) if isinstance(value, str) else 0

    return lru_cache(maxsize=4096)(height) if column.repeats else height


def name_widths(tables: Tables) -> tuple[float, float]:
    """Return widths for the names and groups of recipients, so that few of them wrap."""
    names = [len(name) for name in tables.recipients["recipient"]]
    groups = [len(group or "") for group in tables.recipients["group"]]
    return min(42, max([24, *names])), min(26, max([12, *groups]))


def name_heights(sheet: Worksheet, tables: Tables, first_row: int) -> None:
    """Make the rows of recipients tall enough for their names and groups."""
    name_width, group_width = name_widths(tables)
    people = rows(tables.recipients, "recipient", "group")
    for row, (name, group) in enumerate(people, start=first_row):
        texts = (Text(name, name_width, SIZE),), (Text(group or "", group_width, SIZE),)
        sheet.set_row(row, max(LEAST_HEIGHT, row_height(*texts)))


def frame_table(
    book: Book,
    sheet: Worksheet,
    name: str,
    where: tuple[int, int, int, int],
    titles: Sequence[str],
    *,
    centred_from: int | None = None,
) -> None:
    """Make the cells of ``where`` (first row, column, last row, column) a named table with these headings.

    Headings from number ``centred_from`` on are centred.
    """
    left, centred = book.format("header"), book.format("header_centred")
    limit = len(titles) if centred_from is None else centred_from
    sheet.add_table(
        *where,
        {
            "name": name.replace(" ", "_"),
            "style": None,
            "columns": [
                {"header": title, "header_format": left if n < limit else centred}
                for n, title in enumerate(titles)
            ],
        },
    )
