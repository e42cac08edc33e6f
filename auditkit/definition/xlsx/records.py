"""Cells of one row into one record, with the place of each of its settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from auditkit.definition.source import Issue, Path, Places, Raw
from auditkit.definition.xlsx import cells
from auditkit.definition.xlsx.columns import Way
from auditkit.definition.xlsx.headings import Place, Wrong

# The same mistake in as many more cells is told once.
FEW = 2


@dataclass(frozen=True)
class Entry:
    """A cell under a heading: which setting of the record it holds. ``cell`` is None if it is blank."""

    way: Way
    hint: Any
    cell: Any
    value: Place
    name: Place | None = None


@dataclass
class Gathered:
    """What is gathered while the tables are gone through: places, and what is wrong."""

    values: dict[Path, Place] = field(default_factory=dict)
    names: dict[Path, Place] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    unread: list[Issue] = field(default_factory=list)
    unsure: list[Path] = field(default_factory=list)
    open: list[Path] = field(default_factory=list)

    def record(self, base: Path, entries: Iterable[Entry]) -> dict[str, Raw]:
        """Return the settings of one record.

        Args:
            base: Where the record stands in the definition.
            entries: Its cells. Items of a list come in the order of their numbers, which may have gaps.
        """
        data: dict[str, Raw] = {}
        numbers: dict[Path, dict[int, int]] = {}
        for entry in sorted(entries, key=_number):
            raw, messages = (None, []) if entry.cell is None else cells.read(entry.cell, entry.hint)
            path = (*base, *(entry.way if raw is None else _put(data, entry.way, raw, numbers)))
            self.note(path, entry.value, entry.name)
            self.unread += [Issue(path, message) for message in messages]
            self.unsure += [path] if messages else []
        return data

    def note(self, path: Path, value: Place, name: Place | None = None) -> None:
        """Note where a setting stands, and what it is part of as far as that isn't known."""
        for n in range(1, len(path) + 1):
            self.values.setdefault(path[:n], value)
            if name is not None:
                self.names.setdefault(path[:n], name)

    def places(self, file: str) -> tuple[Places, tuple[Issue, ...]]:
        """Return the places as texts in the order of the file, and what is wrong as issues."""
        paths: dict[Path, Place] = dict(self.values)
        issues = list(self.unread)
        for n, (place, message) in enumerate(_once_each(self.wrong)):
            path: Path = ("", n)
            paths[path] = place
            issues.append(Issue(path, message))
        ordered = sorted(paths.items(), key=lambda item: item[1])
        values = {path: str(place) if place.number >= 0 else "" for path, place in ordered}
        return Places(file, values, {path: str(name) for path, name in self.names.items()}), tuple(issues)


def _once_each(wrong: Iterable[Wrong]) -> Iterator[Wrong]:
    """Yield each message once for its sheet, with how far down the sheet it is true.

    One word that is wrong may be in hundreds of cells: telling all of them would hide everything else.
    """
    together: dict[tuple[str, str], list[Place]] = {}
    for place, message in wrong:
        together.setdefault((place.sheet, message), []).append(place)
    for (_, message), places in together.items():
        *more, last = sorted(places)
        if len(more) < FEW:
            yield from ((place, message) for place in places)
        else:
            address = str(last).rpartition(" ")[2]
            end = "" if message.endswith("?") else "."
            yield more[0], f"{message}{end} So in {len(more)} more cells, down to {address}"


def _number(entry: Entry) -> tuple[int, ...]:
    return tuple(step if isinstance(step, int) else 0 for step in entry.way)


def _put(data: dict[str, Raw], way: Way, raw: Raw, numbers: dict[Path, dict[int, int]]) -> Path:
    """Put a setting where its way leads; return the path by which it is found there."""
    at: Any = data
    path: Path = ()
    for n, step in enumerate(way):
        if isinstance(step, int):
            known = numbers.setdefault(path, {})
            step = known.setdefault(step, len(at))
        path = (*path, step)
        last = n == len(way) - 1
        new: Any = raw if last else [] if isinstance(way[n + 1], int) else {}
        if isinstance(at, list) and step == len(at):
            at.append(new)
        elif isinstance(at, dict) and step not in at:
            at[step] = new
        elif last and isinstance(at[step], dict) and isinstance(raw, dict):
            at[step] |= raw
        at = at[step]
    return path
