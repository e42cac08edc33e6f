"""Sheets through python-calamine: what .xlsx, .xlsb and .xls share."""

from __future__ import annotations

import math

from auditkit.fields import Typed
from auditkit.guard import office
from auditkit.guard.limits import Limits
from auditkit.returns.sheets import Sheet


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
    return tuple(Sheet(name, [_finite(row) for row in rows]) for name, rows in office.grids(content, limits))


def _finite(row: list[Typed]) -> list[Typed]:
    """Return the row with "not a number" and infinity, which no arithmetic may meet, as text."""
    if all(math.isfinite(cell) for cell in row if type(cell) is float):
        return row
    return [str(cell) if type(cell) is float and not math.isfinite(cell) else cell for cell in row]
