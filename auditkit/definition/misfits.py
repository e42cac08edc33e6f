"""Plain words for what pydantic finds wrong: what there is, what should be there, what was probably meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from auditkit.definition.shapes import settings, type_at
from auditkit.definition.source import Issue, Path, Raw, Source, at, holds
from auditkit.definition.wording import closest, did_you_mean, listed, quoted

# What pydantic calls a misfit, by how its name starts, and what should have been there instead.
EXPECTED = (
    ("float", "a number"),
    ("finite", "a number"),
    ("int", "a whole number"),
    ("bool", "yes or no"),
    ("date", "a date written as year-month-day, such as 2026-09-01"),
    ("string", "text"),
    ("tuple", "a list"),
    ("mapping", "settings, one a line, each as 'name: value'"),
    ("dict", "settings, one a line, each as 'name: value'"),
    ("dataclass", "settings, one a line, each as 'name: value'"),
)


def misfits(error: ValidationError, source: Source, model: Any) -> Iterator[Issue]:
    """Yield what pydantic found as issues: one for each place, with what was probably meant.

    Args:
        error: What pydantic raised, of a list with the one thing that was to be filled.
        source: What was written.
        model: The dataclass that it should have filled.
    """
    meant: set[Path] = set()
    missing: list[Path] = []
    misfits: dict[Path, list[str]] = defaultdict(list)
    for detail in error.errors(include_url=False, include_input=False):
        path: Path = detail["loc"][1:]
        if detail["type"] == "missing":
            missing.append(path)
        elif detail["type"] == "unexpected_keyword_argument":
            names = settings(type_at(model, path[:-1]))
            near = closest(str(path[-1]), names)
            taken = near is not None and at(source.data, (*path[:-1], near)) is not None
            meant |= {(*path[:-1], near)} if near is not None and not taken else set()
            yield Issue(path, _unknown(str(path[-1]), names), at_name=True)
        else:
            misfits[_real(source.data, path)].append(_expectation(detail["type"], detail.get("ctx", {})))
    for path in missing:
        if path not in meant:
            yield _missing(path, source)
    for path, expected in misfits.items():
        yield _misfit(path, expected, at(source.data, path))


def _unknown(name: str, names: list[str]) -> str:
    return f"there is no setting called {quoted(name)} here{did_you_mean(name, names)}"


def _missing(path: Path, source: Source) -> Issue:
    name = str(path[-1])
    if path in source.places.values:
        hint = source.hints.get(path, "")
        return Issue(path, source.words.blank.format(name=name) + hint, at_name=True)
    return Issue(path, source.words.missing.format(name=name))


def _misfit(path: Path, expected: list[str], value: Raw) -> Issue:
    *_, name = (step for step in path if isinstance(step, str))
    subject = quoted(name)
    if isinstance(path[-1], int):
        subject = f"item {path[-1] + 1} of {subject}"
    what = listed(dict.fromkeys(expected))
    message = f"{subject} must be {what}, not {_shown(value)}"
    options = expected[0].removeprefix("one of ").replace(" or ", ", ").split(", ")
    if expected[0].startswith("one of ") and isinstance(value, str) and (near := closest(value, options)):
        message += f"; did you mean {quoted(near)}?"
    return Issue(path, message)


def _expectation(kind: str, context: Mapping[str, Any]) -> str:
    if kind == "literal_error":
        return "one of " + str(context["expected"]).replace("'", "")
    if kind == "value_error":  # from a reader of our own, which says what it wants
        return str(context["error"])
    return next((words for start, words in EXPECTED if kind.startswith(start)), "something else")


def _shown(value: Raw) -> str:
    if isinstance(value, dict):
        return "settings of its own"
    return "a list" if isinstance(value, list) else quoted(value)


def _real(data: Raw, path: Path) -> Path:
    """Return ``path`` as far as it goes in the data; pydantic adds the arm of a union at its end."""
    return path if holds(at(data, path[:-1]), path[-1]) else path[:-1]
