"""Dates as people type them in Britain: read where only one day can be meant, else told why not.

Every form is listed here and matched whole. A lenient parser would make some day of nearly anything.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass


def forms(*patterns: str) -> tuple[re.Pattern[str], ...]:
    """Return the ways in which something may be written, each to be matched whole, in any case."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


# English whatever the machine's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH_NUMBER = {
    **{name.casefold(): n for n, name in enumerate(MONTHS, start=1)},
    **{name[:3].casefold(): n for n, name in enumerate(MONTHS, start=1)},
    "sept": 9,
}
# As a part of patterns: the longest first, so that none keeps a longer one from being found.
MONTH_NAMES = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
# Longer texts name no day, and needn't be looked at.
LONGEST = 60
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_WEEKDAY = (
    r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?,?\s+)?(?:the\s+)?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"['’]?(?P<year>[0-9]{4}|[0-9]{2})"
_SEP = r"(?:\s*[,/.-]\s*|\s+(?:of\s+)?)"
_TIME = r"(?:[t ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?z?)?"
# Day first, as Britain writes; year first, as computers do; and the month in words, in any order.
FORMS = forms(
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})\s*(?P<sep>[/.\-\s])\s*(?P<month>[0-9]{{1,2}})\s*(?P=sep)\s*{_YEAR}{_TIME}",
    rf"(?P<year>[0-9]{{4}})(?P<sep>[/.-])(?P<month>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}}){_TIME}",
    rf"{_WEEKDAY}{_DAY}{_SEP}{_MONTH}{_SEP}{_YEAR}",
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
)
# A month, a season, a term or a year: when, but not which day.
VAGUE = re.compile(
    r"(?:(?:by|in|during|before|after|end|start|mid|early|late|beginning|middle|of|the|next|this)[\s-]+)*"
    rf"(?:(?:{MONTH_NAMES})\.?|spring|summer|autumn|winter|q[1-4]|"
    r"(?:year|term|month|week|half)|(?P<only>[0-9]{4}))"
    r"(?:\s+(?:term|half))?[\s,'’/-]*(?:[0-9]{4}|[0-9]{2})?(?:\s*[-/]\s*[0-9]{2,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Read:
    """What a text that should be a date was found to be: a day, or ``code`` for why it is none."""

    day: dt.date | None
    code: str = ""


def read(text: str, low: dt.date, high: dt.date) -> Read:
    """Return the day that a text names.

    Args:
        text: What was typed.
        low: The first day that the field takes.
        high: The last day; with ``low`` it decides the century of a year of two digits.

    Returns:
        The day if only one can be meant; it may lie outside the limits if its year was written in full.
    """
    text = " ".join(text.split()).strip(" .") if len(text) <= LONGEST else ""
    for form in FORMS:
        match = form.fullmatch(text)
        if match:
            return _day(match, low, high)
    return Read(None, "not-a-day" if VAGUE.fullmatch(text) else "not-a-date")


def month_of(named: str) -> int:
    """Return the number of a month that is written as a number or a name in lower case; 0 if it is none."""
    return int(named) if named.isdecimal() else MONTH_NUMBER.get(named, 0)


def _day(match: re.Match[str], low: dt.date, high: dt.date) -> Read:
    parts = match.groupdict()
    named = parts["month"].casefold()
    month = month_of(named)
    day = int(parts["day"])
    if named.isdecimal() and month > 12 >= day:
        return Read(None, "month-first")
    found = [date for year in _years(parts["year"], low, high) if (date := _date(year, month, day))]
    weekday = (parts.get("weekday") or "").casefold()
    if not found:
        return Read(None, "not-a-date")
    if weekday and weekday != WEEKDAYS[found[0].weekday()]:
        return Read(None, "wrong-weekday")
    # A short year is certain only in the one century that the limits leave.
    if len(parts["year"]) == 2:
        inside = [date for date in found if low <= date <= high]
        if len(inside) == 1:
            return Read(inside[0])
        return Read(None, "century-unclear") if inside else Read(None, "out-of-range")
    return Read(found[0])


def _years(written: str, low: dt.date, high: dt.date) -> list[int]:
    if len(written) == 4:
        return [int(written)]
    return [century * 100 + int(written) for century in range(low.year // 100, high.year // 100 + 1)]


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def british(date: dt.date) -> str:
    """Return a date as it is written in Britain: ``1 September 2026`` (no locale can change it)."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
