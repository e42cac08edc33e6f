"""The integrated chronology of a round: every row of every agency once, in order, with what to know of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Protocol

from auditkit.chronology import actions, contradictions, dates, duplicates, gaps
from auditkit.chronology.event import Chronology, Event, Given, Mark
from auditkit.chronology.order import Wanted, chosen, ordered
from auditkit.chronology.pairs import pairs
from auditkit.chronology.rules import Rules, shipped
from auditkit.errors import AuditkitError
from auditkit.round import Round
from auditkit.tables import YES
from auditkit.tables.kept import kept

COLUMNS = (
    *("recipient_id", "recipient", "row_key", "date_typed", "earliest", "latest", "at", "exact", "time"),
    *("until_typed", "until", "until_time", "subject", "source", "event_type", "event", "action"),
    *("no_action_reason", "child_seen", "theme", "more", "file", "sheet", "row"),
)
DAYS = frozenset({"earliest", "latest", "at", "until"})


class Check(Protocol):
    """The names that each module of a check defines."""

    @property
    def KIND(self) -> str:  # noqa: N802
        """What it finds, in a few words."""

    def find(self, given: Given) -> Iterator[Mark]:
        """Yield what there is to know about events."""


# In the order in which they are told.
CHECKS: tuple[Check, ...] = (contradictions, duplicates, gaps, actions, dates)


def build(round_: Round, wanted: Wanted, *, as_at: dt.date, gap_days: int | None = None) -> Chronology:
    """Return the integrated chronology, from the tables of the last collation.

    Args:
        round_: The round.
        wanted: What the officer wants to see.
        as_at: The day after which nothing can have happened yet.
        gap_days: So many days without an event are a gap; by default as the definition says.

    Raises:
        AuditkitError: The audit has no table of events, nothing was collated, or nothing is as wanted.
    """
    tables = [section.events for section in round_.audit.sections if section.events]
    if not tables:
        raise AuditkitError(
            "This audit has no chronology: none of its sections has 'events'. See the definition's reference."
        )
    events = ordered(map(_event, kept(round_, "events", *COLUMNS)))
    if not events:
        raise AuditkitError(
            "No event was returned yet, as of the last run. When a chronology has come, run: auditkit "
            "collate returns"
        )
    return chronology(events, wanted, as_at, gap_days or tables[0].gap_days)


def chronology(
    events: Sequence[Event], wanted: Wanted, as_at: dt.date, gap_days: int, rules: Rules | None = None
) -> Chronology:
    """Return the integrated chronology of events that are in order; AuditkitError if none is as wanted."""
    rules = rules or shipped()
    shown = tuple(chosen(events, wanted))
    if len(shown) < len(events):
        shown = ordered(shown)
    given = Given(shown, pairs(shown, rules), rules, gap_days, as_at)
    marks = tuple(mark for check in CHECKS for mark in check.find(given))
    return Chronology(shown, marks, gap_days, as_at, wanted.words, len(events) - len(shown))


def _event(row: Sequence[object]) -> Event:
    values = {
        name: value if name in DAYS else "" if value is None else value
        for name, value in zip(COLUMNS, row, strict=True)
    }
    return Event(number=0, **{**values, "exact": values["exact"] == YES})  # type: ignore[arg-type]
