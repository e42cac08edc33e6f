"""What a source says now, put into a row of a register that the officer has worked in.

A cell follows the source as long as it says what the source said before. One that says anything else was
written by the officer and stays; if the source says something new there, that is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditkit.register.table import cleaned


@dataclass(frozen=True)
class Cell:
    """A cell in which the source says something new: its column, before and after."""

    column: str
    was: str
    now: str


@dataclass(frozen=True)
class Merged:
    """A row with the source put into it: its cells, what changed, and what was kept against the source."""

    cells: tuple[str, ...]
    changed: tuple[Cell, ...]
    kept: tuple[Cell, ...]


def merged(
    cells: tuple[str, ...], places: Mapping[str, int], now: Mapping[str, str], before: Mapping[str, str]
) -> Merged:
    """Put what a source says into a row, except where the officer wrote something else.

    Args:
        cells: The row as it is written.
        places: Where the columns of the source stand in it; others are left out.
        now: What the source says, by column.
        before: What it said when the row was last made from it.
    """
    changed, kept = [], []
    for column, new in now.items():
        if column not in places:
            continue
        was, then = cleaned(cells[places[column]]), before.get(column, "")
        if was in (new, cleaned(new)) or (was != then and new == then):
            continue
        if was != then:
            kept.append(Cell(column, was, new))
            continue
        cells = put(cells, places[column], new)
        changed.append(Cell(column, was, new))
    return Merged(cells, tuple(changed), tuple(kept))


def put(cells: tuple[str, ...], n: int, text: str) -> tuple[str, ...]:
    """Return the cells of a row with one of them replaced."""
    return (*cells[:n], text, *cells[n + 1 :])
