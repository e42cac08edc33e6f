"""Excel's own charts over the tables of a section's sheet."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from auditkit.survey.pictures import SHADES
from auditkit.workbook.style import ACCENT, FONT, INK, ink_on

_TEXT = {"name": FONT, "size": 9, "color": INK}
# Pixels: of a chart's width, of a bar, of what is above and below; and of a row as high as Excel makes it.
WIDTH, BAR, AROUND, ROW = 560, 24, 56, 20

Place = tuple[int, int]


def bars(file: Any, sheet: Worksheet, header: int, last: int, title: str, where: Place) -> int:
    """Put a chart beside a table of answers (column 0) and shares (column 2); return its height in rows."""
    name = sheet.get_name()
    chart = file.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Share of those who answered",
            "categories": [name, header + 1, 0, last, 0],
            "values": [name, header + 1, 2, last, 2],
            "fill": {"color": ACCENT},
            "gap": 45,
            "data_labels": {"value": True, "num_format": "0%", "font": _TEXT},
        }
    )
    chart.set_legend({"none": True})
    return _put(chart, sheet, where, last - header, title, WIDTH)


def stacked(file: Any, sheet: Worksheet, rows: Place, columns: Place, where: Place) -> int:
    """Put a chart below a matrix: a bar for each question, a piece for each choice; return its rows."""
    name = sheet.get_name()
    header, last = rows
    chart = file.add_chart({"type": "bar", "subtype": "stacked"})
    for n, col in enumerate(range(columns[0], columns[1] + 1)):
        shade = SHADES[min(n, len(SHADES) - 1)]
        chart.add_series(
            {
                "name": [name, header, col],
                "categories": [name, header + 1, 0, last, 0],
                "values": [name, header + 1, col, last, col],
                "fill": {"color": shade},
                "border": {"color": "#FFFFFF", "width": 0.75},
                "gap": 35,
                "overlap": 100,
                "data_labels": {
                    "value": True,
                    "num_format": "0%;;",
                    "font": {**_TEXT, "size": 8, "color": ink_on(shade)},
                },
            }
        )
    chart.set_legend({"position": "bottom", "font": _TEXT})
    return _put(chart, sheet, where, last - header + 1, "Shares of each answer", WIDTH + 240)


def _put(chart: Any, sheet: Worksheet, where: Place, count: int, title: str, width: int) -> int:
    # In a bar chart XlsxWriter's y axis is the one with the categories.
    chart.set_y_axis({"reverse": True, "num_font": _TEXT, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "min": 0, "max": 1, "major_gridlines": {"visible": False}})
    chart.set_title({"name": title, "name_font": {**_TEXT, "bold": True}, "overlay": False})
    chart.set_chartarea({"border": {"none": True}})
    height = AROUND + BAR * max(count, 2)
    chart.set_size({"width": width, "height": height})
    sheet.insert_chart(*where, chart, {"description": title, "object_position": 2})
    return -(-height // ROW)
