"""OpenDocument spreadsheets: .ods, as LibreOffice and others save them.

Read here and not by python-calamine, which stops at the files of some writers. Rows and cells that say they
stand for many become many only where they hold something.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from xml.etree import ElementTree

from auditkit.fields import Typed
from auditkit.guard import xml
from auditkit.guard.cells import check_area
from auditkit.guard.limits import Budget, Limits, damaged, unsafe
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake.incoming import Look
from auditkit.returns.sheets import Contained, Sheet, Workbook

KIND = "an OpenDocument spreadsheet (.ods)"
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
CONTENT, META, MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
# Where everything is in a file locked with a password, as newer programs write it; older ones lock each part.
WRAPPED, LOCKED_PARTS = "encrypted-package", b"encryption-data"
SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TABLE, OFFICE, TEXT = (SPACE % name for name in ("table", "office", "text"))
DUBLIN = "{http://purl.org/dc/elements/1.1/}"
# What stands in a cell but isn't its text.
ASIDE = frozenset({OFFICE + "annotation", OFFICE + "annotation-end"})
LONGEST_CELL = 100_000


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is an OpenDocument spreadsheet."""
    if look.archive is None or (CONTENT not in look.names and WRAPPED not in look.names):
        return False
    return MIMETYPE in look.content[:200] or any(
        MIMETYPE in look.content[member.start : member.start + 200]
        for member in look.archive.members
        if member.name == "mimetype"
    )


def read(look: Look, limits: Limits) -> Workbook:
    """Return the sheets of a spreadsheet, hidden ones too; UnreadableError if they can't be read."""
    assert look.archive is not None
    budget = Budget(limits.workbook_bytes)
    wanted = [member for member in look.archive.members if member.name in (CONTENT, META, MANIFEST)]
    parts = {member.name: look.archive.inflate(member, budget) for member in wanted}
    if len(parts) < len(wanted):
        raise unsafe("two of its parts have the same name")
    if CONTENT not in parts or LOCKED_PARTS in parts.get(MANIFEST, b""):
        raise UnreadableError("file-password-ods")
    document = xml.tree(parts[CONTENT], limits)
    body = document.find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if body is None:
        raise damaged("it holds no sheets")
    left = limits.cells
    sheets = []
    for table in body.iter(TABLE + "table"):
        rows = _rows(table, limits)
        left -= len(rows) * len(rows[0]) if rows else 0
        check_area(1, limits.cells - left, limits)
        sheets.append(Sheet(table.get(TABLE + "name", ""), rows))
    saved = _saved(xml.tree(parts[META], limits)) if META in parts else None
    return Workbook(tuple(sheets), saved, contained=tuple(_contained(look.names, parts[CONTENT])))


def _rows(table: ElementTree.Element, limits: Limits) -> list[list[Typed]]:
    """Return the rows up to the last filled cell, each as wide as the widest."""
    rows: list[list[Typed]] = []
    blank = width = 0
    for element in _inside(table, TABLE + "table-row"):
        times = _repeated(element, "rows")
        cells = _cells(element, limits)
        if not cells:
            blank += times
            continue
        width = max(width, len(cells))
        check_area(len(rows) + blank + times, width, limits)
        rows += [[] for _ in range(blank)]
        rows += [list(cells) for _ in range(times)]
        blank = 0
    for row in rows:
        row += [""] * (width - len(row))
    return rows


def _cells(row: ElementTree.Element, limits: Limits) -> list[Typed]:
    cells: list[Typed] = []
    blank = 0
    for element in _inside(row, TABLE + "table-cell", TABLE + "covered-table-cell"):
        times = _repeated(element, "columns")
        value = _value(element)
        if value == "":
            blank += times
            continue
        check_area(1, len(cells) + blank + times, limits)
        cells += [""] * blank + [value] * times
        blank = 0
    return cells


def _inside(element: ElementTree.Element, *tags: str) -> Iterator[ElementTree.Element]:
    """Yield elements of these tags at any depth of groups and headers, but not of tables in cells."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag.startswith(TABLE) and child.tag != TABLE + "table":
            yield from _inside(child, *tags)


def _repeated(element: ElementTree.Element, what: str) -> int:
    said = element.get(f"{TABLE}number-{what}-repeated", "1")
    return max(1, int(said)) if said.isdecimal() and len(said) < 10 else 1


def _value(cell: ElementTree.Element) -> Typed:
    kind = cell.get(OFFICE + "value-type", "")
    said = cell.get(f"{OFFICE}value", "")
    try:
        if kind in ("float", "percentage", "currency") and said:
            number = float(said)
            return number if math.isfinite(number) else said
        if kind == "boolean":
            return cell.get(OFFICE + "boolean-value") == "true"
        if kind == "date":
            return _date(cell.get(OFFICE + "date-value", ""))
    except (ValueError, OverflowError):
        pass
    paragraphs = [_text(child) for child in cell if child.tag in (TEXT + "p", TEXT + "h")]
    return "\n".join(paragraphs) if paragraphs else cell.get(OFFICE + "string-value", "")


def _text(element: ElementTree.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == TEXT + "s":
            said = child.get(TEXT + "c", "1")
            parts.append(" " * min(int(said), LONGEST_CELL) if said.isdecimal() and len(said) < 7 else " ")
        elif child.tag == TEXT + "tab":
            parts.append("\t")
        elif child.tag == TEXT + "line-break":
            parts.append("\n")
        elif child.tag not in ASIDE:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _date(said: str) -> Typed:
    if "T" not in said:
        return dt.date.fromisoformat(said)
    when = dt.datetime.fromisoformat(said.split(".")[0].rstrip("Z"))
    return when.date() if when.time() == dt.time() else when


def _saved(meta: ElementTree.Element) -> dt.datetime | None:
    """Return when it was last saved (the time is local and has no zone; it is taken as UTC)."""
    created = next((e.text for e in meta.iter() if e.tag.endswith("}creation-date")), None)
    modified = next((e.text for e in meta.iter(DUBLIN + "date")), None)
    if not modified or modified == created:
        return None
    try:
        when = dt.datetime.fromisoformat(modified.strip().split(".")[0].rstrip("Z"))
    except ValueError:
        return None
    return when.replace(tzinfo=dt.timezone.utc)


def _contained(names: frozenset[str], content: bytes) -> Iterator[Contained]:
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        yield Contained("macros", 1)
    objects = {name.split("/")[0] for name in names if name.startswith("Object ")}
    pictures = sum(name.startswith("Pictures/") and not name.endswith("/") for name in names)
    links = content.count(b"<table:table-source") + content.count(b"<office:dde-source")
    if objects:
        yield Contained("embedded", len(objects))
    if pictures:
        yield Contained("pictures", pictures)
    if links:
        yield Contained("links", links)
