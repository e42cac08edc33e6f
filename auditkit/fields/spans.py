"""Days that aren't known exactly, as people write them: which days can be meant, and where to place them.

As with :mod:`auditkit.fields.days` every form is listed and matched whole, and what could mean two things
("Mar 25", "5 May" without a year, "before Easter") is none of them.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from auditkit.fields import days
from auditkit.fields.days import MONTH_NAMES, forms, month_of

# "About" a day means up to a week either way; about a longer time, as long again either way.
LEAST_MARGIN = 7
_MONTH = rf"(?P<month>{MONTH_NAMES})\.?"
_PART = r"(?:(?P<part>early|start of|beginning of|mid|middle of|late|end of)[\s-]+)?(?:in\s+)?"
_YEAR = r"(?P<year>[0-9]{4})"
FORMS = forms(
    rf"{_PART}{_MONTH}[\s,/-]*(?:of\s+)?{_YEAR}",
    rf"(?P<month>0?[1-9]|1[0-2])\s*[/.-]\s*{_YEAR}",
    rf"{_YEAR}\s*-\s*(?P<month>0[1-9]|1[0-2])",
    rf"{_PART}(?P<season>spring|summer|autumn)\s+(?:of\s+)?{_YEAR}",
    rf"{_PART}{_YEAR}",
)
SEASONS = {"spring": 3, "summer": 6, "autumn": 9}
THIRDS = {
    "early": 0,
    "start of": 0,
    "beginning of": 0,
    "mid": 1,
    "middle of": 1,
    "late": 2,
    "end of": 2,
}
ABOUT = re.compile(r"(?:about|around|approx(?:imately)?\.?|circa|ca?\.|c(?=\s)|roughly|~)\s*", re.IGNORECASE)
DOUBT = re.compile(r"\s*\(?\?+\)?\s*")
WEEK = re.compile(r"(?:in\s+)?(?:the\s+)?(?:week\s+(?:of|commencing|beginning)|w/c|w/b)\.?\s+", re.IGNORECASE)
BETWEEN = re.compile(r"(?:between|from|either)\s+", re.IGNORECASE)
TO = re.compile(r"\s*[-–—/]\s*|\s+(?:to|and|or|until|till)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """The days that can be meant, from ``earliest`` to ``latest``; ``at`` is where it stands among others."""

    earliest: dt.date
    latest: dt.date
    at: dt.date
    exact: bool = False


def read(text: str, low: dt.date, high: dt.date) -> Span | str:
    """Return the days that a text can mean, or the finding that says why it means none for certain.

    Args:
        text: What was typed.
        low: The first day that the field takes.
        high: The last day.
    """
    text = " ".join(text.split()).strip(" .")
    if len(text) > days.LONGEST:
        return "not-a-date"
    found = _read(text, low, high)
    if isinstance(found, str):
        return found
    inside = low <= found.at <= high and found.latest >= low and found.earliest <= high
    return found if inside else "out-of-range"


def _read(text: str, low: dt.date, high: dt.date) -> Span | str:
    plain = DOUBT.sub(" ", text).strip()
    sure = ABOUT.match(plain)
    if plain != text or sure:
        found = _read(plain[sure.end() :] if sure else plain, low, high)
        return found if isinstance(found, str) else _about(found)
    week = WEEK.match(text)
    if week:
        day = days.read(text[week.end() :], low, high).day
        return "not-a-day" if day is None else Span(day, day + dt.timedelta(6), day)
    one = days.read(text, low, high)
    if one.day is not None:
        return Span(one.day, one.day, one.day, exact=True)
    return _part(text) or _range(text, low, high) or one.code


def _about(span: Span) -> Span:
    margin = dt.timedelta(max(LEAST_MARGIN, (span.latest - span.earliest).days + 1))
    return replace(span, earliest=span.earliest - margin, latest=span.latest + margin, exact=False)


def _part(text: str) -> Span | None:
    """Return a month, a season or a year, or a third of it."""
    for form in FORMS:
        match = form.fullmatch(text)
        if match:
            parts = match.groupdict()
            year, named = int(parts["year"]), (parts.get("month") or "").casefold()
            if year < 1:
                return None
            month = month_of(named)
            month, count = (
                (month, 1) if month else (SEASONS.get((parts.get("season") or "").casefold(), 0), 3)
            )
            month, count = (month, count) if month else (1, 12)
            return _months(year, month, count, (parts.get("part") or "").casefold())
    return None


def _months(year: int, month: int, count: int, part: str) -> Span:
    if part and count > 1:  # a third of a season is a month, of a year four
        count //= 3
        month += THIRDS[part] * count
        part = ""
    end = month + count - 1
    first, last = dt.date(year, month, 1), dt.date(year, end, calendar.monthrange(year, end)[1])
    if part:
        third = THIRDS[part]
        first, last = (
            first.replace(day=1 + 10 * third),
            last if third == 2 else first.replace(day=10 + 10 * third),
        )
    return Span(first, last, first)


def _range(text: str, low: dt.date, high: dt.date) -> Span | None:
    """Return the days from one time to another; what the first leaves out, the second says."""
    text = BETWEEN.sub("", text, count=1)
    found = []
    for match in TO.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        last = _one(after, low, high)
        _, _, rest = after.partition(" ")
        first = _one(before, low, high) or (_one(f"{before} {rest}", low, high) if rest else None)
        if first and last and first.earliest <= last.earliest:
            found.append(Span(first.earliest, last.latest, first.at))
    return found[0] if len(found) == 1 else None


def _one(text: str, low: dt.date, high: dt.date) -> Span | None:
    day = days.read(text, low, high).day
    return Span(day, day, day, exact=True) if day is not None else _part(text)
