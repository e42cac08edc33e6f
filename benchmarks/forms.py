"""Filled-in workbooks by the thousand: one issued workbook is taken apart, and only what differs is put in.

What comes out is what Excel saves: texts are shared strings, dates are numbers, parts are deflated fast. What
the formulas show is left as it was issued; nobody reads it.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from auditkit.fields import Typed
from auditkit.fields.date import EXCEL_EPOCH
from auditkit.workbook.layout import Layout, Slot
from benchmarks.answers import Place

EMPTY = re.compile(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"/>')
SHEETS, STRINGS = "xl/worksheets/sheet", "xl/sharedStrings.xml"
CORE = "docProps/core.xml"
SHEETS = "xl/worksheets/sheet"
# Excel deflates as fast as it can.
LEVEL = 1


@dataclass(frozen=True)
class Form:
    """An issued workbook, taken apart.

    ``sheets`` holds each sheet that has answer cells, by part: the XML around them in turn with the place and
    the style of the cell that stands there. ``parts`` holds all others.
    """

    parts: Mapping[str, bytes]
    sheets: Mapping[str, tuple[tuple[str, Place | None, str, str], ...]]
    strings: int


def taken_apart(workbook: bytes, layout: Layout) -> Form:
    """Return the form that an issued workbook is, as built for ``layout``."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheets = {}
    # The first sheet is the start sheet, then come the blocks in order.
    for n, block in enumerate(layout.blocks, start=2):
        part = f"xl/worksheets/sheet{n}.xml"
        places = {_address(s): (block.id, s.row_key, s.column_key) for s in block.slots}
        sheets[part] = tuple(_pieces(parts[part].decode(), places))
    strings = len(re.findall(rb"<si>", parts[STRINGS]))
    return Form(parts, sheets, strings)


def filled(form: Form, said: Mapping[Place, Typed], names: Mapping[str, str], saved: dt.datetime) -> bytes:
    """Return a form with what one recipient typed.

    Args:
        form: The form.
        said: What was typed, by place.
        names: What stands in the form for its own recipient, and what to put there.
        saved: When it was saved, in UTC.
    """
    strings: dict[str, int] = {}
    texts = 0
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as file:
        written = {}
        for part, pieces in form.sheets.items():
            out = []
            for before, place, address, style in pieces:
                out.append(before)
                if place is None:
                    continue
                value = said.get(place)
                if value is None:
                    out.append(f'<c r="{address}" s="{style}"/>')
                elif isinstance(value, str):
                    n = form.strings + strings.setdefault(value, len(strings))
                    texts += 1
                    out.append(f'<c r="{address}" s="{style}" t="s"><v>{n}</v></c>')
                else:
                    out.append(f'<c r="{address}" s="{style}"><v>{_number(value)}</v></c>')
            written[part] = "".join(out).encode()
        for part, content in form.parts.items():
            if part == STRINGS:
                content = _strings(_renamed(content.decode(), names), strings, texts).encode()
            elif part.startswith(SHEETS) and part not in written:
                content = _renamed(content.decode(), names).encode()
            elif part == CORE:
                stamp = saved.strftime("%Y-%m-%dT%H:%M:%SZ")
                core = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", content.decode())
                content = _renamed(core, names).encode()
            elif part.startswith(SHEETS) and part not in written:
                content = _renamed(content.decode(), names).encode()
            file.writestr(part, written.get(part, content))
    return target.getvalue()


def _pieces(xml: str, places: Mapping[str, Place]) -> list[tuple[str, Place | None, str, str]]:
    pieces: list[tuple[str, Place | None, str, str]] = []
    done = 0
    for cell in EMPTY.finditer(xml):
        if cell[1] in places:
            pieces.append((xml[done : cell.start()], places[cell[1]], cell[1], cell[2]))
            done = cell.end()
    assert len(pieces) == len(places), "an answer cell isn't where the layout says"
    return [*pieces, (xml[done:], None, "", "")]


def _strings(xml: str, added: Mapping[str, int], texts: int) -> str:
    """Return the shared strings with those that were typed, their counts put right."""
    head, count, unique, rest = re.split(r'count="(\d+)" uniqueCount="(\d+)"', xml, maxsplit=1)
    counts = f'count="{int(count) + texts}" uniqueCount="{int(unique) + len(added)}"'
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in added)
    return head + counts + rest.removesuffix("</sst>") + items + "</sst>"


def _renamed(xml: str, names: Mapping[str, str]) -> str:
    for old, new in names.items():
        xml = xml.replace(escape(old), escape(new))
    return xml


def _number(value: Typed) -> float | int:
    if isinstance(value, dt.date):
        return (dt.date(value.year, value.month, value.day) - EXCEL_EPOCH).days
    assert isinstance(value, (int, float))
    return value


def _address(slot: Slot) -> str:
    letters, n = "", slot.col + 1
    while n:
        n, letter = divmod(n - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{slot.row + 1}"
