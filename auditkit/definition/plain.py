"""A definition as plain data: what an officer would write, and nothing that is so anyway.

It is what both forms of a definition are written from, and what reading them gives back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeAlias

from auditkit.definition.model import Audit

Plain: TypeAlias = "str | float | bool | dt.date | list[Plain] | dict[str, Plain]"


def plain(audit: Audit) -> dict[str, Plain]:
    """Return a definition's settings that differ from what they are when left out.

    Args:
        audit: The definition.

    Returns:
        Its settings by name, in the order of the model. A section's column that is one of the audit's own is
        its id.
    """
    data = _record(audit)
    shared = {field.id: field for field in reversed(audit.responses)}
    for section, written in zip(audit.sections, data.get("sections", ()), strict=False):  # type: ignore[arg-type]
        if section.responses:
            written["responses"] = [  # type: ignore[index,call-overload]
                field.id if shared.get(field.id) == field else _record(field) for field in section.responses
            ]
    return data


def _record(record: Any) -> dict[str, Plain]:
    found: dict[str, Plain] = {}
    same: dict[str, Plain] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        usual = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
        if value is not None and (required or value != usual):
            found[field.name] = _plain(value)
        elif value not in (None, "", ()):
            same[field.name] = _plain(value)
    # Of a record that is there, though everything in it is as usual, one setting says so.
    return found or dict(list(same.items())[:1])


def _there(record: Any) -> dict[str, Plain]:
    """Return one setting of a record that says nothing of its own, so that the record is there at all."""
    first = dataclasses.fields(record)[0].name
    return {first: _plain(getattr(record, first))}


def _plain(value: Any) -> Plain:
    if dataclasses.is_dataclass(value):
        return _record(value) or _there(value)
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value  # type: ignore[no-any-return]
