"""A date that may not be known exactly: a day, or "March 2025", "about 5 May 2025", "2024".

Its cells are formatted as text. In a cell for dates, programs would make 1 March of "March 2025".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields import date, spans
from auditkit.fields.days import british
from auditkit.fields.kind import Parsed, Typed, Value
from auditkit.fields.plain import as_text

OPTIONS: frozenset[str] = frozenset({"minimum", "maximum"})
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_text"
WIDTH = 15.0
# Nothing that a formula could check.
HINT = ""
# Limits where the definition sets none: a family's history goes back further than an audit's dates.
EARLIEST, LATEST = dt.date(1950, 1, 1), dt.date(2049, 12, 31)


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return nothing: a date is typed freely."""
    return ()


def limits(field: Field, audit: Audit) -> str:
    """Return what may be typed as a sentence's end."""
    low, high = bounds(field)
    return (
        f"a date from {british(low)} to {british(high)} as day/month/year, or as much as is known of it: "
        "March 2025, about 5 May 2025, 2024"
    )


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a validation that allows anything, so that the cell can carry its input message."""
    return {"validate": "any"}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the day; what leaves the day open stays the text that it is (see :func:`span_of`)."""
    if isinstance(typed, float) and typed in date.YEARS:
        typed = as_text(typed)
    if not isinstance(typed, str):
        return date.parse(
            typed, Field(field.id, field.label, "date", minimum=_low(field), maximum=_high(field)), audit
        )
    found = spans.read(typed, *bounds(field))
    if isinstance(found, str):
        return Parsed(None, found)
    return Parsed(found.at if found.exact else " ".join(typed.split()))


def span_of(value: Value) -> spans.Span | None:
    """Return the days that a value of this kind can mean; None if it is no such value."""
    if isinstance(value, dt.date):
        return spans.Span(value, value, value, exact=True)
    found = spans.read(value, EARLIEST, LATEST) if isinstance(value, str) else ""
    return None if isinstance(found, str) else found


def bounds(field: Field) -> tuple[dt.date, dt.date]:
    """Return the first and last date that the field takes."""
    return _low(field), _high(field)


def _low(field: Field) -> dt.date:
    return field.minimum if isinstance(field.minimum, dt.date) else EARLIEST


def _high(field: Field) -> dt.date:
    return field.maximum if isinstance(field.maximum, dt.date) else LATEST
