"""Cells that show an error, such as ``#REF!``.

python-calamine gives them as empty, which would lose that they were filled. The XML of a sheet is read a
second time only if it holds such a cell, which is rare.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from auditkit.returns.guard import cells, xml
from auditkit.returns.guard.limits import Limits, damaged

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
ERROR_CELL = re.compile(rb"""=\s*["']e["']""")
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Place = tuple[int, int, str]


def find(parts: Mapping[str, bytes], limits: Limits) -> dict[str, list[Place]]:
    """Return the error cells of each sheet: row and column from 0, and the error's text.

    Args:
        parts: The parts of a workbook by name.
        limits: How deep their XML may be.

    Raises:
        UnreadableError: If a part that has to be read is missing or broken.
    """
    suspects = {
        name: data for name, data in parts.items() if "worksheets/" in name and ERROR_CELL.search(data)
    }
    if not suspects:
        return {}
    found = {}
    for sheet, part in _sheet_parts(parts, limits):
        if part in suspects:
            found[sheet] = list(_errors(suspects[part], limits))
    return found


def _sheet_parts(parts: Mapping[str, bytes], limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part that holds it."""
    try:
        book, relations = parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"]
    except KeyError:
        raise damaged("a part of it is missing") from None
    targets = {r.get("Id"): _part(r.get("Target", "")) for r in xml.tree(relations, limits)}
    for sheet in xml.tree(book, limits).iter():
        if _tag(sheet) == "sheet":
            relation = sheet.get(RELATIONSHIP_ID) or sheet.get(STRICT_ID)
            yield sheet.get("name", ""), targets.get(relation, "")


def _part(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _errors(data: bytes, limits: Limits) -> Iterator[Place]:
    """Yield the error cells of a sheet; cells and rows without an address follow the one before."""
    row = col = -1
    for row_element in xml.tree(data, limits).iter():
        if _tag(row_element) != "row":
            continue
        said = row_element.get("r", "")
        row, col = int(said[:9]) - 1 if said.isdecimal() else row + 1, -1
        for cell in row_element:
            address = ADDRESS.fullmatch(cell.get("r", ""))
            col = cells.column(address[1]) - 1 if address else col + 1
            if cell.get("t") == "e":
                text = next((child.text or "" for child in cell if _tag(child) == "v"), "")
                yield row, col, text.strip() or "#VALUE!"


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
