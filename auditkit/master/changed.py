"""What *Changes* and *Trail* have in common: a row for each answer that became another one."""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.master.book import Book
from auditkit.master.flat import Column, write_table
from auditkit.master.rows import FlatSheet
from auditkit.tables import Tables, rows
from auditkit.tables.table import Table

# A column, and what of the table stands in it.
Shown = tuple[str, Column]
WHERE: tuple[Shown, ...] = (
    ("recipient_id", Column("Recipient ID", 12, "id", repeats=True)),
    ("recipient", Column("Recipient", 26, repeats=True)),
    ("section", Column("Section", 24, repeats=True)),
    ("question_id", Column("Question ID", 14, "id", repeats=True)),
    ("question", Column("Question", 36, repeats=True)),
    ("field", Column("Field", 16, repeats=True)),
)
BEFORE: Shown = ("old", Column("Before", 30))
NOW: Shown = ("new", Column("Now", 30))


def write_changed(
    book: Book, tables: Tables, table: Table, name: str, shown: Sequence[Shown], *, nothing: str
) -> tuple[FlatSheet, ...]:
    """Add such a table, its ratings in their colours.

    Args:
        book: The master.
        tables: All its tables.
        table: The one that has the rows.
        name: Name of the sheet.
        shown: Its columns.
        nothing: What to say if there are no rows.

    Returns:
        The sheets, for what is special about them.
    """
    names = [column for column, _ in shown]
    lines = rows(table, *names)
    sheets = write_table(book, name, [head for _, head in shown], lines, nothing=nothing, freeze=4)
    for sheet in sheets:
        for col in map(names.index, (BEFORE[0], NOW[0])):
            book.colour_ratings(sheet, (1, col, sheet.count, col), tables.audit.scales)
    return sheets
