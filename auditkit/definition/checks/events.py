"""Tables of events: columns of their own, one of them the date, and rows that a sheet can hold."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.model import Audit, Section, field_with_role
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import quoted

# What a sheet can be filled in and printed with, and still opens at once.
MOST_ROWS = 5_000


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any table of events."""
    for i, section in enumerate(audit.sections):
        if section.events is not None:
            yield from _section(("sections", i), section)


def _section(path: Path, section: Section) -> Iterator[Issue]:
    assert section.events is not None
    if section.questions:
        message = f"{quoted(section.id)} is a table of events, so it has no questions: move them elsewhere"
        yield Issue((*path, "questions"), message)
    if not section.responses:
        message = f"{quoted(section.id)} is a table of events: list its columns under 'responses'"
        yield Issue((*path, "events"), message, at_name=True)
    elif field_with_role(section.responses, "event_date") is None:
        message = f"no column of {quoted(section.id)} has the role 'event_date': events are ordered by it"
        yield Issue((*path, "responses"), message)
    if not 1 <= section.events.rows <= MOST_ROWS:
        yield Issue((*path, "events", "rows"), f"'rows' must be from 1 to {MOST_ROWS:,}")
    if section.events.gap_days < 1:
        yield Issue((*path, "events", "gap_days"), "'gap_days' must be 1 or more")
    for n, field in enumerate(section.responses):
        if field.kind == "rating":
            yield Issue((*path, "responses", n), "events aren't rated: take this column out")
