"""The tables of one sheet of a form: where each begins and ends, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from auditkit.forms.columns import Columns, columns
from auditkit.forms.heads import Head, heads
from auditkit.forms.tables import Part, parts
from auditkit.forms.words import Words
from auditkit.forms.workbook import Sheet


@dataclass
class Table:
    """A table of questions: its head, the row after its last, its parts and what its columns come to."""

    sheet: Sheet
    head: Head
    end: int
    parts: list[Part]
    columns: Columns


def tables_of(sheet: Sheet, words: Words) -> list[Table]:
    """Return the tables of a sheet that ask something, from top to bottom."""
    found = heads(sheet, words)
    tables = []
    for n, head in enumerate(found):
        end = _begin(sheet, found[n + 1], head.last + 1) if n + 1 < len(found) else sheet.rows
        asked, end = parts(sheet, head, end)
        if asked:
            tables.append(Table(sheet, head, end, asked, columns(asked, words)))
    return tables


def _begin(sheet: Sheet, head: Head, first: int) -> int:
    """Return the row in which a table begins: that of its head, or of the lines that stand right above it."""
    row = head.first
    while row > first and len(sheet.by_row.get(row - 1, ())) == 1:
        row -= 1
    if row == head.first or row == first or row - 1 not in sheet.by_row:
        return row
    # Not set apart from the table before by a blank row: only what is as wide as a title is one.
    above = head.first - 1
    return above if sheet.width(above, sheet.by_row[above][0]) > 1 else head.first
