"""The printed pages of a sheet: what belongs together stands on one page wherever it fits.

Programs take no notice of page breaks in a sheet that is fitted to so many pages, so such a sheet is scaled
by its width instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from xlsxwriter.worksheet import Worksheet

# Of A4 across, within Excel's usual margins, in points; programs differ a little in what a row takes.
WIDE, HIGH, CERTAIN = 741, 487, 0.94
# Of a row that says nothing of its height, in points; of a column in characters and a picture's pixels.
ROW, CHARACTER, CELL, PIXEL = 15.0, 7, 5, 0.75
# Smaller than this nobody can read; what is broader goes on beside it, on further pages.
LEAST_SCALE = 50


class PagedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that knows its rows' heights and where pieces begin that aren't to be cut."""

    def __init__(self) -> None:
        super().__init__()
        self._tall: dict[int, float] = {}
        self._pieces: list[int] = []

    def set_row(self, row: int, height: float | None = None, *rest: Any, **more: Any) -> Any:
        """Set a row's height in points, as ever."""
        if height is not None:
            self._tall[row] = height
        return super().set_row(row, height, *rest, **more)

    def begin_piece(self, row: int) -> None:
        """Begin something that isn't to be cut; it ends where the next begins."""
        self._pieces.append(row)

    def lay_out(self, characters: Sequence[float], pixels: float, end: int) -> None:
        """Scale the sheet to a page's width and break its pages between pieces.

        Args:
            characters: The widths of its columns.
            pixels: The width of what stands to the right of these.
            end: The row after the last.
        """
        width = PIXEL * (sum(CHARACTER * width + CELL for width in characters) + pixels)
        scale = min(100, int(CERTAIN * 100 * WIDE / width))
        if scale < LEAST_SCALE:
            scale = LEAST_SCALE
            self.repeat_columns(0)
        self.set_print_scale(scale)
        # What stands above the first piece, the title, goes with it.
        starts = [0, *self._pieces[1:], end] if self._pieces else [0, end]
        heights = [sum(self._tall.get(row, ROW) for row in range(*between)) for between in pairwise(starts)]
        self.set_h_pagebreaks([starts[n] for n in breaks(heights, CERTAIN * HIGH * 100 / scale)])


def breaks(heights: Sequence[float], room: float) -> list[int]:
    """Return before which pieces a page begins, so that none is cut that fits on one.

    Args:
        heights: How high each piece is.
        room: How high a page is.
    """
    found, used = [], 0.0
    for n, height in enumerate(heights):
        if used and used + height > room:
            found.append(n)
            used = 0.0
        # What is higher than a page ends somewhere on a later one.
        used = (used + height) % room if height > room else used + height
    return found
