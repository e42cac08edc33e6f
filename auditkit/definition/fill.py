"""A :class:`~auditkit.definition.source.Source` into a frozen dataclass, or every reason why not.

pydantic decides what fits; :mod:`auditkit.definition.misfits` says in plain words what doesn't.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError

from auditkit.definition.misfits import misfits
from auditkit.definition.shapes import inner, settings
from auditkit.definition.source import Issue, Path, Raw, Source, at
from auditkit.definition.wording import closest
from auditkit.errors import ProblemsError

T = TypeVar("T")


def fill(source: Source, model: type[T], known: Sequence[Issue] = ()) -> T:
    """Return the data of ``source`` as an instance of ``model``.

    Args:
        source: What was written.
        model: A frozen dataclass of texts, numbers, dates, and dataclasses, tuples and mappings of these.
        known: Issues found already, reported with the rest; they say all there is to say about their paths.

    Raises:
        ProblemsError: With everything that is wrong, in the order of the file.
    """
    filled, found = fit(source, model, known)
    issues = [*source.issues, *found]
    if filled is None or issues:
        raise ProblemsError(source.places.problems(issues))
    return filled


def fit(source: Source, model: type[T], known: Sequence[Issue] = ()) -> tuple[T | None, list[Issue]]:
    """Return the data of ``source`` as an instance of ``model``, or None; and what is wrong with it.

    A setting that was left blank counts as not there. Where the model has a list of texts, a single text
    will do.

    Args:
        source: What was written. What its own issues say of things that aren't there isn't said again.
        model: A frozen dataclass.
        known: Issues found already, returned with the rest; they say all there is to say about their paths.
    """
    known = [*known, *_blank_items(source.data, ())]
    try:
        return validated(listed(source, model), model), known
    except ValidationError as error:
        said = {issue.path for issue in known} | set(source.open)
        said |= {issue.path for issue in source.issues if at(source.data, issue.path) is None}
        return None, known + [issue for issue in misfits(error, source, model) if issue.path not in said]


def listed(source: Source, model: type) -> Any:
    """Return the data of ``source`` without blanks, and with lists where ``model`` has lists of texts."""
    return _listed(_without_blanks(source.data), model)


def validated(data: Any, model: type[T]) -> T:
    """Return plain data as an instance of ``model``; pydantic's ValidationError says why it can't be one."""
    (found,) = _adapter(model).validate_python([data])  # type: ignore[arg-type]
    return found  # type: ignore[no-any-return]


@cache
def _adapter(model: type) -> TypeAdapter[Any]:
    # A list of the model is how pydantic's own settings reach plain dataclasses at every depth.
    return TypeAdapter(list[model], config=ConfigDict(extra="forbid", allow_inf_nan=False))  # type: ignore[valid-type]


def as_meant(source: Source, model: Any) -> Source:
    """Return a source with every setting under the name that was probably meant, to see what else is wrong.

    Args:
        source: What was written.
        model: The dataclass that it should fill.

    Returns:
        The same source; settings that ``model`` hasn't and that no other name is near to are left out.
    """
    data = _as_meant(source.data, model)
    assert isinstance(data, dict)
    return dataclasses.replace(source, data=data)


def _as_meant(raw: Raw, hint: Any) -> Raw:
    if isinstance(raw, list):
        return [_as_meant(item, inner(hint, n)) for n, item in enumerate(raw)]
    if not isinstance(raw, dict):
        return raw
    names = settings(hint)
    found: dict[str, Raw] = {}
    for key, value in raw.items():
        name = closest(key, names) if names and key not in names else key
        if name is not None and (name == key or name not in raw):
            found[name] = _as_meant(value, inner(hint, name))
    return found


def _without_blanks(raw: Raw) -> Any:
    """Return ``raw`` without the settings that were left blank."""
    if isinstance(raw, dict):
        return {key: _without_blanks(value) for key, value in raw.items() if value is not None}
    return [_without_blanks(item) for item in raw] if isinstance(raw, list) else raw


def _blank_items(raw: Raw, path: Path) -> Iterator[Issue]:
    """Yield an issue for each item of a list that was left blank."""
    if raw is None and path and isinstance(path[-1], int):
        yield Issue(path, "there is nothing in this item of the list: fill it in or delete it")
    inside = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for step, value in inside:
        yield from _blank_items(value, (*path, step))


def _listed(data: Any, hint: Any) -> Any:
    """Return ``data`` with each single text that stands where ``hint`` has a list of texts made a list."""
    if isinstance(data, dict):
        return {key: _listed(value, inner(hint, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_listed(item, inner(hint, n)) for n, item in enumerate(data)]
    return [data] if get_origin(hint) is tuple and get_args(hint)[0] is str else data
