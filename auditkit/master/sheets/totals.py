"""*Totals*: what the numbers add up to, over everyone and by group, each with how many are missing."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.sheets.numbers import SMALL, mark, warn
from auditkit.tables import Tables, rows

NAME = "Totals"
ABOUT = (
    "What the numbers add up to, as they were collated: the total of those who gave one, and how many who "
    "were asked are missing from it."
)
NOTHING = "No number was asked of anybody."
EVERYONE = "Everyone"
COLUMNS = (
    Column("Section", 18, repeats=True),
    Column("Question ID", 11, "id", repeats=True),
    Column("Measure", 38, repeats=True),
    Column("Unit", 12, repeats=True),
    Column("For", 20, repeats=True),
    Column("By", 12, repeats=True),
    Column("Of", 22, repeats=True),
    Column("Total", 12),
    Column("Rate", 10, "rate"),
    Column("Given", 9, "count"),
    Column("Missing", 9, "count"),
    Column("Asked", 9, "count"),
    Column("Not collected", 10, "count"),
    Column("Not usable", 9, "count"),
    Column("Blank", 9, "count"),
    Column("Nil return", 9, "count"),
    Column("Not returned", 9, "count"),
    Column("Gave both", 9, "count"),
    Column("Lowest", 12),
    Column("Highest", 12),
)
_SHOWN = (
    *(
        "section",
        "question_id",
        "question",
        "unit",
        "period",
        "by",
        "of",
        "total",
        "rate",
        "given",
        "missing",
    ),
    *(
        "asked",
        "not_collected",
        "not_usable",
        "blank",
        "nil_return",
        "not_returned",
        "both",
        "lowest",
        "highest",
    ),
)
BY = _SHOWN.index("by")


def write(book: Book, tables: Tables) -> None:
    """Write the sheet; totals that are too small to be published are marked, if the audit says which."""
    marked = tables.audit.number_policy.small is not None
    columns = (*COLUMNS, SMALL) if marked else COLUMNS
    lines = []
    for *line, small in rows(tables.totals, *_SHOWN, "small"):
        line[BY] = line[BY] or EVERYONE
        lines.append((*line, mark(small)) if marked else line)
    for sheet in write_table(book, NAME, columns, lines, nothing=NOTHING, freeze=3):
        if marked:
            warn(book, sheet, len(COLUMNS))
