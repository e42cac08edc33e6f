"""All tables, in the order in which they are written and described."""

from __future__ import annotations

from auditkit.tables.schema import Schema
from auditkit.tables.schemas import answers, cases, events, numbers, progress, ratings, returns

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
    "cases": cases.CASES,
    "case_grades": cases.CASE_GRADES,
    "agency_results": cases.AGENCY_RESULTS,
    "themes": cases.THEMES,
    "theme_grades": cases.THEME_GRADES,
    "learning": cases.LEARNING,
    "findings": returns.FINDINGS,
    "notes": answers.NOTES,
    "changes": returns.CHANGES,
}
