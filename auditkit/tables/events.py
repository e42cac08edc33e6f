"""Rows of events: every row of a table of events, with the days that its date can mean."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from auditkit.definition.events import EVENT_ROLES, TOLD_ROLES
from auditkit.definition.model import Section
from auditkit.fields.plain import as_text
from auditkit.fields.uncertain_date import span_of
from auditkit.returns.model import Answer
from auditkit.tables.answers import shown
from auditkit.tables.model import Given, Own, who
from auditkit.tables.schema import NO, YES
from auditkit.tables.table import Row

NO_TIME = dt.time()


def event_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield the events of the return that counts (``events``), in its order."""
    tables = {section.id: section for section in given.collation.audit.sections if section.events}
    if own.counts is None or not tables:
        return
    file = own.counts.file
    answers = sorted((a for a in file.answers if a.block in tables), key=lambda a: _place(a, tables))
    for (block, row_key), row in groupby(answers, key=lambda a: (a.block, a.row_key)):
        section, cells = tables[block], list(row)
        by_role = {a.field.role: a for a in cells if a.field.role}
        first = cells[0]
        yield (
            *(*who(file.recipient_id, own.recipient), section.id, section.title, row_key),
            *_when(by_role),
            *(_said(by_role.get(role)) for role in TOLD_ROLES),
            "\n".join(f"{a.field.label}: {_said(a)}" for a in cells if a.field.role not in EVENT_ROLES)
            or None,
            *(first.file or file.file, first.sheet, _row(first), " ".join(a.cell for a in cells)),
        )


def _place(answer: Answer, tables: Mapping[str, Section]) -> tuple[int, str, str, int]:
    return [*tables].index(answer.block), answer.file, answer.sheet, _row(answer)


def _row(answer: Answer) -> int:
    """Return the row of an answer's cell, as its program numbers it."""
    return int(re.sub("[^0-9]", "", answer.cell) or 0)


def _when(by_role: Mapping[str, Answer]) -> Row:
    """Return what is known of when it was, from the date as typed to the time at which it ended."""
    date, until = by_role.get("event_date"), by_role.get("event_until")
    span = span_of(date.value) if date and date.value is not None else None
    end = span_of(until.value) if until and until.value is not None else None
    days = (None, None, None, None)
    if span is not None:
        days = (span.earliest, span.latest, span.at, YES if span.exact else NO)  # type: ignore[assignment]
    return (
        *(_typed(date), *days, _said(by_role.get("event_time")) or _beside(date)),
        *(_typed(until), end.latest if end else None, _said(by_role.get("event_until_time"))),
    )


def _typed(answer: Answer | None) -> str | None:
    return None if answer is None else as_text(answer.typed)


def _beside(answer: Answer | None) -> str | None:
    """Return the time that stands in the cell of the date, as other systems export it."""
    if answer is None or not isinstance(answer.typed, dt.datetime) or answer.typed.time() == NO_TIME:
        return None
    return f"{answer.typed:%H:%M}"


def _said(answer: Answer | None) -> str | None:
    return None if answer is None else as_text(shown(answer))
