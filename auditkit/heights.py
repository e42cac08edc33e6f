"""How tall a row must be for its wrapped texts.

Excel works heights out itself only when a row is edited, LibreOffice not at all in files that Excel could
have written, so a row carries the height that its locked texts need. It is not marked as set by hand: Excel
makes the row taller as soon as somebody types more.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_pixel_width
from xlsxwriter.worksheet import Worksheet

# Excel's default font, Calibri 11: pixels of a character of column width, of a cell's margins with an
# indent of one, and points of a line. Excel's widths on a screen are the widest of all programs.
PIXELS_PER_CHARACTER, CELL_MARGIN, LINE_POINTS, FONT_SIZE = 7, 14, 14.6, 11
NARROWER, ROW_MARGIN, TALLEST = 0.95, 4.0, 409.0
# The pixels of each letter of Latin-1, what a line loses at its end on average, and the share of a column's
# characters that always fit.
PIXELS = bytes(xl_pixel_width(chr(code)) for code in range(256))
LEFT_OVER, SURE = 28, 0.5
# A sum of so many letters is less than what Adler-32 counts up to.
SUMMED = 65_521 // max(PIXELS)


class GrowingSheet(Worksheet):  # type: ignore[misc]
    """A worksheet whose rows have the heights they are given, and grow with what is typed."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, _unfixed(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, _unfixed(tag, attributes))


def _unfixed(tag: str, attributes: Any) -> list[tuple[str, Any]]:
    return [a for a in attributes if tag != "row" or a[0] != "customHeight"]


@dataclass(frozen=True)
class Text:
    """A text in a column ``width`` characters wide, in a font of ``size`` points."""

    text: str
    width: float
    size: float = FONT_SIZE
    bold: bool = False


def row_height(*cells: tuple[Text, ...]) -> float:
    """Return the height, in points, that shows the tallest cell whole; a cell is texts below each other."""
    tallest = max((sum(_points(text) for text in cell) for cell in cells), default=LINE_POINTS)
    return min(TALLEST, round(tallest + ROW_MARGIN, 2))


def rough_height(text: str, width: float, size: float) -> float:
    """Return about the height, in points, that shows a text whole in a column ``width`` characters wide.

    Many times quicker than :func:`row_height`: letters are added up, and every line is taken to end a few of
    them early, where a word didn't fit.
    """
    if len(text) <= width * SURE and "\n" not in text:
        return 0
    stretch = NARROWER * size / FONT_SIZE
    room = (width * PIXELS_PER_CHARACTER - CELL_MARGIN) / stretch
    full = max(room - LEFT_OVER, room / 2)
    lines = 0
    for paragraph in text.split("\n"):
        pixels = _sum(paragraph.encode("latin-1", "replace").translate(PIXELS))
        lines += 1 if pixels <= room else -int(-pixels // full)
    return min(TALLEST, round(lines * LINE_POINTS * size / FONT_SIZE + ROW_MARGIN, 2))


def _sum(values: bytes) -> int:
    """Return the sum of small bytes; half of an Adler-32 is one, and several times as quick as ``sum``."""
    return zlib.adler32(values, 0) & 0xFFFF if len(values) < SUMMED else sum(values)


def _points(text: Text) -> float:
    scale = text.size / FONT_SIZE
    room = text.width * PIXELS_PER_CHARACTER - CELL_MARGIN
    stretch = NARROWER * scale * (1.05 if text.bold else 1.0)
    lines = sum(_lines(paragraph, room / stretch) for paragraph in text.text.split("\n"))
    return lines * LINE_POINTS * scale


def _lines(paragraph: str, room: float) -> int:
    """Return how many lines a paragraph takes in ``room`` pixels, broken at spaces."""
    lines, used = 1, 0.0
    space = _pixels(" ")
    for word in paragraph.split(" "):
        wide = _pixels(word)
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0)
        while used > room:
            lines, used = lines + 1, used - room
    return lines


@lru_cache(maxsize=10_000)
def _pixels(word: str) -> int:
    width: int = xl_pixel_width(word)
    return width
