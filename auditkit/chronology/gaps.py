"""Gaps: so many days without any event of any agency, with one person, or without the child being seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from auditkit.chronology.event import Event, Given, Mark
from auditkit.chronology.rules import Rules
from auditkit.fields.days import british
from auditkit.fields.yes_no import YES

KIND = "gap"
ANY, SEEN = "any event", "the child being seen"


def find(given: Given) -> Iterator[Mark]:
    """Yield each time of at least so many whole days between two events.

    Neither what is vague nor what can't have happened yet ends one.
    """
    events = [event for event in given.events if event.earliest and event.earliest <= given.as_at]
    yield from _gaps(events, ANY, given.rules, given.gap_days)
    subjects = list(dict.fromkeys(event.subject for event in events if event.subject))
    for subject in subjects if len(subjects) > 1 else ():
        own = [event for event in events if event.subject == subject]
        yield from _gaps(own, f"any event about {subject}", given.rules, given.gap_days)
    seen = [event for event in events if event.child_seen == YES]
    yield from _gaps(seen, SEEN, given.rules, given.gap_days)


def _gaps(events: Sequence[Event], of: str, rules: Rules, gap_days: int) -> Iterator[Mark]:
    dated = [event for event in events if event.earliest and event.latest]
    vague = [event for event in dated if event.days > rules.vague_days]
    last: Event | None = None
    for event in sorted(
        (e for e in dated if e.days <= rules.vague_days), key=lambda e: e.earliest or dt.date.max
    ):
        assert event.earliest is not None
        if last is not None:
            first, end = _end(last) + dt.timedelta(1), event.earliest - dt.timedelta(1)
            count = (end - first).days + 1
            if count >= gap_days:
                inside = sum(
                    e.earliest <= end and e.latest >= first for e in vague if e.earliest and e.latest
                )
                also = f" Rows with a vague date that may be of this time: {inside}." if inside else ""
                what = f"{count} days without {of}, from {british(first)} to {british(end)}.{also}"
                yield Mark(KIND, (last.number, event.number), what, first, end, of)
        if last is None or _end(event) >= _end(last):
            last = event


def _end(event: Event) -> dt.date:
    """Return the last day of an event."""
    assert event.latest is not None
    return max(event.latest, event.until or event.latest)
