"""A time of day, kept as ``14:30``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields.kind import Parsed, Typed

OPTIONS: frozenset[str] = frozenset()
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_time"
WIDTH = 9.0
HINT = "as hour:minute"

# By the clock of 24 hours (with a full stop or nothing between only if all four digits are there), and by
# that of 12. "2.30" alone could be either.
OF_24 = re.compile(
    r"(?:(?P<h>[01]?[0-9]|2[0-3]):|(?P<hh>[01][0-9]|2[0-3])[.]?)(?P<m>[0-5][0-9])(?::[0-5][0-9])?"
)
OF_12 = re.compile(r"(?P<h>0?[1-9]|1[0-2])(?:[.:]?(?P<m>[0-5][0-9]))?\s*(?P<half>[ap])\.?m\.?", re.IGNORECASE)
HOURS = re.compile(r"\s*(?:hours|hrs|hr|h)\.?$", re.IGNORECASE)
MINUTES_A_DAY = 24 * 60
# Bare numbers count days from 1900 or 1904.
EPOCH_YEARS = 1904


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return nothing: a time is typed freely."""
    return ()


def limits(field: Field, audit: Audit) -> str:
    """Return how it is typed as a sentence's end."""
    return "a time as hour:minute, such as 14:30"


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a validation for times of a day."""
    return {"validate": "time", "criteria": "between", "minimum": dt.time(), "maximum": dt.time(23, 59, 59)}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the time as hour:minute of the clock of 24 hours."""
    # A cell for times shows 2.3, typed for half past two, as 7:12 on a day of 1900.
    if isinstance(typed, dt.datetime) and typed.time() != dt.time() and typed.year > EPOCH_YEARS:
        return Parsed(f"{typed:%H:%M}")
    if isinstance(typed, dt.time):
        return Parsed(f"{typed:%H:%M}")
    if isinstance(typed, dt.timedelta):
        return _minutes(typed / dt.timedelta(minutes=1))
    if isinstance(typed, float):
        return _minutes(typed * MINUTES_A_DAY)
    return _read(typed) if isinstance(typed, str) else Parsed(None, "not-a-time")


def _minutes(since_midnight: float) -> Parsed:
    if not 0 <= since_midnight < MINUTES_A_DAY:
        return Parsed(None, "not-a-time")
    hour, minute = divmod(min(round(since_midnight), MINUTES_A_DAY - 1), 60)
    return Parsed(f"{hour:02}:{minute:02}")


def _read(text: str) -> Parsed:
    text = text.strip()
    match = OF_24.fullmatch(HOURS.sub("", text))
    if match:
        return Parsed(f"{int(match['h'] or match['hh']):02}:{match['m']}")
    match = OF_12.fullmatch(text)
    if match:
        hour = int(match["h"]) % 12 + (12 if match["half"].casefold() == "p" else 0)
        return Parsed(f"{hour:02}:{match['m'] or '00'}")
    return Parsed(None, "not-a-time")
