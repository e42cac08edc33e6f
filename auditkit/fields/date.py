"""A date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields.kind import Parsed, Typed

OPTIONS: frozenset[str] = frozenset({"minimum", "maximum"})
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_date"
WIDTH = 12.0
HINT = "as day/month/year"

# Limits where the definition sets none: wide enough for any date an audit deals with, narrow enough
# that a slip of the keyboard (0206, 2062) shows.
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2049, 12, 31)
# Ways of typing a date that can only mean one day in Britain: day first, or year first.
WRITTEN = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
# Day 0 of Excel's 1900 date system, as it counts from March 1900 on.
EXCEL_EPOCH = dt.date(1899, 12, 30)
# English whatever the machine's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return nothing: a date is typed freely."""
    return ()


def limits(field: Field, audit: Audit) -> str:
    """Return the allowed range as a sentence's end."""
    low, high = bounds(field)
    return f"a date from {british(low)} to {british(high)}, as day/month/year"


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a validation for dates in the field's range."""
    low, high = bounds(field)
    return {"validate": "date", "criteria": "between", "minimum": low, "maximum": high}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the date; one typed as text, or shown as a serial number, comes with a note."""
    value, certain = _date(typed)
    if value is None:
        return Parsed(None, "not-a-date")
    low, high = bounds(field)
    if not low <= value <= high:
        return Parsed(None, "out-of-range")
    return Parsed(value, "" if certain else "date-read")


def bounds(field: Field) -> tuple[dt.date, dt.date]:
    """Return the first and last date that the field takes."""
    low = field.minimum if isinstance(field.minimum, dt.date) else EARLIEST
    high = field.maximum if isinstance(field.maximum, dt.date) else LATEST
    return low, high


def british(date: dt.date) -> str:
    """Return a date as it is written in Britain: ``1 September 2026`` (no locale can change it)."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def _date(typed: Typed) -> tuple[dt.date | None, bool]:
    """Return the date in a cell and whether the cell really held a date."""
    if isinstance(typed, dt.datetime):
        return typed.date(), True
    if isinstance(typed, dt.date):
        return typed, True
    if isinstance(typed, (int, float)) and not isinstance(typed, bool):
        days = int(typed)
        return (EXCEL_EPOCH + dt.timedelta(days=days) if 0 < days < 100_000 else None), False
    if isinstance(typed, str):
        for form in WRITTEN:
            try:
                return dt.datetime.strptime(typed.strip(), form).date(), False
            except ValueError:
                continue
    return None, False
