"""What is owed by when: the plans of a definition, on the days of one round."""

from __future__ import annotations

from auditkit.plan.days import Calendar, written
from auditkit.plan.due import Due, Schedule, chosen, notes, schedule
from auditkit.plan.timing import Closure, Timing, issues

__all__ = [
    "Calendar",
    "Closure",
    "Due",
    "Schedule",
    "Timing",
    "chosen",
    "issues",
    "notes",
    "schedule",
    "written",
]
