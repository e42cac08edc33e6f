"""The first row of a sheet of the form: which column is which, under headings that officers may vary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.scale import Scale
from auditkit.definition.wording import closest, did_you_mean, quoted
from auditkit.definition.xlsx.columns import Column, Way, folded, hint_at, way_to
from auditkit.definition.xlsx.sheets import LEAD_ALIASES, NOTES, Sheet
from auditkit.register.columns import letter


@dataclass(frozen=True, order=True)
class Place:
    """A cell: its sheet by position and name, its row and column from 0; -1 stands for the whole sheet."""

    number: int
    sheet: str
    row: int = -1
    column: int = -1

    def __str__(self) -> str:
        cell = f", cell {letter(self.column)}{self.row + 1}" if self.row >= 0 else ""
        return f"sheet '{self.sheet}'{cell}"


@dataclass(frozen=True)
class Heading:
    """A column that was recognised: where its settings go, and whether into what several rows make.

    ``is_key`` tells that the heading itself says something: the point of the scale, for a descriptor.
    """

    way: Way
    hint: Any
    place: Place
    is_lead: bool = False
    is_group: bool = False
    is_key: bool = False


# Something wrong, and where.
Wrong = tuple[Place, str]


def headed_by(
    sheet: Sheet, place: Place, row: int, cells: Mapping[int, Any]
) -> tuple[dict[int, Heading], list[Wrong]]:
    """Tell the columns of a sheet apart; one with a misspelt heading is the one that was probably meant."""
    found: dict[int, Heading] = {}
    wrong: list[Wrong] = []
    taken: dict[object, Place] = {}
    unknown: list[tuple[int, str, Place]] = []
    for n, cell in cells.items():
        text, at = str(cell).strip(), Place(place.number, place.sheet, row, n)
        if _is_note(cell):
            continue
        heading = _heading(sheet, text, at)
        if heading is None:
            unknown.append((n, text, at))
            continue
        key = (heading.way, heading.is_lead, heading.is_group)
        if key in taken:
            wrong.append((at, f"this column is the same as that at {taken[key]}: delete one of them"))
        else:
            taken[key], found[n] = at, heading
    for n, text, at in unknown:
        names = [column.name for column in headed(sheet)]
        wrong.append((at, f"there is no column {quoted(text)} here{did_you_mean(text, names)}"))
        near = closest(text, names)
        heading = _heading(sheet, near, at) if near else None
        if heading and (heading.way, heading.is_lead, heading.is_group) not in taken:
            taken[heading.way, heading.is_lead, heading.is_group], found[n] = at, heading
    return found, wrong


def headed(sheet: Sheet) -> tuple[Column, ...]:
    """Return the columns that stand side by side on a sheet; on ``settings`` they are rows."""
    if sheet.name != "settings":
        return sheet.all_columns
    return tuple(Column(name, (name,), str, Sheet, True, "") for name in ("setting", "value", "meaning"))


def _heading(sheet: Sheet, text: str, at: Place) -> Heading | None:
    letters = folded(text)
    letters = LEAD_ALIASES.get(sheet.name, {}).get(letters, letters)
    for column in headed(sheet):
        if folded(column.name) == letters:
            is_lead = column in sheet.lead or sheet.name == "settings"
            return Heading(column.way, column.hint, at, is_lead, column in sheet.group)
    if sheet.name == "settings" or not sheet.columns:
        return None
    if sheet.group and text.casefold().startswith("scale ") and (way := way_to(text[6:], Scale)):
        return Heading(way, hint_at(Scale, way), at, is_group=True)
    way = way_to(text, sheet.model)
    known = {column.way[0] for column in sheet.columns}
    if not way or way[0] not in known:
        return None
    return Heading(
        way, hint_at(sheet.model, way), at, is_key=shapes.is_mapping(hint_at(sheet.model, way[:-1]))
    )


def lost(sheet: Sheet, found: Mapping[int, Heading], cells: Mapping[int, Any]) -> list[Column]:
    """Return the columns that are needed or hold numbers and have no heading, if one heading is none."""
    known = {heading.way for heading in found.values()}
    if all(n in found or _is_note(cell) for n, cell in cells.items()):
        return []
    return [
        column
        for column in sheet.columns
        if column.way not in known and (column.needed or float in shapes.values(column.hint))
    ]


def _is_note(cell: Any) -> bool:
    return folded(str(cell)).startswith(NOTES)
