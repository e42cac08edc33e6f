"""Actions whose date has passed and that nobody says are done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from auditkit.definition.model import field_with_role
from auditkit.returns.content.seen import Row, Seen, about
from auditkit.returns.model import Finding

CODES = ("action-overdue",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for all open actions that were due before the day to which the run speaks."""
    as_at = seen.known.as_at
    if as_at is None:
        return
    late = [
        due
        for row, due in seen.answered("due")
        if isinstance(due.value, dt.date) and due.value < as_at and not _closed(row, seen)
    ]
    if late:
        yield about("action-overdue", seen, late)


def _closed(row: Row, seen: Seen) -> bool:
    field = field_with_role(seen.audit.responses_of(row.section), "progress")
    said = row.answers.get(field.id) if field else None
    return field is not None and said is not None and said.value in field.closed
