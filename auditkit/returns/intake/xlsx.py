"""Excel workbooks: .xlsx, and .xlsm whose macros nothing here can run."""

from __future__ import annotations

from auditkit.fields import Typed
from auditkit.guard import cells, office
from auditkit.guard.archive import stored
from auditkit.guard.limits import Limits
from auditkit.returns.content import behind
from auditkit.returns.intake import calamine, package, saved, unread
from auditkit.returns.intake.incoming import Look
from auditkit.returns.sheets import Sheet, Workbook

KIND = "an Excel workbook (.xlsx)"
NOTHING = behind.Behind()


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is an Excel workbook."""
    return look.archive is not None and bool({"xl/workbook.xml", "xl\\workbook.xml"} & look.names)


def read(look: Look, limits: Limits) -> Workbook:
    """Return the sheets of a workbook, hidden ones too; UnreadableError if they can't be read."""
    assert look.archive is not None
    parts = office.parts(look.archive, limits)
    office.check(parts, limits)
    inside = behind.find(parts)
    read_in = calamine.sheets(stored(parts), limits)
    left = unread.find(parts, read_in, limits)
    sheets = []
    for sheet in read_in:
        for row, col, text in left.get(sheet.name, ()):
            _put(sheet.rows, row, col, text, limits)
        own = inside.sheets.get(sheet.name, NOTHING)
        sheets.append(
            Sheet(sheet.name, sheet.rows, own.formulas, own.hidden_rows, own.hidden_columns, own.hidden)
        )
    contained = tuple(package.contained(look.archive))
    return Workbook(tuple(sheets), saved.time(parts), inside.epoch_1904, contained)


def _put(rows: list[list[Typed]], row: int, col: int, text: str, limits: Limits) -> None:
    """Put a text into a cell, making room for it where the rows don't reach so far."""
    width = max([col + 1, *map(len, rows[:1])])
    if row >= len(rows) or col >= len(rows[row]):
        cells.check_area(max(row + 1, len(rows)), width, limits)
        rows += [[] for _ in range(row + 1 - len(rows))]
        for each in rows:
            each += [""] * (width - len(each))
    rows[row][col] = text
