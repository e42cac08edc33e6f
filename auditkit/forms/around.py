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
# A title is shorter; what is longer says something about the form.
LONGEST_TITLE = 120
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


def title(
    sheets: Sequence[Sheet], tables: Mapping[str, int], apart: Collection[Place], words: Words
) -> tuple[str, Place | None]:
    """Return the form's title and where it stands; nothing if it has none.

    It is a text of the first sheet, above any table: the first that has a word of titles in it, else the
    first that names nobody.

    Args:
        sheets: The form.
        tables: The row in which the first table of a sheet begins.
        apart: Cells that are no title: keys to ratings.
        words: The words of titles, and of who sends forms.
    """
    found: list[tuple[str, Place]] = []
    for sheet in sheets[:1]:
        for row, columns in sheet.by_row.items():
            place = Place(sheet.name, row, columns[0])
            text = " ".join(sheet.texts[row, columns[0]].split())
            is_above = row < tables.get(sheet.name, sheet.rows)
            if is_above and place not in apart and not words.is_body(text) and not words.cover_field(text):
                found.append((text, place))
    first = found[0] if found else ("", None)
    return next((one for one in found if len(one[0]) <= LONGEST_TITLE and words.is_title(one[0])), first)


def _outside(
    sheets: Iterable[Sheet], inside: Mapping[str, Collection[int]]
) -> Iterator[tuple[Sheet, Cell, str]]:
    for sheet in sheets:
        for (row, column), text in sorted(sheet.texts.items()):
            if row not in inside.get(sheet.name, ()):
                yield sheet, (row, column), text
