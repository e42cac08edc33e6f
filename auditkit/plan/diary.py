"""``plan.ics``: the same days for a calendar: Outlook, Google, a phone."""

from __future__ import annotations

import datetime as dt

from icalendar import Calendar, Event

from auditkit.plan.due import Due, Schedule, is_uncertain, unknown

NAME = "plan.ics"


def content(made: Schedule, title: str, today: dt.date, round_id: str) -> bytes:
    """Return the plan as all-day events; who imports it again gets the same events on their new days.

    Args:
        made: The days.
        title: What the calendar is called.
        today: The day on which it was made.
        round_id: The round, which makes events its own.
    """
    diary = Calendar()
    diary.add("prodid", "-//auditkit//plan//EN")
    diary.add("version", "2.0")
    diary.add("method", "PUBLISH")
    diary.add("x-wr-calname", title)
    for due in made.dues:
        diary.add_component(_event(due, title, today, round_id))
    return bytes(diary.to_ical())


def _event(due: Due, title: str, today: dt.date, round_id: str) -> Event:
    event = Event()
    event.add("uid", f"{due.step.id}.{due.plan.id}.{round_id}@auditkit.invalid")
    event.add("dtstamp", dt.datetime(today.year, today.month, today.day, tzinfo=dt.timezone.utc))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + dt.timedelta(1))
    event.add("summary", f"{due.step.what} ({due.step.who})")
    doubt = f"Check this day: {unknown()}." if is_uncertain(due.day) else ""
    said = (due.step.why, f"{title}: {due.plan.title}", doubt)
    event.add("description", "\n".join(filter(None, said)))
    event.add("categories", [due.plan.title])
    # A deadline isn't a meeting: it leaves the day free.
    event.add("transp", "TRANSPARENT")
    return event
