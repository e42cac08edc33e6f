"""A chronology without a single event."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.completion import begun, is_nil
from auditkit.returns.content.seen import Seen
from auditkit.returns.model import Finding

CODES = ("no-events",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield a finding for each table of events that is empty in a return that says something otherwise."""
    if not begun(seen.answers) or is_nil(seen.audit, seen.answers):
        return
    filled = {answer.block for answer in seen.answers}
    sheets = {table.block.id: table.sheet.name for table in seen.extracted.tables}
    for section in seen.audit.sections:
        if section.events and section.id not in filled and section.id in sheets:
            yield Finding("no-events", seen.file, sheets[section.id], data=(("title", section.title),))
