"""The native charts of *Summary*: stacked bars whose colours are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.master.book import Book
from auditkit.workbook.style import FONT, INK, ink_on

_PLOT = {"x": 0.34, "y": 0.12, "width": 0.64, "height": 0.74}
_TEXT = {"name": FONT, "size": 9, "color": INK}


@dataclass(frozen=True)
class Bars:
    """A chart over a block of a sheet: a bar for each row, a piece of it for each column.

    ``header`` is the row of the columns' names; ``columns`` the columns with their colours (``#RRGGBB``).
    """

    title: str
    description: str
    header: int
    first: int
    last: int
    columns: Sequence[tuple[int, str]]


def insert(book: Book, sheet: Worksheet, bars: Bars, where: tuple[int, int], size: tuple[int, int]) -> None:
    """Put a chart on ``sheet`` at a cell (row, column), ``size`` wide and high in pixels."""
    chart: Any = book.file.add_chart({"type": "bar", "subtype": "percent_stacked"})
    name = sheet.get_name()
    for col, colour in bars.columns:
        chart.add_series(
            {
                "name": [name, bars.header, col],
                "categories": [name, bars.first, 0, bars.last, 0],
                "values": [name, bars.first, col, bars.last, col],
                "fill": {"color": colour},
                "border": {"color": "#FFFFFF", "width": 0.75},
                "gap": 35,
                "data_labels": {
                    "value": True,
                    "num_format": "0;;",
                    "font": {**_TEXT, "size": 8, "color": ink_on(colour)},
                },
            }
        )
    chart.set_title({"name": bars.title, "name_font": {**_TEXT, "size": 11, "bold": True}, "overlay": False})
    # In a bar chart XlsxWriter's y axis is the one with the categories.
    chart.set_y_axis(
        {
            "reverse": True,
            "interval_unit": 1,
            "num_font": {**_TEXT, "size": 8},
            "line": {"none": True},
            "major_tick_mark": "none",
        }
    )
    chart.set_x_axis({"major_gridlines": {"visible": False}, "visible": False})
    chart.set_legend({"position": "bottom", "font": _TEXT})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    # Room for the names of standards on one line each, else programs leave every other one out.
    chart.set_plotarea({"fill": {"none": True}, "layout": _PLOT})
    width, height = size
    chart.set_size({"width": width, "height": height})
    sheet.insert_chart(*where, chart, {"description": bars.description, "object_position": 2})
