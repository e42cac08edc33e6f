"""Excel workbooks: .xlsx, and .xlsm whose macros nothing here can run."""

from __future__ import annotations

from auditkit.fields import Typed
from auditkit.returns.content import behind
from auditkit.returns.guard import cells
from auditkit.returns.guard.archive import stored
from auditkit.returns.guard.limits import Limits
from auditkit.returns.intake import calamine, error_cells, package, saved
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
    parts = package.parts(look.archive, limits)
    for name, data in parts.items():
        if b"<sheetData" in data or b":sheetData" in data:
            cells.check_sheet(data, limits)
        elif b"sst" in data[:2000] or name.casefold().endswith("strings.xml"):
            cells.check_strings(data, limits)
    errors = error_cells.find(parts, limits)
    inside = behind.find(parts)
    sheets = []
    for sheet in calamine.sheets(stored(parts), limits):
        for row, col, text in errors.get(sheet.name, ()):
            _put(sheet.rows, row, col, text)
        own = inside.sheets.get(sheet.name, NOTHING)
        sheets.append(
            Sheet(sheet.name, sheet.rows, own.formulas, own.hidden_rows, own.hidden_columns, own.hidden)
        )
    contained = tuple(package.contained(look.archive))
    return Workbook(tuple(sheets), saved.time(parts), inside.epoch_1904, contained)


def _put(rows: list[list[Typed]], row: int, col: int, text: str) -> None:
    if row < len(rows) and col < len(rows[row]):
        rows[row][col] = text
