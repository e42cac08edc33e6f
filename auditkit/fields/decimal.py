"""A number, by default not below zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields import numbers
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import trimmed

OPTIONS: frozenset[str] = frozenset({"minimum", "maximum"})
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_decimal"
WIDTH = 11.0
HINT = "as a number"

# A limit where the definition sets none: no count or measure of this field is larger.
HIGHEST = 1e9


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return nothing: a number is typed freely."""
    return ()


def limits(field: Field, audit: Audit) -> str:
    """Return the allowed range as a sentence's end."""
    return "a number" + span(field)


def span(field: Field) -> str:
    """Return ``, 0 or more`` or ``from 1 to 5`` for the field's range, as it follows "a number"."""
    low, high = bounds(field)
    return f", {trimmed(low)} or more" if high >= HIGHEST else f" from {trimmed(low)} to {trimmed(high)}"


def bounds(field: Field) -> tuple[float, float]:
    """Return the lowest and highest number that the field takes."""
    low = field.minimum if isinstance(field.minimum, (int, float)) else 0.0
    high = field.maximum if isinstance(field.maximum, (int, float)) else HIGHEST
    return float(low), float(high)


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a validation for numbers in the field's range."""
    low, high = bounds(field)
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the number if it is in range; one that was typed as text comes with a note."""
    read = numbers.read(typed, field)
    if read.value is None:
        return Parsed(None, read.code)
    if read.percent:
        return Parsed(None, "not-a-number")
    low, high = bounds(field)
    if not low <= read.value <= high:
        return Parsed(None, "out-of-range")
    return Parsed(read.value, read.code)
