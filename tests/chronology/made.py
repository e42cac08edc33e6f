"""Events for tests of the integrated chronology, in a few words each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from auditkit.chronology.build import chronology
from auditkit.chronology.event import Chronology, Event
from auditkit.chronology.order import Wanted, ordered
from auditkit.fields import spans
from auditkit.fields.uncertain_date import EARLIEST, LATEST

AS_AT = dt.date(2026, 12, 18)


def event(date: str, what: str = "", who: str = "A1", row: int = 6, **more: Any) -> Event:
    """Return a row as it comes from the table of events; what isn't said is blank, but for an action."""
    found = spans.read(date, EARLIEST, LATEST)
    span = None if isinstance(found, str) else found
    texts = dict.fromkeys(
        (
            *("time", "until_typed", "until_time", "subject", "source", "event_type", "no_action_reason"),
            *("child_seen", "theme", "more"),
        ),
        "",
    )
    values: dict[str, Any] = {
        "number": 0,
        "recipient_id": who,
        "recipient": f"Agency {who}",
        "row_key": f"CH:{row}",
        "date_typed": date,
        "earliest": span and span.earliest,
        "latest": span and span.latest,
        "at": span and span.at,
        "exact": bool(span and span.exact),
        "until": None,
        "event": what,
        "action": "Noted.",
        "file": f"{who}.xlsx",
        "sheet": "Chronology",
        "row": row,
        **texts,
        **more,
    }
    return Event(**values)


def made(*events: Event, wanted: Wanted | None = None, gap_days: int = 30) -> Chronology:
    """Return the chronology of some events."""
    return chronology(ordered(events), wanted or Wanted(), AS_AT, gap_days)


def told(found: Chronology, kind: str) -> list[tuple[str, ...]]:
    """Return the texts of the events about which there is something of a kind to know."""
    return [tuple(found.events[n - 1].event for n in mark.events) for mark in found.of_kind(kind)]
