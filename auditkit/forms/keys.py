"""Keys to ratings, in a line or in a cell each: "Red = not in place, Amber = …", "1 – Inadequate; 2 – …"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditkit.forms.words import Words, plain
from auditkit.forms.workbook import Cell, Place, Sheet

# What stands between a point and its meaning, and between points.
SEPARATORS = (r"=", r"\s[-–—]\s", r":")
BETWEEN = re.compile(r"([;,|\n])")
LONGEST_LABEL = 40


@dataclass(frozen=True)
class Key:
    """What the points of a scale mean, by their labels, and the cells that say so."""

    points: Mapping[str, str]
    cells: frozenset[Place]

    def fits(self, labels: Collection[str]) -> bool:
        """Tell whether it is about points with these labels."""
        return {label.casefold() for label in self.points} <= {label.casefold() for label in labels}


def keys(sheets: Iterable[Sheet], inside: Mapping[str, Collection[int]], words: Words) -> list[Key]:
    """Return the keys that stand outside of the tables of a form.

    Args:
        sheets: The form.
        inside: The rows of each sheet that belong to tables.
        words: The words of points: in a key they are its labels, or what its numbers mean.
    """
    found = []
    for sheet in sheets:
        single: dict[Cell, dict[str, str]] = {}
        for cell, text in sorted(sheet.texts.items()):
            points = {} if cell[0] in inside.get(sheet.name, ()) else _points(text, words)
            if len(points) > 1:
                found.append(Key(points, frozenset({Place(sheet.name, *cell)})))
            elif points:
                single[cell] = points
        together = {label: meaning for points in single.values() for label, meaning in points.items()}
        if len(together) > 1:
            found.append(Key(together, frozenset(Place(sheet.name, *cell) for cell in single)))
    return found


def _points(text: str, words: Words) -> dict[str, str]:
    """Return the points that a text explains, by label; none if it isn't all about points."""
    for separator in SEPARATORS:
        found = dict(_split(text, separator))
        if found and all(
            words.point(label) or (label.isdigit() and words.point(meaning))
            for label, meaning in found.items()
        ):
            return found
    return {}


def _split(text: str, separator: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text as label and meaning; what has no label belongs to the part before it."""
    parts: list[str] = []
    for n, piece in enumerate(BETWEEN.split(text)):
        if n % 2 == 0 and _label(piece, separator):
            parts.append(piece)
        elif parts:
            parts[-1] += piece
    for part in parts:
        found = re.search(separator, part)
        assert found is not None
        meaning = " ".join(part[found.end() :].split()).strip(" ;,|")
        yield _label(part, separator), meaning


def _label(piece: str, separator: str) -> str:
    """Return the label with which a part of a key begins, nothing if it begins with none."""
    found = re.search(separator, piece)
    # "Key: Red = …": what introduces the key is no part of its first label.
    label = " ".join(piece[: found.start()].rpartition(":")[2].split()) if found else ""
    return label if plain(label) and len(label) <= LONGEST_LABEL else ""
