"""What makes a section a table of events: a chronology, whose rows are the respondent's to fill and order."""

from __future__ import annotations

from dataclasses import dataclass

# What a column of events means to outputs, whatever it is called in this audit.
WHEN_ROLES = ("event_date", "event_time", "event_until", "event_until_time")
# In the order in which the table of events has them.
TOLD_ROLES = (
    "subject",
    "source",
    "event_type",
    "event",
    "event_action",
    "no_action_reason",
    "child_seen",
    "theme",
)
EVENT_ROLES = (*WHEN_ROLES, *TOLD_ROLES)


@dataclass(frozen=True)
class Events:
    """How many rows a table of events has, and how many days without an event are a gap."""

    rows: int
    gap_days: int = 28
