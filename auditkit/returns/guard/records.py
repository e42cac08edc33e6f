"""Cell addresses in binary sheets: the old .xls and .xlsb, as their own readers would see them."""

from __future__ import annotations

import struct

from auditkit.returns.guard.cells import check_area
from auditkit.returns.guard.limits import Limits

# Records of an .xls sheet that hold cells (label, number, formula, text of formula …), and the one that
# begins a sheet.
CELLS_XLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x00BD})
BEGIN_XLS = 0x0809
ROW_XLSB, CELLS_XLSB = 0, range(2, 12)


def check_xls(data: bytes, limits: Limits) -> None:
    """Refuse the workbook stream of an .xls if a sheet asks for too large a grid; UnreadableError if so."""
    at = rows = columns = 0
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<2H", data, at)
        if kind == BEGIN_XLS:
            rows = columns = 0
        elif kind in CELLS_XLS and at + 8 <= len(data):
            row, col = struct.unpack_from("<2H", data, at + 4)
            rows, columns = max(rows, row + 1), max(columns, col + 1)
            check_area(rows, columns, limits)
        at += 4 + size


def check_xlsb(data: bytes, limits: Limits) -> None:
    """Refuse a sheet of an .xlsb if it asks for too large a grid; UnreadableError if so."""
    at = row = rows = columns = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if kind == ROW_XLSB and at + 4 <= len(data):
            row = int.from_bytes(data[at : at + 4], "little")
        elif kind in CELLS_XLSB and at + 4 <= len(data):
            col = int.from_bytes(data[at : at + 4], "little")
            rows, columns = max(rows, row + 1), max(columns, col + 1)
            check_area(rows, columns, limits)
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number written in groups of seven bits, and where it ends."""
    number = 0
    for n in range(most):
        byte = data[at] if at < len(data) else 0
        at += 1
        number |= (byte & 0x7F) << 7 * n
        if byte < 0x80:
            break
    return number, at
