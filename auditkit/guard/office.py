"""Office workbooks (xlsx, xlsb, xls): their parts measured, and their cells through python-calamine."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

import python_calamine

from auditkit.guard import cells, texts, xml
from auditkit.guard.archive import Archive, opened, stored
from auditkit.guard.limits import Budget, Limits, damaged, too_large, unsafe
from auditkit.guard.unreadable import UnreadableError

# What no reader of answers needs: pictures, drawings, other programs' parts. Never inflated.
LEFT = (
    *("media/", "embeddings/", "drawings/", "theme/", "charts/", "printersettings/", "activex/", "pivot"),
    *("customxml/", "/tables/", "worksheets/_rels/", "docprops/app"),
)
ENDINGS = (".xml", ".rels", ".bin", ".psmdcp")
BROKEN = "a part of it is missing or broken"
# A sheet's name and its rows from A1 on; blank cells are "".
Grid = tuple[str, list[list[Any]]]


def xlsx(content: bytes, limits: Limits) -> list[Grid]:
    """Return the sheets of an .xlsx workbook.

    Raises:
        UnreadableError: If it is no such workbook, damaged, too large or built to do harm.
    """
    return grids(stored(measured(content, limits)), limits)


def measured(content: bytes, limits: Limits) -> dict[str, bytes]:
    """Return the parts of an .xlsx workbook that is read in this process, which has no limit of memory.

    Raises:
        UnreadableError: If it is no such workbook, damaged, too large or built to do harm.
    """
    found = parts(opened(content, limits), limits)
    check(found, limits)
    texts.check(found)
    return found


def parts(archive: Archive, limits: Limits) -> dict[str, bytes]:
    """Inflate the parts of a workbook that reading its answers needs.

    Args:
        archive: The workbook.
        limits: What its parts may be.

    Returns:
        The parts by name, in their order; each is checked if it is XML.

    Raises:
        UnreadableError: If two parts have one name, a name leads out of the workbook, or a part is refused.
    """
    budget = Budget(limits.workbook_bytes)
    seen: set[str] = set()
    found = {}
    for member in archive.members:
        name = member.name.replace("\\", "/").removeprefix("/")
        folded = name.casefold()
        if folded in seen:
            raise unsafe("two of its parts have the same name")
        seen.add(folded)
        if member.is_link or ".." in name.split("/"):
            raise unsafe("the name of a part leads out of the file")
        if member.is_folder or not _needed(folded):
            continue
        data = archive.inflate(member, budget)
        if not folded.endswith(".bin"):
            xml.check(data)
        found[name] = data
    return found


def part_of(target: str) -> str:
    """Return the name of the part that the workbook's relations call so: from its own folder, or the top."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def check(parts: Mapping[str, bytes], limits: Limits) -> None:
    """Refuse an .xlsx workbook whose sheets or shared texts would take too much room once they are read.

    Raises:
        UnreadableError: If they would.
    """
    for name, data in parts.items():
        if b"<sheetData" in data or b":sheetData" in data:
            cells.check_sheet(data, limits)
        elif b"sst" in data[:2000] or name.casefold().endswith("strings.xml"):
            cells.check_strings(data, limits)


def grids(content: bytes, limits: Limits) -> list[Grid]:
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
        return list(_grids(content, limits))
    except (UnreadableError, MemoryError):
        raise
    except BaseException as error:
        # A panic in the reader's Rust code is no Exception, and its class can't be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged(BROKEN) from error
        raise


def _grids(content: bytes, limits: Limits) -> Iterator[Grid]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = filled = 0
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(index)
        height, width = (last + 1 for last in sheet.end or (-1, -1))
        found, filled = found + 1, filled + height * width
        if filled > limits.cells:
            size = f"{height:,} rows by {width:,} columns on the sheet “{meta.name}”"
            raise too_large(size, f"{limits.cells:,} cells")
        yield meta.name, sheet.to_python(skip_empty_area=False)
    if not found:
        raise damaged("it holds no sheets")


def _needed(folded: str) -> bool:
    if not folded.endswith(ENDINGS) or folded.endswith("vbaproject.bin"):
        return False
    return not any(sign in folded for sign in LEFT)
