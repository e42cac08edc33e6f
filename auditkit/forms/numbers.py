"""Tables of a form that ask for numbers: a row for each, with unit, time and a box."""

from __future__ import annotations

from auditkit.definition.checks.measures import LONGEST_WORDS
from auditkit.definition.measure import Measure
from auditkit.forms.heads import Head
from auditkit.forms.tables import Asked
from auditkit.forms.words import Words
from auditkit.forms.workbook import Cell

# Columns that a section of numbers has without being told.
OWN = ("unit", "period", "value", "not_collected")


def asks_for_numbers(head: Head) -> bool:
    """Tell whether a table asks for numbers, and rates nothing."""
    return head.column("value") is not None and head.column("rating") is None


def measure(head: Head, asked: Asked, words: Words) -> tuple[Measure, list[Cell]]:
    """Return what a row asks for, and the cells that say so.

    What doesn't fit is left where it is.
    """
    said: dict[str, str] = {}
    cells = []
    for (row, column), text in asked.rest.items():
        role = next((role for role in ("unit", "period") if column == head.column(role)), "")
        line = " ".join(text.split())
        if role and role not in said and len(line) <= LONGEST_WORDS:
            said[role] = line
            cells.append((row, column))
    unit = said.get("unit", "")
    kind = words.kind(unit, asked.text)
    return Measure(
        unit="" if unit and kind in ("percent", "date") else unit, kind=kind, period=said.get("period", "")
    ), cells
