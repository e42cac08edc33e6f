"""The page that the blocks of *Summary* write to: its grid and what their tables share.

Tables stand on the left (columns A to ``right - 2``), charts and the weakest questions on the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from auditkit.master.book import Book
from auditkit.master.places import Places
from auditkit.tables import Tables

LABEL_WIDTH, FIGURE_WIDTH, GAP_WIDTH = 40, 10.5, 3
# The columns of the right half: question id, question, two figures.
RIGHT_WIDTHS = (12, 72, 11, 11)
# Heights of rows, in points.
TITLE, SUBTITLE, FIGURE, LABEL, HEADING, HEAD, LINE, TALL, GAP = 32, 18, 34, 16, 24, 28, 16.5, 28, 9
# The least that a chart can be read at, in rows of a table.
LEAST_ROWS = 8


@dataclass(frozen=True)
class Page:
    """The sheet being written. ``right`` is the first column of the right half."""

    book: Book
    sheet: Worksheet
    tables: Tables
    places: Places
    right: int

    def heading(self, row: int, text: str, col: int = 0) -> None:
        """Write the heading of a block."""
        self.sheet.write_string(row, col, text, self.book.format("heading"))
        self.sheet.set_row(row, HEADING)

    def head(self, row: int, texts: Sequence[str], col: int = 0, *, left: Sequence[int] = ()) -> None:
        """Write the header row of a table: the first column and those of ``left`` left, figures centred."""
        for c, text in enumerate(texts, start=col):
            style = "list_head" if c in (col, *left) else "list_head_centred"
            self.sheet.write_string(row, c, text, self.book.format(style))
        self.sheet.set_row(row, HEAD)

    def lines(self, first: int, last: int, height: float = LINE) -> int:
        """Set the height of the rows of a table, enough of them for a chart; return the row after."""
        end = max(last + 1, first + LEAST_ROWS)
        for row in range(first, end):
            self.sheet.set_row(row, height)
        return end

    def chart_size(self, heading: int, end: int) -> tuple[int, int]:
        """Return the size in pixels of the right half beside a block, from its heading to before ``end``."""
        width = sum(int(width * 7 + 5) for width in RIGHT_WIDTHS)
        return width, int((HEADING + HEAD + LINE * (end - heading - 2)) * 4 / 3)
