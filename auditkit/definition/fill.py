"""A :class:`~auditkit.definition.source.Source` into a frozen dataclass, or every reason why not.

pydantic decides what fits; this module knows what was probably meant and says so in plain words.
"""

from __future__ import annotations

import dataclasses
import types
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError

from auditkit.definition import shapes
from auditkit.definition.source import Issue, Path, Raw, Source
from auditkit.definition.wording import closest, did_you_mean, listed, quoted
from auditkit.errors import ProblemsError

T = TypeVar("T")

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


def fill(source: Source, model: type[T], known: Sequence[Issue] = ()) -> T:
    """Return the data of ``source`` as an instance of ``model``.

    A setting that was left blank counts as not there. Where the model has a list of texts, a single text
    will do.

    Args:
        source: What was written.
        model: A frozen dataclass of texts, numbers, dates, and dataclasses, tuples and mappings of these.
        known: Issues found already, reported with the rest; they say all there is to say about their paths.

    Raises:
        ProblemsError: With everything that is wrong, in the order of the file.
    """
    known = [*known, *_blank_items(source.data, ())]
    issues = [*source.issues, *known]
    data = _listed(_without_blanks(source.data), model)
    # A list of the model is how pydantic's own settings reach plain dataclasses at every depth.
    adapter = TypeAdapter(list[model], config=ConfigDict(extra="forbid", allow_inf_nan=False))  # type: ignore[valid-type]
    try:
        (filled,) = adapter.validate_python([data])
    except ValidationError as error:
        said = {issue.path for issue in known}
        said |= {issue.path for issue in source.issues if _at(source.data, issue.path) is None}
        issues += [issue for issue in _issues(error, source, model) if issue.path not in said]
    if issues:
        raise ProblemsError(source.places.problems(issues))
    return filled


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
        return [_as_meant(item, _inner(hint, n)) for n, item in enumerate(raw)]
    if not isinstance(raw, dict):
        return raw
    names = _settings(hint)
    found: dict[str, Raw] = {}
    for key, value in raw.items():
        name = closest(key, names) if names and key not in names else key
        if name is not None and (name == key or name not in raw):
            found[name] = _as_meant(value, _inner(hint, name))
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
        return {key: _listed(value, _inner(hint, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_listed(item, _inner(hint, n)) for n, item in enumerate(data)]
    return [data] if get_origin(hint) is tuple and get_args(hint)[0] is str else data


def _inner(hint: Any, step: str | int) -> Any:
    """Return the type that ``hint`` has at ``step``, None if it has no such thing."""
    if get_origin(hint) in (Union, types.UnionType):
        return next((found for arm in get_args(hint) if (found := _inner(arm, step)) is not None), None)
    if isinstance(step, int):
        return get_args(hint)[0] if get_origin(hint) is tuple else None
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return shapes.attributes(hint).get(step)
    arguments = get_args(hint)
    origin = get_origin(hint)
    return arguments[1] if isinstance(origin, type) and issubclass(origin, Mapping) else None


def _type_at(model: Any, path: Path) -> Any:
    for step in path:
        model = _inner(model, step)
    return model


def _settings(hint: Any) -> list[str]:
    """Return the names of the settings of a dataclass, or of the one in a union; none of anything else."""
    models = (arm for arm in (hint, *get_args(hint)) if dataclasses.is_dataclass(arm))
    return [each.name for model in models for each in dataclasses.fields(model)]


def _issues(error: ValidationError, source: Source, model: Any) -> Iterator[Issue]:
    """Yield what pydantic found as issues: one for each place, with what was probably meant."""
    meant: set[Path] = set()
    missing: list[Path] = []
    misfits: dict[Path, list[str]] = defaultdict(list)
    for detail in error.errors(include_url=False, include_input=False):
        path: Path = detail["loc"][1:]
        if detail["type"] == "missing":
            missing.append(path)
        elif detail["type"] == "unexpected_keyword_argument":
            names = _settings(_type_at(model, path[:-1]))
            near = closest(str(path[-1]), names)
            taken = near is not None and _at(source.data, (*path[:-1], near)) is not None
            meant |= {(*path[:-1], near)} if near is not None and not taken else set()
            yield Issue(path, _unknown(str(path[-1]), names), at_name=True)
        else:
            misfits[_real(source.data, path)].append(_expectation(detail["type"], detail.get("ctx", {})))
    for path in missing:
        if path not in meant:
            yield _missing(path, source)
    for path, expected in misfits.items():
        yield _misfit(path, expected, _at(source.data, path))


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
    return path if _holds(_at(data, path[:-1]), path[-1]) else path[:-1]


def _holds(data: Raw, step: str | int) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _at(data: Raw, path: Path) -> Raw:
    """Return what stands at ``path``, None if nothing does."""
    for step in path:
        if not _holds(data, step):
            return None
        data = data[step]  # type: ignore[index]
    return data
