"""A percentage. The cell holds a fraction (0.85 shows as 85%); limits in a definition are percentages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields import numbers
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import trimmed

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
    """Return the fraction; ``85`` and ``85%`` are read as 0.85, with a note.

    A number in the cell is a fraction where the limits let it be one, since Excel keeps 85% as 0.85. Text
    without a percent sign that could be either (``1``: 1% or 100%?) is neither.
    """
    read = numbers.read(typed, field)
    if read.value is None:
        return Parsed(None, read.code)
    low, high = (limit / 100 for limit in _bounds(field))
    hundredth = read.value / 100
    if read.percent:
        fraction, code = hundredth, "percent-read"
    elif not isinstance(typed, str):
        is_fraction = read.value <= max(high, 1)
        fraction, code = (read.value, "") if is_fraction else (hundredth, "percent-read")
    elif 1 <= read.value <= max(high, 1):
        return Parsed(None, "percent-unclear")
    else:
        fraction, code = (read.value if read.value < 1 else hundredth), "percent-read"
    return Parsed(fraction, code) if low <= fraction <= high else Parsed(None, "out-of-range")


def _bounds(field: Field) -> tuple[float, float]:
    low = field.minimum if isinstance(field.minimum, (int, float)) else 0.0
    high = field.maximum if isinstance(field.maximum, (int, float)) else 100.0
    return float(low), float(high)
