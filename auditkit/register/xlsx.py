"""A register kept as an Excel workbook: the sheet called "register", or the first one."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditkit.csv import restored
from auditkit.limits import MEGABYTE, Limits
from auditkit.register.columns import letter
from auditkit.register.table import Row, cleaned, content, refused

SHEET = "register"
# What a list of 25,000 schools doesn't come near.
LIMITS = Limits(workbook_bytes=128 * MEGABYTE)
MERGED = "these cells are merged, so only the first holds anything: unmerge them and fill in each one"
NO_RESULT = "this formula has no result: open the table in Excel and save it, or write what it should say"
ENCRYPTED = b"\xd0\xcf\x11\xe0"


def rows(path: Path) -> list[Row]:
    """Return the rows of the register's sheet as a person sees them, blank ones included.

    Raises:
        ProblemsError: If it can't be read.
    """
    # They take longer to import than most registers take to read.
    import openpyxl

    from auditkit.guard import office
    from auditkit.guard.archive import stored
    from auditkit.guard.unreadable import UnreadableError

    data = content(path)
    if data.startswith(ENCRYPTED):
        message = (
            "this workbook has a password or is in the old .xls form: save it as .xlsx without a password"
        )
        raise refused(path, message)
    try:
        parts = office.measured(data, LIMITS)
        book = openpyxl.load_workbook(io.BytesIO(stored(parts)), read_only=True, data_only=True)
        sheet = _sheet(book.worksheets)
        # Some programs leave the size of the sheet out, or get it wrong.
        sheet.reset_dimensions()
        return [
            Row(number, tuple(cleaned(restored(as_shown(cell))) for cell in cells))
            for number, cells in enumerate(sheet.iter_rows(), start=1)
        ]
    except UnreadableError as error:
        why = "; ".join(value for _, value in error.data)
        raise refused(path, f"this workbook can't be read ({why}): copy the list into a new one") from error
    except Exception as error:  # openpyxl lets through whatever a damaged file makes it stumble over
        message = (
            f"this workbook can't be read ({type(error).__name__}): open it in Excel and "
            "save it again as .xlsx"
        )
        raise refused(path, message) from error


def unseen(path: Path) -> tuple[tuple[str, str], ...]:
    """Return what :func:`rows` sees as blank and a person may not: each place, and what is the matter there.

    Args:
        path: A file that ``rows`` could read.

    Returns:
        Merged cells, of which only the first holds anything, and formulas that were saved without a result.
    """
    import openpyxl
    from python_calamine import CalamineWorkbook

    from auditkit.guard import office
    from auditkit.guard.archive import stored

    data = stored(office.measured(content(path), LIMITS))
    typed, shown = (
        _sheet(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=only).worksheets)
        for only in (False, True)
    )
    merged = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(typed.title)
    found = [(_range(*ends), MERGED) for ends in merged.merged_cell_ranges or ()]
    for sheet in (typed, shown):
        sheet.reset_dimensions()
    for cells in zip(typed.iter_rows(), shown.iter_rows(), strict=True):
        for cell, result in zip(*cells, strict=True):
            # One whose result is a text of no letters says that it is a text.
            if cell.data_type == "f" and result.value is None and result.data_type == "n":
                found.append((cell.coordinate, NO_RESULT))
    return tuple(found)


def _range(first: tuple[int, int], last: tuple[int, int]) -> str:
    return ":".join(f"{letter(col)}{row + 1}" for row, col in (first, last))


def _sheet(sheets: Sequence[Any]) -> Any:
    return next((each for each in sheets if each.title.strip().casefold() == SHEET), sheets[0])


def as_shown(cell: Any) -> str:
    """Return the text that a spreadsheet shows in a cell of openpyxl's, as far as a register needs it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (dt.datetime, dt.date)):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, (int, float)):
        whole = float(value).is_integer() and abs(value) < 1e15
        text = str(int(value)) if whole else str(value)
        zeros = re.fullmatch("0+", str(cell.number_format).partition(";")[0])
        return text.zfill(len(zeros[0])) if zeros and whole and value >= 0 else text
    return str(value)
