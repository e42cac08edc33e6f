"""Cell addresses in binary sheets: the old .xls and .xlsb, as their own readers would see them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditkit.guard.cells import check_area
from auditkit.guard.limits import Limits

# Records of an .xls sheet that hold cells (label, number, formula, text of formula …), those that begin and
# end a sheet, and the one that says where a sheet begins.
CELLS_XLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x00BD})
BEGIN_XLS, END_XLS, SHEET_XLS = 0x0809, 0x000A, 0x0085
ROW_XLSB, CELLS_XLSB = 0, range(2, 12)


def check_xls(data: bytes, limits: Limits) -> None:
    """Refuse the workbook stream of an .xls if a sheet asks for too large a grid; UnreadableError if so.

    A sheet begins wherever the workbook says so, be it in the middle of a record.
    """
    begins = {
        int.from_bytes(data[at : at + 4], "little")
        for kind, at, size in _records_xls(data, 0)
        if kind == SHEET_XLS and size >= 4
    }
    for begin in sorted(begins):
        _check_sheet_xls(data, begin, limits)


def _check_sheet_xls(data: bytes, begin: int, limits: Limits) -> None:
    rows = columns = depth = 0
    for kind, at, size in _records_xls(data, begin):
        if kind == BEGIN_XLS:
            depth += 1
        elif kind == END_XLS:
            # What is within a sheet (a chart, say) counts too: some readers look into it.
            depth -= 1
            if depth <= 0:
                return
        elif kind in CELLS_XLS and size >= 4:
            row, col = struct.unpack_from("<2H", data, at)
            rows, columns = max(rows, row + 1), max(columns, col + 1)
            check_area(rows, columns, limits)


def _records_xls(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield the records of a stream from a place on: kind, where the content begins, how long it is."""
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<2H", data, at)
        at += 4
        yield kind, at, min(size, len(data) - at)
        at += size


def check_xlsb(data: bytes, limits: Limits) -> None:
    """Refuse a sheet of an .xlsb if it asks for too large a grid; UnreadableError if so."""
    at = rows = columns = row = 0
    # The reader has one buffer for all records: one that is too short is taken with what stood there before.
    held = bytes(4)
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        content = data[at : at + min(size, 4)]
        held = content + held[len(content) :]
        if kind == ROW_XLSB:
            row = int.from_bytes(held, "little")
        elif kind in CELLS_XLSB:
            rows, columns = max(rows, row + 1), max(columns, int.from_bytes(held, "little") + 1)
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
