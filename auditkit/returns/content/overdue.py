"""Actions whose date has passed and that nobody says are done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from auditkit.definition.model import field_with_role
from auditkit.returns.content.seen import Row, Seen, about
from auditkit.returns.model import Finding

CODES = ("action-overdue",)
DAY = dt.timedelta(days=1)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all open actions that are late: another from the day after each date on."""
    open_ = [
        (due.value, due)
        for row, due in seen.answered("due")
        # The last day of the calendar never passes.
        if isinstance(due.value, dt.date) and due.value < dt.date.max and not _closed(row, seen)
    ]
    days = sorted({day for day, _ in open_})
    for n, day in enumerate(days, start=1):
        late = about("action-overdue", seen, [due for on, due in open_ if on <= day])
        yield replace(late, since=day + DAY, until=days[n] if n < len(days) else None)


def _closed(row: Row, seen: Seen) -> bool:
    fields = seen.audit.responses_of(row.section)
    action, field = field_with_role(fields, "action"), field_with_role(fields, "progress")
    planned, said = (row.answers.get(f.id) if f else None for f in (action, field))
    if seen.audit.following.is_withdrawn(planned and planned.value, said and said.value):
        return True
    return field is not None and said is not None and said.value in field.closed
