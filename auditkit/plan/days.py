"""Working days: Monday to Friday without bank holidays of England and Wales, and without local closures."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from auditkit.fields.days import MONTHS
from auditkit.plan.timing import Timing

DAY = dt.timedelta(1)
# English whatever the machine's locale.
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Which days are working days. ``closed`` says why those of local closures aren't."""

    closed: Mapping[dt.date, str] = field(default_factory=dict)

    def why_not(self, day: dt.date) -> str:
        """Return why a day is no working day, nothing if it is one."""
        said = self.closed.get(day) or bank_holidays(day.year).get(day, "")
        return said or (WEEKDAYS[day.weekday()] if day.weekday() >= SATURDAY else "")

    def after(self, day: dt.date, count: int) -> dt.date:
        """Return the day so many working days after a day, which itself is working day 0.

        With 0 it is the day itself, or the next working day if it is none.
        """
        while count or self.why_not(day):
            day += DAY
            count -= 1 if count and not self.why_not(day) else 0
        return day

    def count(self, day: dt.date, last: dt.date) -> int:
        """Return how many working days there are after a day, up to a last one."""
        return sum(not self.why_not(each) for each in _days(day + DAY, last))

    def before(self, day: dt.date) -> dt.date:
        """Return the last working day that isn't after a day."""
        while self.why_not(day):
            day -= DAY
        return day

    def not_counted(self, first: dt.date, last: dt.date) -> dict[dt.date, str]:
        """Return the days from Monday to Friday between two days that are no working days, and why."""
        return {
            day: why for day in _days(first, last) if day.weekday() < SATURDAY and (why := self.why_not(day))
        }


def calendar_of(timing: Timing | None) -> Calendar:
    """Return the calendar of a round whose officer says when its offices are closed."""
    closed = timing.closed if timing else ()
    return Calendar({day: closure.why for closure in closed for day in closure.days})


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the day so many calendar months after a day: the last of its month if that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@cache
def bank_holidays(year: int) -> dict[dt.date, str]:
    """Return the bank holidays of England and Wales in a year, by day."""
    import holidays  # only who makes plans needs it

    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


@cache
def known_until() -> dt.date:
    """Return the day up to which every one-off bank holiday had been announced."""
    from ruamel.yaml import YAML

    text = (files("auditkit.plan") / "bank_holidays.yaml").read_text(encoding="utf-8")
    day: dt.date = YAML(typ="safe").load(text)["known_until"]
    return day


def written(day: dt.date) -> str:
    """Return a day as letters say it: ``Tuesday 24 November 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + dt.timedelta(n) for n in range((last - first).days + 1))
