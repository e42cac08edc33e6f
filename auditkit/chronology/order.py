"""The order of the integrated chronology, and which rows an officer wants to see of it.

By day, then by time; a row without a time comes before those with one. A part date stands before everything
of the first day that it can mean, the wider first: "2024", then "January 2024", then 1 January. "About 5 May"
stands after what is known to have happened on 5 May. A row whose date can't be used comes last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditkit.chronology.event import Event
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import AuditkitError
from auditkit.fields.days import british

PART, KNOWN, ABOUT = range(3)


@dataclass(frozen=True)
class Wanted:
    """What an officer wants to see; without any of it everything.

    A row whose date can't be used may be of any time, so a period leaves none of these out.
    """

    subject: str = ""
    theme: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """What is wanted, in words."""
        named = ((f"about {self.subject}", self.subject), (f"theme {self.theme}", self.theme))
        days = (("from", self.first), ("to", self.last))
        return (
            *(words for words, given in named if given),
            *(f"{word} {british(day)}" for word, day in days if day),
        )

    def __contains__(self, event: Event) -> bool:
        """Tell whether an event is wanted."""
        if self.subject and event.subject.casefold() != self.subject.casefold():
            return False
        if self.theme and event.theme.casefold() != self.theme.casefold():
            return False
        if event.earliest is None or event.latest is None:
            return True
        until = max(event.latest, event.until or event.latest)
        return (not self.first or until >= self.first) and (not self.last or event.earliest <= self.last)


def ordered(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events in their order, numbered from 1; among equals in the order in which they came."""
    in_order = sorted(events, key=_place)
    return tuple(replace(event, number=n) for n, event in enumerate(in_order, start=1))


def chosen(events: Sequence[Event], wanted: Wanted) -> Iterator[Event]:
    """Yield the events that are wanted.

    Raises:
        AuditkitError: No event at all is about that subject, or of that theme.
    """
    for what, said, known in (
        ("is about", wanted.subject, {event.subject for event in events}),
        ("has the theme", wanted.theme, {event.theme for event in events}),
    ):
        if said and said.casefold() not in {each.casefold() for each in known}:
            meant = did_you_mean(said, sorted(known - {""}))
            raise AuditkitError(f"No event {what} {quoted(said)}{meant or '.'}")
    yield from (event for event in events if event in wanted)


def _place(event: Event) -> tuple[dt.date, int, int, str]:
    if event.at is None or event.earliest is None:
        return (dt.date.max, 0, 0, "")
    if event.exact:
        return (event.at, KNOWN, 0, event.time)
    if event.at == event.earliest:
        return (event.at, PART, -event.days, event.time)
    return (event.at, ABOUT, event.days, event.time)
