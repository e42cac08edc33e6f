"""Typing answers into an issued workbook without a spreadsheet program.

Only the empty answer cells of the sheets' XML are replaced, so everything else (validations, protection,
identity) stays as it was issued. openpyxl would drop some of it when it saves.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape

from auditkit.fields import Typed
from auditkit.fields.date import EXCEL_EPOCH
from auditkit.workbook.layout import Block, Layout, Slot

# Block id, row key and column key of an answer cell.
Place = tuple[str, str, str]


def fill(workbook: bytes, layout: Layout, answers: Mapping[Place, Typed], saved: dt.datetime) -> bytes:
    """Return a copy of ``workbook``, as built for ``layout``, with ``answers`` typed into their cells.

    ``saved`` (UTC) is what the copy gives as the time of its last saving. Raises KeyError for a place that
    the layout hasn't.
    """
    typed: dict[str, list[tuple[Slot, Typed]]] = {}
    for (block_id, row_key, column_key), value in answers.items():
        block = layout.by_id[block_id]
        typed.setdefault(_part(layout, block), []).append((block.by_key[row_key, column_key], value))
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename.startswith("xl/worksheets/sheet"):
                content = _uncalculated(content.decode()).encode()
            if info.filename in typed:
                content = _with_answers(content.decode(), typed[info.filename]).encode()
            elif info.filename == "docProps/core.xml":
                content = _saved(content.decode(), saved).encode()
            new.writestr(info, content)
    return target.getvalue()


def _part(layout: Layout, block: Block) -> str:
    """Return the part that holds a block: the first sheet is the start sheet, then the blocks in order."""
    return f"xl/worksheets/sheet{layout.blocks.index(block) + 2}.xml"


def _with_answers(xml: str, answers: Iterable[tuple[Slot, Typed]]) -> str:
    by_cell = {_address(slot): value for slot, value in answers}

    def typed(match: re.Match[str]) -> str:
        cell, style = match.groups()
        return _cell(cell, style, by_cell.pop(cell)) if cell in by_cell else match.group()

    filled = re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)"/>', typed, xml)
    if by_cell:
        raise KeyError(f"no empty cells at {sorted(by_cell)}")
    return filled


def _cell(cell: str, style: str, value: Typed) -> str:
    if isinstance(value, dt.date):
        value = (dt.date(value.year, value.month, value.day) - EXCEL_EPOCH).days
    if isinstance(value, (int, float)):
        return f'<c r="{cell}" s="{style}"><v>{value}</v></c>'
    text = escape(str(value)).replace("\r", "_x000D_")
    return f'<c r="{cell}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _uncalculated(xml: str) -> str:
    """Drop what formulas gave before anything was typed; programs calculate them when they open the file."""
    return re.sub(r"(?<=</f>)<v>[^<]*</v>", "", xml)


def _saved(core: str, saved: dt.datetime) -> str:
    stamp = saved.strftime("%Y-%m-%dT%H:%M:%SZ")
    return re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", core)


def _address(slot: Slot) -> str:
    letters, n = "", slot.col + 1
    while n:
        n, letter = divmod(n - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{slot.row + 1}"
