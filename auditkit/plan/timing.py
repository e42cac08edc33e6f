"""What an officer says of a round's plans: the days they are counted from, and when nobody works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from auditkit.definition.plan import Plan
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, quoted

# Between which days a plan can begin and offices be closed.
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
LONGEST_CLOSURE = 366


@dataclass(frozen=True)
class Closure:
    """Offices are closed on a day, or from it to another one: none of these is a working day.

    Attributes:
        day: The day, or the first one.
        until: The last one, if there are several.
        why: Why, for people who read the plan.
    """

    day: dt.date
    until: dt.date | None = None
    why: str = "Offices closed"

    @property
    def days(self) -> Iterator[dt.date]:
        """Every day of it."""
        last = self.until or self.day
        return (self.day + dt.timedelta(n) for n in range((last - self.day).days + 1))


@dataclass(frozen=True)
class Timing:
    """The days that deadlines are counted from, and those that don't count.

    Attributes:
        starts: Plan: the day that its steps are counted from. A plan without one isn't begun.
        closed: Days that are no working days here, besides weekends and bank holidays.
    """

    starts: Mapping[str, dt.date] = field(default_factory=dict)
    closed: tuple[Closure, ...] = ()


def issues(timing: Timing, plans: Sequence[Plan]) -> Iterator[Issue]:
    """Yield what is wrong with the timing of some plans; paths begin at the timing itself."""
    known = [plan.id for plan in plans]
    for name, day in timing.starts.items():
        if name not in known:
            message = f"the audit has no plan {quoted(name)}{did_you_mean(name, known)}"
            yield Issue(("starts", name), message, at_name=True)
        yield from _outside(("starts", name), day)
    for n, closure in enumerate(timing.closed):
        yield from _outside(("closed", n, "day"), closure.day)
        length = ((closure.until or closure.day) - closure.day).days
        if not 0 <= length <= LONGEST_CLOSURE:
            message = f"'until' is on or after 'day', and within {LONGEST_CLOSURE} days of it"
            yield Issue(("closed", n, "until"), message)


def _outside(path: Path, day: dt.date) -> Iterator[Issue]:
    if not FIRST <= day <= LAST:
        yield Issue(path, f"this day is from {FIRST.year} to {LAST.year}, not {day.isoformat()}")
