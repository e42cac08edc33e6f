"""A form's file into sheets of texts, with what is merged and what can be chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from auditkit.errors import AuditkitError
from auditkit.fields.plain import as_text
from auditkit.files import size_of
from auditkit.forms import structure
from auditkit.forms.structure import Area, Offer
from auditkit.guard import office
from auditkit.guard.archive import stored
from auditkit.guard.limits import MEGABYTE, Limits, too_large
from auditkit.guard.unreadable import UnreadableError
from auditkit.register.columns import letter

ENDINGS = (".xlsx", ".xlsm")
# Far beyond any form, and read in a moment.
LIMITS = Limits(file_bytes=20 * MEGABYTE, workbook_bytes=64 * MEGABYTE, cells=500_000)
REASONS = {
    "file-too-large": "it is too large: {size}, and the limit is {limit}. Delete the rows and columns beside "
    "and below the questions, pictures too",
    "file-unsafe": "it isn't safe to open: {reason}. Open it in Excel and save it again",
    "file-damaged": "it is damaged: {reason}. Open it in Excel and save it again",
}
# An inline list: a text in quotation marks, its items divided by commas.
INLINE = re.compile(r'"(.*)"', re.DOTALL)
RANGE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!]+)!)?(?P<area>\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?)"
)
# A list is read as far as this, down and across.
MOST_CHOICES = 100
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|_x[0-9A-Fa-f]{4}_")

Cell = tuple[int, int]


@dataclass(frozen=True)
class Place:
    """A cell of a form."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell as Excel names it, ``B4``."""
        return f"{letter(self.column)}{self.row + 1}"

    def __str__(self) -> str:
        return f"sheet {self.sheet}, cell {self.cell}"


@dataclass(frozen=True)
class Dropdown:
    """What some cells offer to choose from; ``source`` are the cells that the list stands in."""

    areas: tuple[Area, ...]
    choices: tuple[str, ...]
    source: frozenset[Place]


@dataclass(frozen=True)
class Sheet:
    """A sheet of a form; ``texts`` has every cell that isn't blank, ``merged`` the cells that are one."""

    name: str
    texts: Mapping[Cell, str]
    merged: Mapping[Cell, Area] = field(default_factory=dict)
    dropdowns: tuple[Dropdown, ...] = ()

    @cached_property
    def anchors(self) -> dict[Cell, Cell]:
        """For every cell inside a merged area, the cell that holds its text."""
        return {
            (row, column): anchor
            for anchor, (top, left, bottom, right) in self.merged.items()
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    @cached_property
    def by_row(self) -> dict[int, list[int]]:
        """The columns that hold a text of their own, by row."""
        found: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            found.setdefault(row, []).append(column)
        return found

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return max((row for row, _ in self.texts), default=-1) + 1

    @cached_property
    def columns(self) -> int:
        """How many columns there are."""
        return max((column for _, column in self.texts), default=-1) + 1

    def anchor(self, row: int, column: int) -> Cell:
        """Return the cell that holds what a cell shows."""
        return self.anchors.get((row, column), (row, column))

    def shown(self, row: int, column: int) -> str:
        """Return what a cell shows, also where it is merged with one above or before it."""
        return self.texts.get(self.anchor(row, column), "")

    def width(self, row: int, column: int) -> int:
        """Return over how many columns a cell is merged."""
        _, left, _, right = self.merged.get((row, column), (row, column, row, column))
        return right - left + 1

    def choices(self, row: int, column: int) -> Dropdown | None:
        """Return what a cell offers to choose from."""
        for dropdown in self.dropdowns:
            for top, left, bottom, right in dropdown.areas:
                if top <= row <= bottom and left <= column <= right:
                    return dropdown
        return None


def read(path: Path) -> tuple[Sheet, ...]:
    """Read a form.

    Args:
        path: An Excel workbook; it comes from outside and passes the guard first.

    Raises:
        AuditkitError: It can't be read, with the reason and what to do.
    """
    if path.suffix.casefold() not in ENDINGS:
        if path.name == "-" or path.is_fifo():
            raise AuditkitError("A form can't be piped in: save it as a workbook (.xlsx) and name that.")
        raise AuditkitError(f"{path.name} isn't an Excel workbook (.xlsx): open it and save it as one first.")
    try:
        if size_of(path) > LIMITS.file_bytes:
            raise AuditkitError(f"{path.name} is larger than any form: check that it is the right file.")
        content = path.read_bytes()
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    try:
        return tuple(_sheets(office.measured(content, LIMITS)))
    except UnreadableError as error:
        reason = REASONS.get(
            error.code, "it is no workbook, or locked with a password: open it and save it anew"
        )
        raise AuditkitError(f"{path.name} can't be read: {reason.format(**dict(error.data))}.") from error


def _sheets(parts: Mapping[str, bytes]) -> Iterator[Sheet]:
    content = stored(parts)
    grids = dict(office.grids(content, LIMITS))
    texts = {name: _texts(grid) for name, grid in grids.items()}
    places, names = structure.sheet_parts(parts), structure.names(parts)
    room = LIMITS.cells
    for name, filled in texts.items():
        offers, areas = structure.offers_and_merged(parts.get(places.get(name, ""), b""))
        merged = _cut(areas, filled)
        room -= sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in merged.values())
        if room < 0:
            raise too_large("more merged cells", f"{LIMITS.cells:,} cells")
        dropdowns = (_dropdown(name, offer, texts, names) for offer in offers)
        yield Sheet(name, filled, merged, tuple(d for d in dropdowns if d is not None))


def _texts(grid: list[list[Any]]) -> dict[Cell, str]:
    found = {}
    for row, cells in enumerate(grid):
        for column, value in enumerate(cells):
            text = CONTROLS.sub(" ", as_text(value)).strip() if value not in ("", None) else ""
            if text:
                found[row, column] = text
    return found


def _cut(areas: list[Area], filled: Mapping[Cell, str]) -> dict[Cell, Area]:
    """Return merged areas by their first cell, cut to what the sheet holds."""
    last = max((row for row, _ in filled), default=0) + 1
    widest = max((column for _, column in filled), default=0) + 1
    return {
        (top, left): (top, left, min(bottom, last), min(right, widest))
        for top, left, bottom, right in areas
        if top <= last and left <= widest
    }


def _dropdown(
    sheet: str, offer: Offer, texts: Mapping[str, Mapping[Cell, str]], names: Mapping[str, str]
) -> Dropdown | None:
    formula = names.get(offer.formula.casefold(), offer.formula).strip()
    inline = INLINE.fullmatch(formula)
    if inline:
        choices = tuple(filter(None, (item.strip() for item in inline[1].replace('""', '"').split(","))))
        return Dropdown(offer.areas, choices, frozenset())
    found = RANGE.fullmatch(formula)
    if not found:
        return None
    named = (found["sheet"] or sheet).strip("'").replace("''", "'")
    cells = texts.get(named, {})
    source = [
        (row, column)
        for top, left, bottom, right in structure.areas(found["area"])
        for row in range(top, min(bottom, top + MOST_CHOICES) + 1)
        for column in range(left, min(right, left + MOST_CHOICES) + 1)
        # Excel takes a list from one row or one column only.
        if (row, column) in cells and (top == bottom or left == right)
    ]
    choices = tuple(cells[cell] for cell in source)
    return (
        Dropdown(offer.areas, choices, frozenset(Place(named, *cell) for cell in source)) if source else None
    )
