"""The days on which the steps of plans are due, and what an officer should know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditkit.definition.plan import Plan, Step
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import AuditkitError
from auditkit.plan.days import Calendar, calendar_of, known_until, months_after, written
from auditkit.plan.timing import Timing


@dataclass(frozen=True)
class Due:
    """A step with its day; ``number`` is which working day of the plan that is."""

    plan: Plan
    step: Step
    day: dt.date
    number: int


@dataclass(frozen=True)
class Schedule:
    """The plans that have begun: their first days by id, what is due in the order of days, the calendar."""

    starts: dict[str, dt.date]
    dues: tuple[Due, ...]
    calendar: Calendar

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans, the one that is due first first."""
        return tuple({due.plan.id: due.plan for due in self.dues}.values())

    @property
    def deadline(self) -> Due | None:
        """The step by which workbooks are back, None if no plan that has begun has one."""
        return next((due for due in self.dues if due.step.deadline), None)


def schedule(plans: Sequence[Plan], timing: Timing | None) -> Schedule:
    """Return when the steps of plans are due, as far as an officer said when these begin.

    Args:
        plans: The plans of the definition.
        timing: What the round's settings say of them.
    """
    calendar = calendar_of(timing)
    starts = dict(timing.starts) if timing else {}
    dues = [due for plan in plans if plan.id in starts for due in _dues(plan, starts[plan.id], calendar)]
    return Schedule(starts, tuple(sorted(dues, key=lambda due: due.day)), calendar)


def _dues(plan: Plan, start: dt.date, calendar: Calendar) -> Iterator[Due]:
    days: dict[str, dt.date] = {"": start}
    for step in plan.steps:
        first = days[step.after]
        day = (
            months_after(first, step.months) if step.months else calendar.after(first, step.working_days or 0)
        )
        days[step.id] = day
        yield Due(plan, step, day, calendar.count(start, day))


def chosen(plans: Sequence[Plan], plan_id: str | None) -> Plan:
    """Return the plan of an id, the first one without; AuditkitError if there is none."""
    if not plans:
        raise AuditkitError(
            "This audit has no plan, so there is nothing to count days for. A definition has its steps under "
            "plans, or on the sheet plan."
        )
    known = {plan.id: plan for plan in plans}
    if plan_id and plan_id not in known:
        raise AuditkitError(f"This audit has no plan {quoted(plan_id)}{did_you_mean(plan_id, known)}")
    return known[plan_id] if plan_id else plans[0]


def notes(made: Schedule) -> Iterator[str]:
    """Yield what an officer should know of a schedule: days that aren't certain, or nobody works on."""
    calendar = made.calendar
    for plan in made.plans:
        start = made.starts[plan.id]
        if why := calendar.why_not(start):
            first = written(calendar.after(start, 1))
            yield f"{plan.title}: {written(start)} is no working day ({why}); working day 1 is {first}"
    for due in made.dues:
        if due.step.months and (why := calendar.why_not(due.day)):
            yield (
                f"{due.step.what}: {written(due.day)} is no working day ({why}); the last one before it is "
                f"{written(calendar.before(due.day))}"
            )
    last = max((due.day for due in made.dues), default=known_until())
    if is_uncertain(last):
        yield (
            f"the last day is {written(last)}, and {unknown()}: look them up, and put what you find under "
            "closed in round.yaml"
        )


def is_uncertain(day: dt.date) -> bool:
    """Tell whether one-off bank holidays before a day may not have been known."""
    return day > known_until()


def unknown() -> str:
    """Return what isn't known of the calendar, in a sentence."""
    return f"one-off bank holidays after {written(known_until())} weren't known when this auditkit was made"
