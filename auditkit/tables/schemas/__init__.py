"""All tables, in the order in which they are written and described."""

from __future__ import annotations

from auditkit.tables.schema import Schema
from auditkit.tables.schemas import answers, events, numbers, progress, ratings, returns

SCHEMAS: dict[str, Schema] = {
    "recipients": returns.RECIPIENTS,
    "returns": returns.RETURNS,
    "cover": answers.COVER,
    "answers": answers.ANSWERS,
    "ratings": ratings.RATINGS,
    "results": ratings.RESULTS,
    "questions": ratings.QUESTIONS,
    "actions": answers.ACTIONS,
    "progress": progress.PROGRESS,
    "trail": progress.TRAIL,
    "numbers": numbers.NUMBERS,
    "totals": numbers.TOTALS,
    "events": events.EVENTS,
    "findings": returns.FINDINGS,
    "notes": answers.NOTES,
    "changes": returns.CHANGES,
}
