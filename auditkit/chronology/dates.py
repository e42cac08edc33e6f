"""Dates that can't be right, or can't be used: none, in the future, an end before its start, out of order."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditkit.chronology.event import Event, Given, Mark
from auditkit.chronology.rules import Rules
from auditkit.fields.days import british

KIND = "date to check"


def find(given: Given) -> Iterator[Mark]:
    """Yield each row whose date can't be used, whose end is before its start, or that is out of order."""
    for event in given.events:
        if event.at is None:
            said = f"“{event.date_typed}” is no certain date" if event.date_typed else "There is no date"
            yield Mark(KIND, (event.number,), f"{said}: it stands at the end.")
        elif event.until and event.earliest and event.until < event.earliest:
            yield Mark(KIND, (event.number,), f"It ends on {british(event.until)}, before it begins.")
        elif _ends_too_soon(event):
            yield Mark(
                KIND, (event.number,), f"It ends at {event.until_time}, before it begins at {event.time}."
            )
        if event.earliest and event.earliest > given.as_at:
            yield Mark(KIND, (event.number,), f"It is of {event.when}, after {british(given.as_at)}.")
    yield from _out_of_order(given.events, given.rules)


def _ends_too_soon(event: Event) -> bool:
    same_day = event.exact and (event.until is None or event.until == event.at)
    return same_day and bool(event.time and event.until_time) and event.until_time < event.time


def _out_of_order(events: Sequence[Event], rules: Rules) -> Iterator[Mark]:
    """Yield the few rows of a chronology that don't stand where their dates would have them."""
    tables: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.exact:
            tables[event.recipient_id, event.file, event.sheet].append(event)
    for own in tables.values():
        own.sort(key=lambda event: event.row)
        odd = _odd(own)
        if 100 * len(odd) <= rules.out_of_order * len(own):
            for event in odd:
                what = (
                    f"It stands out of order in its agency's chronology (row {event.row}): is the date right?"
                )
                yield Mark(KIND, (event.number,), what)


def _odd(events: Sequence[Event]) -> list[Event]:
    """Return the events that aren't in the longest run of rows whose days never go back."""
    days = [event.at for event in events if event.at is not None]
    ends: list[int] = []  # where the best run of each length ends
    tails: list[dt.date] = []
    before: list[int] = []
    for n, day in enumerate(days):
        length = bisect_right(tails, day)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [day]
        ends[length : length + 1] = [n]
    kept, n = set(), ends[-1] if ends else -1
    while n >= 0:
        kept.add(n)
        n = before[n]
    return [event for n, event in enumerate(events) if n not in kept]
