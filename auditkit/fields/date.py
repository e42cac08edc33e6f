"""A date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields import days
from auditkit.fields.days import british
from auditkit.fields.kind import Parsed, Typed

OPTIONS: frozenset[str] = frozenset({"minimum", "maximum"})
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_date"
WIDTH = 12.0
HINT = "as day/month/year"

__all__ = [
    "EXCEL_EPOCH",
    "FORMAT",
    "HINT",
    "OPTIONS",
    "REQUIRES",
    "WIDTH",
    "bounds",
    "british",
    "choices",
    "limits",
    "parse",
    "validation",
]

# Limits where the definition sets none: wide enough for any date an audit deals with, narrow enough
# that a slip of the keyboard (0206, 2062) shows.
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2049, 12, 31)
# Day 0 of Excel's 1900 date system, as it counts from March 1900 on.
EXCEL_EPOCH = dt.date(1899, 12, 30)
# What a year typed alone into a date cell looks like: as a serial number it would be a day of 1905.
YEARS = range(1950, 2101)


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
    if isinstance(typed, dt.datetime):
        return _within(typed.date(), field, "")
    if isinstance(typed, dt.date):
        return _within(typed, field, "")
    if isinstance(typed, str):
        read = days.read(typed, *bounds(field))
        return Parsed(None, read.code) if read.day is None else _within(read.day, field, "date-read")
    if isinstance(typed, (int, float)) and not isinstance(typed, bool) and 0 < typed < 100_000:
        if typed in YEARS:
            return Parsed(None, "not-a-day")
        return _within(EXCEL_EPOCH + dt.timedelta(days=int(typed)), field, "date-read")
    return Parsed(None, "not-a-date")


def _within(date: dt.date, field: Field, code: str) -> Parsed:
    """Return a date that the field takes, with ``code`` if it was read with latitude."""
    low, high = bounds(field)
    return Parsed(date, code) if low <= date <= high else Parsed(None, "out-of-range")


def bounds(field: Field) -> tuple[dt.date, dt.date]:
    """Return the first and last date that the field takes."""
    low = field.minimum if isinstance(field.minimum, dt.date) else EARLIEST
    high = field.maximum if isinstance(field.maximum, dt.date) else LATEST
    return low, high
