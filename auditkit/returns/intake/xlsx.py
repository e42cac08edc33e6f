"""Excel workbooks: .xlsx, and .xlsm whose macros nothing here can run."""

from __future__ import annotations

import io
import math
import zipfile

import python_calamine

from auditkit.fields import Typed
from auditkit.returns.intake import error_cells, saved
from auditkit.returns.intake.unreadable import UnreadableError
from auditkit.returns.sheets import Sheet, Workbook

# No workbook that we issue comes near this; a cell typed in the last row and column would ask for 17 billion.
MOST_CELLS = 5_000_000
BROKEN = "a part of it is missing or broken"


def recognises(content: bytes) -> bool:
    """Tell by its content whether a file is an Excel workbook."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except Exception:  # zipfile raises many kinds on damaged archives
        return False


def read(content: bytes) -> Workbook:
    """Return the sheets of a workbook, hidden ones too; UnreadableError if they can't be read."""
    try:
        errors = error_cells.find(content)
        sheets = _sheets(content)
    except UnreadableError:
        raise
    except BaseException as error:
        # A panic in the reader's Rust code is no Exception, and its class can't be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise UnreadableError("file-damaged", reason=BROKEN) from error
        raise
    for sheet in sheets:
        for row, col, text in errors.get(sheet.name, ()):
            _put(sheet.rows, row, col, text)
    return Workbook(sheets, saved.time(content))


def _sheets(content: bytes) -> tuple[Sheet, ...]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = []
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        height, width = (last + 1 for last in sheet.end or (-1, -1))
        if height * width > MOST_CELLS:
            cells = f"{height} rows by {width} columns on one sheet"
            limit = f"{MOST_CELLS} cells"
            raise UnreadableError("file-too-large", size=cells, limit=limit)
        rows: list[list[Typed]] = sheet.to_python(skip_empty_area=False)
        found.append(Sheet(meta.name, [_finite(row) for row in rows]))
    return tuple(found)


def _finite(row: list[Typed]) -> list[Typed]:
    """Return the row with "not a number" and infinity, which no arithmetic may meet, as text."""
    if all(math.isfinite(cell) for cell in row if type(cell) is float):
        return row
    return [str(cell) if type(cell) is float and not math.isfinite(cell) else cell for cell in row]


def _put(rows: list[list[Typed]], row: int, col: int, text: str) -> None:
    if row < len(rows) and col < len(rows[row]):
        rows[row][col] = text
