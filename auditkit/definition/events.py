"""What makes a section a table of events: a chronology, whose rows are the respondent's to fill and order."""

from __future__ import annotations

from dataclasses import dataclass

# What a column of events means to outputs, whatever it is called in this audit.
EVENT_ROLES = (
    "event_date",
    "event_time",
    "event_until",
    "event_until_time",
    "subject",
    "source",
    "event_type",
    "event",
    "event_action",
    "no_action_reason",
    "child_seen",
    "theme",
)


@dataclass(frozen=True)
class Events:
    """How many rows a table of events has, and how many days without an event are a gap."""

    rows: int
    gap_days: int = 28
