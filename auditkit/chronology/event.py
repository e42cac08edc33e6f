"""The events of the integrated chronology, what checks look at, and what there is to know about events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from auditkit.chronology.rules import Rules
from auditkit.fields.days import british


@dataclass(frozen=True)
class Event:
    """One row of one agency's chronology. ``number`` is its place in the integrated one, from 1.

    ``at`` is the day at which it stands, None if its date can't be used; ``exact`` whether the day is known.
    The other attributes are those of the table of events, "" where there is nothing.
    """

    number: int
    recipient_id: str
    recipient: str
    row_key: str
    date_typed: str
    earliest: dt.date | None
    latest: dt.date | None
    at: dt.date | None
    exact: bool
    time: str
    until_typed: str
    until: dt.date | None
    until_time: str
    subject: str
    source: str
    event_type: str
    event: str
    action: str
    no_action_reason: str
    child_seen: str
    theme: str
    more: str
    file: str
    sheet: str
    row: int

    @property
    def days(self) -> int:
        """How many days can be meant; 0 if none."""
        return (self.latest - self.earliest).days + 1 if self.earliest and self.latest else 0

    @property
    def named(self) -> str:
        """How a sentence names it: ``no. 14 (P1)``."""
        return f"no. {self.number} ({self.recipient_id})"

    @property
    def when(self) -> str:
        """When it was, in words, as far as that is known."""
        if self.at is None:
            return f"“{self.date_typed}”" if self.date_typed else "no date"
        day = british(self.at) if self.exact else self.date_typed
        return f"{day} {self.time}".strip()


@dataclass(frozen=True)
class Pair:
    """Two rows that may be of one event, the earlier first; ``alike`` is how alike they read, in per cent."""

    one: Event
    other: Event
    alike: int

    @property
    def of_one_agency(self) -> bool:
        """Whether both are of one agency."""
        return self.one.recipient_id == self.other.recipient_id


@dataclass(frozen=True)
class Mark:
    """Something to know: its kind, the numbers of the events that it is about, and what it is, in words.

    ``first`` and ``last`` are the days of a gap, ``of`` what there was nothing of in it, ``alike`` how alike
    two texts are, in per cent.
    """

    kind: str
    events: tuple[int, ...]
    what: str
    first: dt.date | None = None
    last: dt.date | None = None
    of: str = ""
    alike: int = 0


@dataclass(frozen=True)
class Given:
    """What a check looks at: the events in order, the pairs that may be of one event, and what it goes by.

    Nothing can have happened after ``as_at`` yet.
    """

    events: tuple[Event, ...]
    pairs: tuple[Pair, ...]
    rules: Rules
    gap_days: int
    as_at: dt.date


@dataclass(frozen=True)
class Chronology:
    """The events in order, and what there is to know about them, as of a day.

    ``left_out`` is how many rows the officer's filters left out, ``filters`` what these were, in words.
    """

    events: tuple[Event, ...]
    marks: tuple[Mark, ...]
    gap_days: int
    as_at: dt.date
    filters: tuple[str, ...] = ()
    left_out: int = 0

    def of_kind(self, *kinds: str) -> tuple[Mark, ...]:
        """Return what there is to know of some kinds."""
        return tuple(mark for mark in self.marks if mark.kind in kinds)
