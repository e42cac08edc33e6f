"""*Charts*: the largest differences, and the standards over everyone, as Excel's own charts."""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.heights import Text, row_height
from auditkit.master.book import Book, MasterSheet
from auditkit.rating import half_up
from auditkit.triangulation.columns import called
from auditkit.triangulation.model import Line, Triangulation
from auditkit.triangulation.rules import shipped
from auditkit.workbook.style import FONT, INK

NAME = "Charts"
ABOUT = "The largest differences, and each standard over everyone, drawn. Every bar stands beside its figure."
HEADS = ("", "Self", "Practitioners", "Cases")
NAME_WIDTH, FIGURE_WIDTH = 46, 12
# Pixels: of a chart's width, of the bars of a row, of what is around them, and of a row of the sheet.
WIDTH, BARS, AROUND, ROW = 720, 46, 96, 20
# Of them in a point.
PIXELS = 4 / 3
_TEXT = {"name": FONT, "size": 9, "color": INK}


def write(book: Book, made: Triangulation) -> None:
    """Write the sheet."""
    sheet = book.add_sheet(NAME)
    sheet.set_column(0, 0, NAME_WIDTH)
    sheet.set_column(1, len(HEADS) - 1, FIGURE_WIDTH)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Side by side", book.format("title"))
    sheet.write_string(1, 0, "0 is the worst, 100 the best of each one's scale.", book.format("subtitle"))
    ranked = [line for line in made.lines if line.rank is not None][: shipped().charted]
    names = [f"{made.agencies[line.agency]}: {called(line.standard, made)}" for line in ranked]
    row = _drawn(book, sheet, 3, "The largest differences", names, ranked)
    sheet.set_h_pagebreaks([row])
    named = [called(line.standard, made) for line in made.overall]
    _drawn(book, sheet, row, "Each standard, over everyone", named, made.overall)


def _drawn(
    book: Book, sheet: MasterSheet, row: int, title: str, names: Sequence[str], lines: Sequence[Line]
) -> int:
    """Write a table with its chart beside it; return the row where the next one begins."""
    sheet.write_string(row, 0, title, book.format("heading"))
    if not lines:
        sheet.write_string(row + 1, 0, "There is none to draw.", book.format("note"))
        return row + 3
    header = row + 1
    heads = HEADS if any(line.grades for line in lines) else HEADS[:-1]
    for col, text in enumerate(heads):
        sheet.write_string(header, col, text, book.format("header_centred" if col else "header"))
    heights = [row_height((Text(name, NAME_WIDTH, 10),)) for name in names]
    for n, (name, line) in enumerate(zip(names, lines, strict=True), start=header + 1):
        sheet.set_row(n, heights[n - header - 1])
        book.put(sheet, n, 0, name, "name")
        for col, place in enumerate(_places(line)[: len(heads) - 1], start=1):
            book.put(sheet, n, col, None if place is None else half_up(place, 1), "place")
    last = header + len(lines)
    below = _chart(book, sheet, (header, last), len(heads), title) - int(sum(heights) * PIXELS)
    return last + max(0, below // ROW) + 3


def _places(line: Line) -> tuple[float | None, ...]:
    said, work = line.practice, line.grades
    return (line.self_rating.place, said.place if said else None, work.place if work else None)


def _chart(book: Book, sheet: MasterSheet, rows: tuple[int, int], width: int, title: str) -> int:
    """Put the chart of a table beside it, a series for each figure; return its height in pixels."""
    header, last = rows
    chart = book.file.add_chart({"type": "bar"})
    for col, colour in zip(range(1, width), shipped().colours.values(), strict=False):
        chart.add_series(
            {
                "name": [NAME, header, col],
                "categories": [NAME, header + 1, 0, last, 0],
                "values": [NAME, header + 1, col, last, col],
                "fill": {"color": colour},
                "gap": 45,
                "data_labels": {"value": True, "num_format": "0", "font": {**_TEXT, "size": 8}},
            }
        )
    # In a bar chart XlsxWriter's y axis is the one with the categories.
    chart.set_y_axis({"reverse": True, "num_font": _TEXT, "line": {"none": True}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "min": 0, "max": 100, "major_gridlines": {"visible": False}})
    chart.set_title({"name": title, "name_font": {**_TEXT, "size": 11, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _TEXT})
    chart.set_chartarea({"border": {"none": True}})
    height = AROUND + BARS * max(last - header, 2)
    chart.set_size({"width": WIDTH, "height": height})
    sheet.insert_chart(header, len(HEADS) + 1, chart, {"description": title, "object_position": 2})
    return height
