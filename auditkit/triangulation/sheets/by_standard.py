"""*By standard*: a row for each standard, over everyone in each round."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import write_table
from auditkit.triangulation.columns import AGENCY, COLUMNS, SELF_RATING, STANDARD, values
from auditkit.triangulation.model import Triangulation
from auditkit.triangulation.sheets.differences import A3

NAME = "By standard"
ABOUT = "A row for each standard, over everyone in each round. Rated counts agencies here, not questions."
NOTHING = "No question of the survey or of cases names a standard of the self assessment: see Not matched."
# A standard over all agencies has neither an agency nor one rating.
LEFT_OUT = (AGENCY, SELF_RATING)
WANTED = [n for n, (column, _) in enumerate(COLUMNS) if column.header not in LEFT_OUT]


def write(book: Book, made: Triangulation) -> None:
    """Write the sheet."""
    lines = ([cells[n] for n in WANTED] for cells in (values(line, made) for line in made.overall))
    columns = [COLUMNS[n][0] for n in WANTED]
    freeze = [column.header for column in columns].index(STANDARD) + 1
    for sheet in write_table(book, NAME, columns, lines, nothing=NOTHING, freeze=freeze):
        sheet.set_paper(A3)
