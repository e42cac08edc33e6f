"""A percentage. The cell holds a fraction (0.85 shows as 85%); limits in a definition are percentages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import number, trimmed

OPTIONS: frozenset[str] = frozenset({"minimum", "maximum"})
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_percent"
WIDTH = 10.0
HINT = "as a percentage"


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return nothing: a percentage is typed freely."""
    return ()


def limits(field: Field, audit: Audit) -> str:
    """Return the allowed range as a sentence's end."""
    low, high = _bounds(field)
    return f"a percentage from {trimmed(low)}% to {trimmed(high)}%"


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a validation for fractions in the field's range."""
    low, high = _bounds(field)
    return {"validate": "decimal", "criteria": "between", "minimum": low / 100, "maximum": high / 100}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the fraction; ``85`` and ``85%`` are read as 0.85, with a note."""
    as_typed = isinstance(typed, str)
    signed = as_typed and str(typed).strip().endswith("%")
    value = number(str(typed).strip().removesuffix("%")) if signed else number(typed)
    if value is None:
        return Parsed(None, "not-a-number")
    low, high = (limit / 100 for limit in _bounds(field))
    whole = signed or value > 1
    fraction = value / 100 if whole else value
    if not low <= fraction <= high:
        return Parsed(None, "out-of-range")
    return Parsed(fraction, "percent-read" if whole or as_typed else "")


def _bounds(field: Field) -> tuple[float, float]:
    low = field.minimum if isinstance(field.minimum, (int, float)) else 0.0
    high = field.maximum if isinstance(field.maximum, (int, float)) else 100.0
    return float(low), float(high)
