"""Cells that show an error, such as ``#REF!``.

python-calamine gives them as empty, which would lose that they were filled. The XML of a sheet is read a
second time only if it holds such a cell, which is rare.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from auditkit.returns.intake.unreadable import UnreadableError

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
ERROR_CELL = re.compile(rb"""\bt\s*=\s*["']e["']""")
MOST_BYTES = 200 * 1024 * 1024
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")

Place = tuple[int, int, str]


def find(content: bytes) -> dict[str, list[Place]]:
    """Return the error cells of each sheet: row and column from 0, and the error's text.

    Raises UnreadableError for a sheet too large to look at, and whatever zipfile and ElementTree raise on
    damage.
    """
    found: dict[str, list[Place]] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {}
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                data = _read(archive, name)
                if ERROR_CELL.search(data):
                    parts[name] = data
        if parts:
            for sheet, part in _sheet_parts(archive):
                if part in parts:
                    found[sheet] = list(_errors(parts[part]))
    return found


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part; its size is measured while it is read, not taken from the archive's index."""
    with archive.open(name) as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        limit = f"{MOST_BYTES // 1024 // 1024} MB"
        raise UnreadableError("file-too-large", size=f"more than {limit} on one sheet", limit=limit)
    return data


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part that holds it."""
    relations = _xml(_read(archive, "xl/_rels/workbook.xml.rels"))
    targets = {r.get("Id"): posixpath.normpath(posixpath.join("/xl", r.get("Target", ""))) for r in relations}
    for sheet in _xml(_read(archive, "xl/workbook.xml")).iter():
        if _tag(sheet) == "sheet":
            relation = sheet.get(RELATIONSHIP_ID) or sheet.get(STRICT_ID)
            yield sheet.get("name", ""), targets.get(relation, "").lstrip("/")


def _errors(data: bytes) -> Iterator[Place]:
    """Yield the error cells of a sheet; cells and rows without an address follow the one before."""
    row = col = -1
    for row_element in _xml(data).iter():
        if _tag(row_element) != "row":
            continue
        said = row_element.get("r", "")
        row, col = int(said) - 1 if said.isdecimal() else row + 1, -1
        for cell in row_element:
            address = ADDRESS.fullmatch(cell.get("r", ""))
            col = _column(address[1]) if address else col + 1
            if cell.get("t") == "e":
                text = next((child.text or "" for child in cell if _tag(child) == "v"), "")
                yield row, col, text.strip() or "#VALUE!"


def _xml(data: bytes) -> ElementTree.Element:
    """Parse a part. No office program writes a document type, and entities are how XML is made to explode."""
    if b"<!DOCTYPE" in data:
        raise ElementTree.ParseError("document type")
    return ElementTree.fromstring(data)


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
