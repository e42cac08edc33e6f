"""*Differences*: a row for each agency and standard, the largest difference first."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import write_table
from auditkit.triangulation.columns import COLUMNS, SELF_RATING, STANDARD, values
from auditkit.triangulation.model import Triangulation

NAME = "Differences"
ABOUT = "A row for each agency and standard, with all figures. The largest differences come first."
NOTHING = "No agency is both in the self assessment and in another round: see Not matched."
HEADERS = [column.header for column, _ in COLUMNS]
# Its columns are too many for A4.
A3 = 8


def write(book: Book, made: Triangulation) -> None:
    """Write the sheet."""
    lines = (values(line, made) for line in made.lines)
    columns = [column for column, _ in COLUMNS]
    freeze = HEADERS.index(STANDARD) + 1
    for sheet in write_table(book, NAME, columns, lines, nothing=NOTHING, freeze=freeze):
        sheet.set_paper(A3)
        col = HEADERS.index(SELF_RATING)
        book.colour_ratings(sheet, (1, col, max(1, sheet.count), col), made.scales)
