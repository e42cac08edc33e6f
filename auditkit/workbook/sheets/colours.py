"""The colours of cells by what they hold: ratings, and what a row still needs."""

from __future__ import annotations

from collections.abc import Iterable

from auditkit.definition.model import Field
from auditkit.definition.scale import Scale
from auditkit.workbook import status
from auditkit.workbook.book import Book, cell
from auditkit.workbook.layout import FIRST_ROW, LAST_SAID, NEW, OWN_RATINGS, Block, Slot
from auditkit.workbook.own import Colour
from auditkit.workbook.protection import LockedSheet
from auditkit.workbook.style import ACCENT, paler


def ratings(book: Book, sheet: LockedSheet, block: Block) -> None:
    """Colour the ratings of a block as their scale says."""
    for slots in _rating_columns(block):
        first, last = slots[0], slots[-1]
        scale = book.issue.audit.scale(first.field.scale)
        for criterion in _criteria(scale, cell(first.row, first.col, fixed=False)):
            fmt = book.point_format(criterion[0], bold=True)
            rule = {"type": "formula", "criteria": criterion[1], "format": fmt, "stop_if_true": True}
            sheet.conditional_format(first.row, first.col, last.row, last.col, rule)


def own(book: Book, sheet: LockedSheet, block: Block) -> None:
    """Colour the ratings of another time as they were then, and let questions that are new stand out."""
    for col, column in enumerate(block.columns):
        area = (FIRST_ROW, col, block.last_row, col)
        if column in OWN_RATINGS:
            texts(book, sheet, area, book.issue.own.colours.get(block.id, ()))
        elif column.key == LAST_SAID.key:
            new = book.file.add_format({"bold": True, "font_color": ACCENT})
            rule = {"type": "text", "criteria": "begins with", "value": NEW, "format": new}
            sheet.conditional_format(*area, rule)


def texts(book: Book, sheet: LockedSheet, area: tuple[int, int, int, int], colours: Iterable[Colour]) -> None:
    """Colour the cells of an area (first row and column, last row and column) palely, by their texts."""
    ref = cell(area[0], area[1], fixed=False)
    for one in colours:
        text = '"{}"'.format(one.text.replace('"', '""'))
        said = f"RIGHT({ref},{len(one.text)})" if one.is_end else ref
        fmt = book.point_format(paler(one.colour))
        rule = {"type": "formula", "criteria": f"={said}={text}", "format": fmt, "stop_if_true": True}
        sheet.conditional_format(*area, rule)


def _rating_columns(block: Block) -> list[list[Slot]]:
    found: dict[tuple[int, Field], list[Slot]] = {}
    for slot in block.slots:
        if slot.field.kind == "rating":
            found.setdefault((slot.col, slot.field), []).append(slot)
    return list(found.values())


def _criteria(scale: Scale, ref: str) -> list[tuple[str, str]]:
    """Return colour and condition of each point, in the order in which they must be tried."""
    words = [p for p in scale.points if scale.numbers is None or p.not_applicable]
    bands = [p for p in scale.points if p not in words]
    text = [(p.colour, '={}="{}"'.format(ref, p.text.replace('"', '""'))) for p in words]
    bands.sort(key=lambda p: p.floor, reverse=True)
    floors = ["" if p.at_least is None else f",{ref}>={p.at_least:g}" for p in bands]
    return text + [
        (p.colour, f"=AND(ISNUMBER({ref}){floor})") for p, floor in zip(bands, floors, strict=True)
    ]


def statuses(book: Book, sheet: LockedSheet, block: Block) -> None:
    """Colour what the rows of a block still need."""
    col = block.col("status")
    area = (FIRST_ROW, col, block.last_row, col)
    done = book.file.add_format({"font_color": "#1B6E3C", "bold": True})
    todo = book.file.add_format({"font_color": "#9A3B00", "bold": True})
    sheet.conditional_format(
        *area, {"type": "cell", "criteria": "==", "value": f'"{status.COMPLETE}"', "format": done}
    )
    sheet.conditional_format(
        *area, {"type": "text", "criteria": "begins with", "value": "Need", "format": todo}
    )
