"""How the form looks: wide enough, wrapped, and calm."""

from __future__ import annotations

import math
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.xlsx.columns import Column

FONT, INK, MUTED, ACCENT, BAND, LINE = "Calibri", "#1F2A37", "#5B6675", "#1D4E6B", "#E8EEF3", "#D5DCE2"
BASE = {
    **{"font_name": FONT, "font_size": 11, "font_color": INK},
    **{"valign": "top", "align": "left", "indent": 1, "text_wrap": True},
}
HEADING = {"bold": True, "bottom": 1, "bottom_color": ACCENT}
# Widths in characters by the last word of a column's name; numbers and yes or no are narrow, others between.
WIDTHS = {
    "text": 52,
    "good": 48,
    "message": 46,
    "meaning": 44,
    "intro": 48,
    "help": 44,
    "title": 34,
    "label": 24,
    "values": 34,
    "column": 24,
    "when": 26,
    "bands": 24,
    "caps": 40,
    "noun": 22,
    "choices": 22,
    "what": 40,
    "who": 24,
    "why": 40,
    "starts": 40,
}
NARROW, MIDDLE, WIDE = 11, 16, 34
# So many characters can still be read on a page.
PAGE = 230


def width(column: Column) -> float:
    """Return how wide a column is, in characters."""
    if column.way[0] == "descriptors":
        return WIDE
    wide = WIDTHS.get(str(column.way[-1]))
    narrow = shapes.values(column.hint) <= {float, int, bool}
    return wide or max(NARROW if narrow else MIDDLE, len(column.name) * 0.7 + 4)


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def make(self, **properties: Any) -> Any:
        """Return the format with these properties, on top of what all cells have, or instead of it."""
        key = tuple(sorted({**BASE, **properties}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def only(self, **properties: Any) -> Any:
        """Return a format with these properties alone, to be laid over others."""
        return self._book.add_format(properties)

    def heading(self, column: Column | None = None) -> Any:
        """Return the format of a heading; that of a column which can be left blank is paler."""
        needed = column is None or column.needed
        colours = (ACCENT, "#FFFFFF") if needed else (BAND, ACCENT)
        return self.make(**HEADING, bg_color=colours[0], font_color=colours[1])

    def plain(self) -> Any:
        """Return the format of cells that hold text and were not filled in."""
        return self.make(num_format="@")

    def column(self, column: Column) -> Any:
        """Return the format of a column's cells: text stays as it was typed."""
        return self.make(**_number(column))

    def cell(self, column: Column, starts: bool, colour: str) -> Any:
        """Return the format of a filled row's cell; ``starts`` sets it off from the row above."""
        shade = {"bg_color": colour} if colour else {}
        return self.make(**_number(column), **_edge(starts), **shade)

    def date(self, like: Any) -> Any:
        """Return a format like another one, for a date."""
        return self.make(num_format="yyyy-mm-dd", **_edge(bool(like.top)))

    def name(self, needed: bool, starts: bool) -> Any:
        """Return the format of a setting's name; one that is needed stands out."""
        return self.make(num_format="@", bold=needed, font_color=ACCENT, bg_color=BAND, **_edge(starts))

    def aside(self, starts: bool = False) -> Any:
        """Return the format of what is said beside."""
        return self.make(font_color=MUTED, **_edge(starts))

    def page(self, tab: Any, wide: float = 0, *, repeat: int | None = None) -> None:
        """Set a sheet up for printing: A4, lying, as many pages wide as it takes to be read.

        Args:
            tab: The sheet.
            wide: How wide its columns are together, in characters.
            repeat: How many columns each page begins with, besides the headings; None for neither.
        """
        tab.hide_gridlines(2)
        tab.set_paper(9)
        tab.set_landscape()
        tab.fit_to_pages(max(1, math.ceil(wide / PAGE)), 0)
        tab.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        tab.set_footer("&L&9&F&C&9&A&R&9Page &P of &N", {"margin": 0.25})
        if repeat is not None:
            tab.repeat_rows(0)
        if repeat and wide > PAGE:
            tab.repeat_columns(0, repeat - 1)


def _number(column: Column) -> dict[str, Any]:
    types = shapes.values(column.hint) if shapes.shape(column.hint) == "value" else frozenset()
    return {} if types & {float, int} else {"num_format": "@"}


def _edge(starts: bool) -> dict[str, Any]:
    edge = {"bottom": 1, "bottom_color": LINE}
    return {**edge, "top": 1, "top_color": MUTED} if starts else edge
