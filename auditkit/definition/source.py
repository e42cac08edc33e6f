"""What was written in a file, as text with places, before it is understood.

Every authoring form (YAML, a spreadsheet) is read into a :class:`Source`. What comes after knows nothing of
files: it works on the data and says *where* as a path of names and positions
(``("sections", 0, "title")``), which :class:`Places` turns into the spot a person can go to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from auditkit.errors import Problem

Path: TypeAlias = "tuple[str | int, ...]"
# All text is as typed; what it means is for the model to say. None is a setting that was left blank.
Raw: TypeAlias = "str | list[Raw] | dict[str, Raw] | None"


@dataclass(frozen=True)
class Issue:
    """Something wrong at a path. ``other`` is a second path that the message is about.

    ``at_name`` points to the name of the setting rather than to its value.
    """

    path: Path
    message: str
    at_name: bool = False
    other: Path | None = None


@dataclass(frozen=True)
class Places:
    """Where everything in a file stands, in the order of the file.

    ``values`` holds the place of each value (``line 12, column 5``), ``names`` that of the name before it.
    """

    file: str = ""
    values: Mapping[Path, str] = field(default_factory=dict)
    names: Mapping[Path, str] = field(default_factory=dict)

    def at(self, path: Path) -> str:
        """Return the place of the value at ``path``, or of the nearest thing around it."""
        return self.values.get(self._known(path), "")

    def name_at(self, path: Path) -> str:
        """Return the place of the name of the setting at ``path``, failing that of its value."""
        return self.names.get(path) or self.at(path)

    def problems(self, issues: Iterable[Issue]) -> list[Problem]:
        """Return the issues as problems with places, each once, in the order of the file."""
        ordered = sorted(issues, key=lambda issue: self._order.get(self.at(issue.path), -1))
        return list(dict.fromkeys(self._problem(issue) for issue in ordered))

    def _problem(self, issue: Issue) -> Problem:
        place = self.name_at(issue.path) if issue.at_name else self.at(issue.path)
        other = self.at(issue.other) if issue.other is not None else ""
        return Problem(
            self.file, place, f"{issue.message} (the other is at {other})" if other else issue.message
        )

    def _known(self, path: Path) -> Path:
        while path and path not in self.values:
            path = path[:-1]
        return path

    @cached_property
    def _order(self) -> dict[str, int]:
        return {place: n for n, place in enumerate(dict.fromkeys(self.values.values()))}


@dataclass(frozen=True)
class Words:
    """How a form says that a setting is left blank, or that there is no place for it at all."""

    blank: str = "'{name}' has nothing after it, and it is needed"
    missing: str = "'{name}' is missing here: add a line '{name}: …'"


@dataclass(frozen=True)
class Source:
    """A file's data with its places.

    ``issues`` are those found while reading it. ``hints`` say why a setting may have been left blank
    without its author noticing. ``unsure`` are paths at which not all that was written could be read,
    ``open`` those at which something may have been written that wasn't found; the issues say so already.
    """

    data: dict[str, Raw]
    places: Places
    issues: tuple[Issue, ...] = ()
    hints: Mapping[Path, str] = field(default_factory=dict)
    words: Words = Words()
    unsure: tuple[Path, ...] = ()
    open: tuple[Path, ...] = ()


def holds(data: Raw, step: str | int) -> bool:
    """Tell whether there is something at one step of a path."""
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def at(data: Raw, path: Path) -> Raw:
    """Return what stands at ``path``, None if nothing does."""
    for step in path:
        if not holds(data, step):
            return None
        data = data[step]  # type: ignore[index]
    return data
