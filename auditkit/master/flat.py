"""A flat table on a sheet of its own: header in row 1, one named table, nothing else.

Flat sheets start at A1 so that pivot tables, Power Query and ``pandas.read_excel`` take them as they are. A
table with more rows than a sheet can have goes on in another sheet, which is just like it: *Answers 2*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.heights import Text, rough_height, row_height
from auditkit.master.book import Book, area, heads
from auditkit.master.rows import FlatSheet, Height, Look
from auditkit.master.style import STYLES
from auditkit.tables import Tables, rows
from auditkit.workbook.style import FONT, MUTED

# Type size of tables.
SIZE = 10
# The least height of a row, in points.
LEAST_HEIGHT = 16.5
# A4 across within the master's margins, a character and what a column has besides, in pixels; the least
# percentage at which a table still reads on it; that of a broader one, which takes pages of A3 side by side.
PAPER, CHARACTER, CELL, LEAST_SCALE, BROAD_SCALE, A3 = 1046, 7, 5, 45, 55, 8
# How many rows a sheet of Excel has, but for the header.
MOST_ROWS = 1_048_575
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
    keys: int = 0,
) -> tuple[FlatSheet, ...]:
    """Add a table: one sheet, or as many as its rows take.

    Args:
        book: The master.
        name: Name of the sheet; the table's is the same with ``_`` for spaces.
        columns: Its columns.
        lines: Values, in the order of ``columns``; None where there is none.
        nothing: What to say under the headings if there are no rows.
        freeze: How many columns stay in sight.
        keys: How many say what a row is of: if the table is too broad for paper, it is printed on pages side
            by side with these on each. None keeps it one page wide.

    Returns:
        The sheets, for what is special about them.
    """
    left = iter(lines)
    sheets: list[FlatSheet] = []
    first = next(left, None)
    while first is not None or not sheets:
        own = () if first is None else chain((first,), islice(left, MOST_ROWS - 1))
        sheets.append(_write_part(book, part_name(name, len(sheets) + 1), columns, own, (freeze, keys)))
        first = next(left, None)
    (only, *_), book.parts[name] = sheets, len(sheets)
    if not only.count:
        only.add_row([None] * len(columns), LEAST_HEIGHT)
        # A box and not a cell: whatever reads the table must not take the sentence for a row of it.
        only.insert_textbox(2, 0, nothing, {**NOTHING, "description": nothing})
    titles = heads(column.header for column in columns)
    centred = [n for n, column in enumerate(columns) if STYLES[column.style].get("align") == "center"]
    for sheet in sheets:
        sheet.end_rows()
        frame_table(
            book, sheet, sheet.get_name(), (0, 0, sheet.count, len(columns) - 1), titles, centred=centred
        )
    return tuple(sheets)


def _write_part(
    book: Book, name: str, columns: Sequence[Column], lines: Iterable[Sequence[Any]], stays: tuple[int, int]
) -> FlatSheet:
    """Add the sheet of a table, or of a part of it, with its rows."""
    sheet, (freeze, keys) = add_flat_sheet(book, name), stays
    for col, column in enumerate(columns):
        sheet.set_column(col, col, column.width)
    sheet.set_row(0, row_height(*((Text(c.header, c.width - 1, SIZE, bold=True),) for c in columns)) + 4)
    sheet.freeze_panes(1, freeze)
    sheet.repeat_rows(0)
    width = sum(CHARACTER * column.width + CELL for column in columns)
    if keys and width * LEAST_SCALE > PAPER * 100:
        sheet.set_paper(A3)
        sheet.set_print_scale(BROAD_SCALE)
        sheet.repeat_columns(0, keys - 1)
        sheet.print_across()
    looks = (look(book, c.style, repeats=c.repeats, height=_height(c.width)) for c in columns)
    sheet.begin_rows(1, tuple(looks))
    for values in lines:
        sheet.add_row(values, LEAST_HEIGHT)
    return sheet


def part_name(name: str, number: int) -> str:
    """Return the name of the sheet with that part (from 1) of a table."""
    return name if number == 1 else f"{name} {number}"


def column_areas(name: str, col: int, rows: int) -> list[str]:
    """Return where a column of a table with that many rows stands, sheet by sheet, for formulas."""
    sizes = [min(MOST_ROWS, rows - start) for start in range(0, rows, MOST_ROWS)] or [1]
    return [area(part_name(name, n), 1, col, size, col) for n, size in enumerate(sizes, start=1)]


def add_flat_sheet(book: Book, name: str, *, one_page_wide: bool = True) -> FlatSheet:
    """Add a sheet whose rows are written as they come."""
    sheet = book.add_sheet(name, one_page_wide=one_page_wide, kind=FlatSheet)
    assert isinstance(sheet, FlatSheet)
    return sheet


def look(book: Book, style: str, *, repeats: bool = False, height: Height | None = None) -> Look:
    """Return how a column looks whose texts have this style."""
    return Look(
        text=book.format(style),
        number=book.format(book.number_style(style)),
        date=book.dated(style),
        time=book.dated(style, time=True),
        repeats=repeats,
        height=height,
    )


def _height(width: float) -> Height:
    """Return what tells the height that a value needs in a column of this width."""

    def height(value: Any) -> float:
        return rough_height(value, width, SIZE) if isinstance(value, str) else 0

    return height


def name_widths(tables: Tables) -> tuple[float, float]:
    """Return widths for the names and groups of recipients, so that few of them wrap."""
    names = [len(name) for name in tables.recipients["recipient"]]
    groups = [len(group or "") for group in tables.recipients["group"]]
    return min(42, max([24, *names])), min(26, max([12, *groups]))


def name_heights(tables: Tables) -> list[float]:
    """Return for each recipient the height of a row that shows its name and group whole."""
    name_width, group_width = name_widths(tables)
    return [
        max(
            LEAST_HEIGHT,
            row_height((Text(name, name_width, SIZE),), (Text(group or "", group_width, SIZE),)),
        )
        for name, group in rows(tables.recipients, "recipient", "group")
    ]


def frame_table(
    book: Book,
    sheet: Worksheet,
    name: str,
    where: tuple[int, int, int, int],
    titles: Sequence[str],
    *,
    centred: Collection[int] = (),
) -> None:
    """Make the cells of ``where`` (first row, column, last row, column) a named table with these headings.

    Headings with one of the numbers ``centred`` (from 0) are centred.
    """
    left, middle = book.format("header"), book.format("header_centred")
    sheet.add_table(
        *where,
        {
            "name": name.replace(" ", "_"),
            "style": None,
            "columns": [
                {"header": title, "header_format": middle if n in centred else left}
                for n, title in enumerate(titles)
            ],
        },
    )
