"""Sheets as they come in: grids of typed cells, whatever file they came from, and the marks in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeGuard

from auditkit.fields import Typed
from auditkit.workbook.layout import MARKER

ContainedKind = Literal["macros", "controls", "embedded", "pictures", "links", "dde"]


@dataclass(frozen=True)
class Sheet:
    """One sheet, as a grid that begins at A1.

    ``rows[r][c]`` is the cell in row ``r`` and column ``c``, counting from 0; "" is an empty cell. An error
    cell holds its error's text (``#REF!``), a formula cell the value that was saved with it.

    What else the file says of the sheet, as far as its container tells: ``formulas`` by row and column,
    and which rows and columns, or whether the whole sheet, were hidden.
    """

    name: str
    rows: list[list[Typed]]
    formulas: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


@dataclass(frozen=True)
class Contained:
    """Something in a file besides cells, never opened or followed: its kind, and how many there are."""

    kind: ContainedKind
    count: int


@dataclass(frozen=True)
class Workbook:
    """What a file held: its sheets, hidden ones too, and when it says it was saved (UTC), if it does.

    ``epoch_1904`` tells whether its bare serial numbers count days from 1904 (old Excel for Mac).
    """

    sheets: tuple[Sheet, ...]
    saved: dt.datetime | None = None
    epoch_1904: bool = False
    contained: tuple[Contained, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A cell whose text is ``auditkit:<name>``: the corner of a table, or of the identity."""

    sheet: Sheet
    row: int
    col: int
    name: str


def marks(sheets: Iterable[Sheet]) -> tuple[Mark, ...]:
    """Return the marks in all sheets, in their order."""
    return tuple(
        Mark(sheet, r, c, cell.strip()[len(MARKER) :])
        for sheet in sheets
        for r, row in enumerate(sheet.rows)
        for c, cell in enumerate(row)
        if cell and type(cell) is str and MARKER in cell and cell.strip().startswith(MARKER)
    )


def filled(cell: Typed | None) -> TypeGuard[Typed]:
    """Tell whether a cell holds something that a person could see: not nothing, not only spaces."""
    return cell is not None and not (isinstance(cell, str) and (not cell or cell.isspace()))


def cell_name(row: int, col: int) -> str:
    """Return the address of a cell as spreadsheets show it: ``B3`` for row 2 and column 1."""
    return f"{_letters(col)}{row + 1}"


@lru_cache(maxsize=1024)
def _letters(col: int) -> str:
    letters, n = "", col + 1
    while n:
        n, letter = divmod(n - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
