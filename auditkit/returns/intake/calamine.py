"""Sheets through python-calamine: what .xlsx, .xlsb and .xls share."""

from __future__ import annotations

import io
import math

import python_calamine

from auditkit.fields import Typed
from auditkit.returns.guard.limits import Limits, damaged, too_large
from auditkit.returns.sheets import Sheet
from auditkit.returns.unreadable import UnreadableError

BROKEN = "a part of it is missing or broken"


def sheets(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook, hidden ones too.

    Args:
        content: The workbook, as the guard lets it through.
        limits: How many cells its sheets may span together.

    Returns:
        The sheets in their order; charts are left out.

    Raises:
        UnreadableError: If it is damaged, or spans too many cells.
    """
    try:
        return _sheets(content, limits)
    except (UnreadableError, MemoryError):
        raise
    except BaseException as error:
        # A panic in the reader's Rust code is no Exception, and its class can't be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged(BROKEN) from error
        raise


def _sheets(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    found, cells = [], 0
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        height, width = (last + 1 for last in sheet.end or (-1, -1))
        cells += height * width
        if cells > limits.cells:
            size = f"{height:,} rows by {width:,} columns on the sheet “{meta.name}”"
            raise too_large(size, f"{limits.cells:,} cells")
        rows: list[list[Typed]] = sheet.to_python(skip_empty_area=False)
        found.append(Sheet(meta.name, [_finite(row) for row in rows]))
    if not found:
        raise damaged("it holds no sheets")
    return tuple(found)


def _finite(row: list[Typed]) -> list[Typed]:
    """Return the row with "not a number" and infinity, which no arithmetic may meet, as text."""
    if all(math.isfinite(cell) for cell in row if type(cell) is float):
        return row
    return [str(cell) if type(cell) is float and not math.isfinite(cell) else cell for cell in row]
