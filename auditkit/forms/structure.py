"""What readers of cells don't tell of a sheet: which cells are merged, and what dropdown lists offer.

The parts are read as a stream of elements, behind the guard, and by local names: prefixes differ between
programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from auditkit.guard import office
from auditkit.guard.limits import damaged

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
# From first to last, both included and counted from 0: top, left, bottom, right.
Area = tuple[int, int, int, int]
# More lists than this no form has.
MOST = 2_000
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


@dataclass(frozen=True)
class Offer:
    """A dropdown list: the cells that have it, and where it comes from (a formula)."""

    areas: tuple[Area, ...]
    formula: str


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = office.part_of(attributes.get("Target", ""))

    found: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            found[attributes.get("name", "")] = targets.get(attributes.get("id", ""), "")

    _walk(parts.get("xl/_rels/workbook.xml.rels", b""), relation)
    _walk(parts.get("xl/workbook.xml", b""), sheet)
    return found


def names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return what each name that the workbook defines stands for, by the name in small letters."""
    found: dict[str, str] = {}
    open_name = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_name
        open_name = attributes.get("name", "").casefold() if name == "definedName" else ""

    def text(said: str) -> None:
        if open_name:
            found[open_name] = found.get(open_name, "") + said

    _walk(parts.get("xl/workbook.xml", b""), start, text)
    return found


def offers_and_merged(sheet: bytes) -> tuple[list[Offer], list[Area]]:
    """Return the dropdown lists of a sheet's part, in both ways that Excel has, and merged areas."""
    found: list[Offer] = []
    merged: list[Area] = []
    is_list = False
    said = {"formula1": "", "sqref": ""}
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_list, inside
        if name == "dataValidation":
            is_list = attributes.get("type") == "list"
            said.update(formula1="", sqref=attributes.get("sqref", ""))
        elif is_list and name in said:
            inside = name
        elif name == "mergeCell":
            merged.extend(areas(attributes.get("ref", "")))

    def text(piece: str) -> None:
        if inside:
            said[inside] += piece

    def end(name: str) -> None:
        nonlocal is_list, inside
        if name == inside:
            inside = ""
        elif name == "dataValidation" and is_list:
            is_list = False
            found.append(Offer(tuple(areas(said["sqref"])), said["formula1"].strip().lstrip("=")))

    _walk(sheet, start, text, end)
    return found[:MOST], merged


def areas(text: str) -> Iterator[Area]:
    """Yield the areas that a list of references names: ``B2:B9 D4``; those that are none are left out."""
    for part in text.split():
        corners = [_cell(corner) for corner in part.split(":")]
        if len(corners) in (1, 2) and None not in corners:
            (top, left), (bottom, right) = corners[0], corners[-1]  # type: ignore[misc]
            yield min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _cell(text: str) -> tuple[int, int] | None:
    found = CELL.fullmatch(text)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    row, column = int(found[2]) - 1, column - 1
    return (row, column) if 0 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def _walk(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None] = lambda _: None,
    end: Callable[[str], None] = lambda _: None,
) -> None:
    """Go through a part; names come without their prefixes. UnreadableError if it is broken."""
    if not data:
        return
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged("a part of it is broken") from error


def _local(name: str) -> str:
    return name.rpartition(":")[2]
