"""Cells that hold something though python-calamine gives them as empty: ``#REF!``, and any other.

What each sheet's XML holds is counted apart from the reader. The XML is read a second time only where more is
in it than came out, which is rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from auditkit.guard import cells, xml
from auditkit.guard.limits import Limits, damaged
from auditkit.guard.office import part_of
from auditkit.returns.sheets import Sheet, filled

# A value of a cell, but not an empty one, as nearly all programs write it; and as any may. Errors need none.
ERROR = b't="e"'
VALUE = re.compile(rb'<(?:v>(?!</v>)|v |is>(?!<t(?: xml:space="preserve")?></t></is>))')
ANY_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b(?![^<>]*/>)[^<>]*>(?!</)")
STRINGS, EMPTY_TEXTS = "sharedstrings.xml", (b"<si><t/></si>", b"<si><t></t></si>")
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")

# Row and column of a cell, counting from 0, and its text.
Place = tuple[int, int, str]


def find(parts: Mapping[str, bytes], sheets: Sequence[Sheet], limits: Limits) -> dict[str, list[Place]]:
    """Return the cells that hold something but came out of the reader empty.

    Args:
        parts: The parts of a workbook by name.
        sheets: The sheets that the reader made of them.
        limits: How deep their XML may be.

    Returns:
        The cells by the name of their sheet.

    Raises:
        UnreadableError: If a part that has to be read is missing or broken.
    """
    grids = [data for name, data in parts.items() if "worksheets/" in name]
    came = sum(len(row) - row.count("") for sheet in sheets for row in sheet.rows)
    values = sum(map(_values, grids))
    if (values <= came or values - _empty_texts(parts, grids) <= came) and not any(
        ERROR in data for data in grids
    ):
        return {}
    texts = _texts(parts, limits)
    by_name = {sheet.name: sheet for sheet in sheets}
    found = {}
    for name, part in _sheet_parts(parts, limits):
        if part in parts and name in by_name:
            rows = by_name[name].rows
            found[name] = [
                place for place in _filled(parts[part], texts, limits) if not _came_out(rows, *place[:2])
            ]
    return found


def _values(data: bytes) -> int:
    """Return how many cells of a sheet have a value, at the most: one may be an empty text."""
    return len((ANY_VALUE if b":sheetData" in data else VALUE).findall(data))


def _empty_texts(parts: Mapping[str, bytes], grids: Sequence[bytes]) -> int:
    """Return how many cells hold the empty text that cells share, if there is one, as nearly all write it."""
    data = next((data for name, data in parts.items() if name.casefold().endswith(STRINGS)), b"")
    at = max(map(data.find, EMPTY_TEXTS))
    reference = b't="s"><v>%d</v>' % data.count(b"<si>", 0, max(at, 0))
    return sum(grid.count(reference) for grid in grids) if at >= 0 else 0


def _came_out(rows: Sequence[Sequence[object]], row: int, col: int) -> bool:
    return row < len(rows) and col < len(rows[row]) and filled(rows[row][col])  # type: ignore[arg-type]


def _texts(parts: Mapping[str, bytes], limits: Limits) -> list[str]:
    """Return the texts that cells share."""
    data = next((data for name, data in parts.items() if name.casefold().endswith(STRINGS)), b"")
    return [_text(item) for item in xml.tree(data, limits)] if data else []


def _text(item: ElementTree.Element) -> str:
    """Return the text of a shared or inline text, all its runs, but not how it is read out."""
    runs = (child for child in item if _tag(child) in ("t", "r"))
    return "".join(t.text or "" for run in runs for t in run.iter() if _tag(t) == "t")


def _sheet_parts(parts: Mapping[str, bytes], limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet and the part that holds it."""
    try:
        book, relations = parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"]
    except KeyError:
        raise damaged("a part of it is missing") from None
    targets = {r.get("Id"): part_of(r.get("Target", "")) for r in xml.tree(relations, limits)}
    for sheet in xml.tree(book, limits).iter():
        if _tag(sheet) == "sheet":
            relation = sheet.get(RELATIONSHIP_ID) or sheet.get(STRICT_ID)
            yield sheet.get("name", ""), targets.get(relation, "")


def _filled(data: bytes, texts: Sequence[str], limits: Limits) -> Iterator[Place]:
    """Yield the cells of a sheet that a person sees something in.

    Cells and rows without an address follow the one before.
    """
    row = col = -1
    for row_element in xml.tree(data, limits).iter():
        if _tag(row_element) != "row":
            continue
        said = row_element.get("r", "")
        row, col = int(said[:9]) - 1 if said.isdecimal() else row + 1, -1
        for cell in row_element:
            address = ADDRESS.fullmatch(cell.get("r", ""))
            col = cells.column(address[1]) - 1 if address else col + 1
            text = _shown(cell, texts)
            if filled(text):
                yield row, col, text


def _shown(cell: ElementTree.Element, texts: Sequence[str]) -> str:
    kind = cell.get("t", "")
    if kind == "inlineStr":
        return "".join(_text(child) for child in cell if _tag(child) == "is")
    value = next((child.text or "" for child in cell if _tag(child) == "v"), "")
    if kind == "e":
        return value.strip() or "#VALUE!"
    if kind == "s":
        return texts[int(value)] if value.strip().isdecimal() and int(value) < len(texts) else value
    return value


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
