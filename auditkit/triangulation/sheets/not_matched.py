"""*Not matched*: what is in one round only, or names no standard, and what to do about it."""

from __future__ import annotations

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.triangulation.model import Triangulation

NAME = "Not matched"
ABOUT = "What stands in one round only and so in no row of Differences, and what to do about it."
COLUMNS = (
    Column("What", 14, repeats=True),
    Column("Name", 44),
    Column("In the", 18, repeats=True),
    Column("Why", 74, repeats=True),
)
NOTHING = "Everything goes with something."


def write(book: Book, made: Triangulation) -> None:
    """Write the sheet."""
    lines = ((each.what, each.name, each.where, each.why) for each in made.unmatched)
    write_table(book, NAME, COLUMNS, lines, nothing=NOTHING, freeze=2)
