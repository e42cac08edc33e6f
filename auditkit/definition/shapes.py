"""What the model's attributes hold, told from their types: forms of a definition are driven by it."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

# One value, a list of texts, a list of records, texts by name, lists of texts by name, a record, and records
# or lists by name.
Shape = Literal["value", "texts", "records", "pairs", "many", "record", "deep"]


@cache
def attributes(model: type) -> dict[str, Any]:
    """Return the attributes of a dataclass with their types, in order."""
    hints = get_type_hints(model)
    return {field.name: hints[field.name] for field in dataclasses.fields(model)}


def needed(model: type, name: str) -> bool:
    """Tell whether an attribute of a dataclass can't be left out."""
    (field,) = (field for field in dataclasses.fields(model) if field.name == name)
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def shape(hint: Any) -> Shape:
    """Return what a type holds."""
    if record(hint) is not None:
        return "record"
    if get_origin(hint) is tuple:
        return "records" if dataclasses.is_dataclass(get_args(hint)[0]) else "texts"
    if is_mapping(hint):
        inner = get_args(hint)[1]
        if get_origin(inner) is tuple and not dataclasses.is_dataclass(get_args(inner)[0]):
            return "many"
        return "pairs" if shape(inner) == "value" else "deep"
    return "value"


def record(hint: Any) -> type | None:
    """Return the dataclass that a type is, or may be; None if it is something else."""
    arms = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return next((arm for arm in arms if dataclasses.is_dataclass(arm) and isinstance(arm, type)), None)


def is_mapping(hint: Any) -> bool:
    """Tell whether a type holds things by name."""
    origin = get_origin(hint)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def item(hint: Any) -> Any:
    """Return the type of what a list or mapping holds."""
    return get_args(hint)[1 if is_mapping(hint) else 0]


def values(hint: Any) -> frozenset[Any]:
    """Return the plain types that a value may have, None apart."""
    arms = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    return frozenset(arm for arm in arms if arm is not type(None))


def options(hint: Any) -> tuple[str, ...]:
    """Return the words that a value, or each of a list, must be one of; none if it is free."""
    arms = {arm for each in values(hint) for arm in ({each} | set(get_args(each)[:1]))}
    words = next((get_args(arm) for arm in (hint, *arms) if get_origin(arm) is Literal), ())
    return tuple(str(word) for word in words)


def inner(hint: Any, step: str | int) -> Any:
    """Return the type that ``hint`` has at ``step``, None if it has no such thing."""
    if get_origin(hint) in (Union, types.UnionType):
        return next((found for arm in get_args(hint) if (found := inner(arm, step)) is not None), None)
    if isinstance(step, int):
        return get_args(hint)[0] if get_origin(hint) is tuple else None
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return attributes(hint).get(step)
    arguments = get_args(hint)
    origin = get_origin(hint)
    return arguments[1] if isinstance(origin, type) and issubclass(origin, Mapping) else None


def type_at(model: Any, path: Iterable[str | int]) -> Any:
    """Return the type at the end of a path through ``model``."""
    for step in path:
        model = inner(model, step)
    return model


def settings(hint: Any) -> list[str]:
    """Return the names of the settings of a dataclass, or of the one in a union; none of anything else."""
    models = (arm for arm in (hint, *get_args(hint)) if dataclasses.is_dataclass(arm))
    return [each.name for model in models for each in dataclasses.fields(model)]
