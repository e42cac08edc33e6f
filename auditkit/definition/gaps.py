"""What couldn't be read of a definition, filled in for the time being, so that the rest can be checked.

Nobody knows what belongs into a gap. So it is filled in several ways, none of them likely, and what is wrong
with the definition is only what is wrong with it whichever way that is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.source import Path, at, holds
from auditkit.definition.wording import UNREAD


@dataclass(frozen=True)
class Guess:
    """One way to fill gaps: with a name, and with something far up (1), far down (-1) or neither (0).

    Neither leaves out what can be left out.
    """

    name: str = UNREAD
    direction: int = 0


GUESSES = (Guess(), Guess(direction=1), Guess(direction=-1))
FAR = 1e9
DATES = {1: dt.date.max, 0: dt.date(2000, 1, 1), -1: dt.date(1900, 1, 1)}


def gaps(data: Any, paths: Iterable[Path], model: type) -> frozenset[Path]:
    """Return where something has to be filled in: ``paths`` as far as they lead, each only once.

    A path that leads out of a list or a setting that isn't there makes a gap of the whole of that; one that
    ``model`` doesn't know makes none.
    """
    found: set[Path] = set()
    for path in paths:
        while len(path) > 1 and not _is_record(at(data, path[:-1]), path[-1]):
            path = path[:-1]
        if path and shapes.type_at(model, path) is not None:
            found.add(path)
    return frozenset(path for path in found if not any(path[:n] in found for n in range(len(path))))


def is_in(path: Path, where: Collection[Path]) -> bool:
    """Tell whether a path is one of some, or leads into one."""
    return any(path[:n] in where for n in range(len(path) + 1))


def filled(data: Any, where: frozenset[Path], model: type, guess: Guess) -> Any:
    """Return data whose gaps are filled as a guess says.

    Args:
        data: What was read; it stays as it is.
        where: The gaps.
        model: What the data should be.
        guess: The way to fill them.
    """
    data = deepcopy(data)
    for path in where:
        around: Any = at(data, path[:-1])
        owner, last = shapes.record(shapes.type_at(model, path[:-1])), path[-1]
        if guess.direction == 0 and owner is not None and not shapes.needed(owner, str(last)):
            around.pop(last, None)
        else:
            around[last] = _filling(shapes.type_at(model, path), guess)
    return data


def _is_record(around: Any, step: str | int) -> bool:
    """Tell whether something can be put at one step: into settings, or in place of an item of a list."""
    return isinstance(around, dict) or holds(around, step)


def _filling(hint: Any, guess: Guess) -> Any:
    """Return something of a type, as plain data: no more than it needs."""
    record = shapes.record(hint)
    if record is not None:
        return {
            name: _filling(each, guess)
            for name, each in shapes.attributes(record).items()
            if shapes.needed(record, name)
        }
    kind = shapes.shape(hint)
    if kind in ("records", "texts"):
        return [_filling(shapes.item(hint), guess)]
    return _value(hint, guess) if kind == "value" else {}


def _value(hint: Any, guess: Guess) -> Any:
    options, types = shapes.options(hint), shapes.values(hint)
    if options:
        return options[guess.direction % len(options)]
    if bool in types:
        return guess.direction > 0
    if types & {float, int}:
        return guess.direction * FAR
    return DATES[guess.direction] if dt.date in types else guess.name
