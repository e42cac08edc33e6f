"""What stands around a form's tables: its title, boxes on who fills it in, and what ratings mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditkit.definition.checks.fields import KIND_OF_ROLE
from auditkit.definition.model import Field
from auditkit.definition.scale import Scale
from auditkit.forms.ledger import Ledger
from auditkit.forms.sheets import Table
from auditkit.forms.words import Words
from auditkit.forms.workbook import Cell, Place, Sheet

# A meaning is a sentence; what is shorter says something else.
LEAST_MEANING = 12
KNOWN = "known"
NEEDED = ("author", "signoff_name")


def rows_of(tables: Sequence[Table]) -> dict[str, set[int]]:
    """Return the rows of each sheet that belong to tables of questions."""
    found: dict[str, set[int]] = {}
    for table in tables:
        found.setdefault(table.sheet.name, set()).update(range(table.head.first, table.end))
    return found


def cover(
    sheets: Iterable[Sheet], inside: Mapping[str, Collection[int]], words: Words, ledger: Ledger
) -> tuple[Field, ...]:
    """Return the fields of the cover that a form has boxes for.

    Args:
        sheets: The form.
        inside: The rows of each sheet that belong to tables of questions.
        words: The words of boxes. What the register tells needs no field.
        ledger: Takes the cells that name them.
    """
    found: dict[str, Field | None] = {}
    for sheet, cell, text in _outside(sheets, inside):
        role = words.cover_field(text)
        if not role or role in found:
            continue
        ledger.place(sheet, [cell])
        label = " ".join(text.split()).rstrip(" :")
        kind = KIND_OF_ROLE.get(role) or ("person" if role in NEEDED else "text")
        field = Field(role, label, kind, role, required=role in NEEDED)
        found[role] = None if role == KNOWN else field
    return tuple(field for field in found.values() if field)


def with_meanings(
    scale: Scale, sheets: Iterable[Sheet], inside: Mapping[str, Collection[int]], ledger: Ledger
) -> Scale:
    """Return a scale with what the form says its points mean, beside their labels.

    Args:
        scale: The scale.
        sheets: The form.
        inside: The rows of each sheet that belong to tables of questions.
        ledger: Takes the cells that say so.
    """
    labels = {point.label.casefold(): n for n, point in enumerate(scale.points)}
    points = list(scale.points)
    for sheet, (row, column), text in _outside(sheets, inside):
        n = labels.get(" ".join(text.split()).rstrip(" :").casefold())
        right = next((each for each in sheet.by_row[row] if each > column), None)
        if n is None or right is None or points[n].meaning:
            continue
        meaning = " ".join(sheet.texts[row, right].split())
        if len(meaning) >= LEAST_MEANING:
            points[n] = replace(points[n], meaning=meaning)
            ledger.place(sheet, [(row, column), (row, right)])
    return replace(scale, points=tuple(points))


def title(sheets: Sequence[Sheet], tables: Mapping[str, int]) -> tuple[str, Place | None]:
    """Return the form's title and where it stands: the first text of the first sheet, above any table.

    Args:
        sheets: The form.
        tables: The row in which the first table of a sheet begins.
    """
    for sheet in sheets[:1]:
        for row, columns in sheet.by_row.items():
            if row >= tables.get(sheet.name, sheet.rows):
                break
            cell: Cell = (row, columns[0])
            return " ".join(sheet.texts[cell].split()), Place(sheet.name, *cell)
    return "", None


def _outside(
    sheets: Iterable[Sheet], inside: Mapping[str, Collection[int]]
) -> Iterator[tuple[Sheet, Cell, str]]:
    for sheet in sheets:
        for (row, column), text in sorted(sheet.texts.items()):
            if row not in inside.get(sheet.name, ()):
                yield sheet, (row, column), text
