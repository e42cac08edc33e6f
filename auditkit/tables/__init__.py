"""The tidy tables: the only thing that outputs read.

:func:`build` turns a :class:`Collation` into a :class:`Table` for each of :data:`SCHEMAS`. The order is that
of the register and of the definition, so the same collation always gives the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from auditkit.tables import (
    agencies,
    answers,
    cases,
    changes,
    events,
    learning,
    notes,
    numbers,
    people,
    progress,
    scores,
    themes,
)
from auditkit.tables.cases import NOT_ON_CASE
from auditkit.tables.learning import asks_what_was_found
from auditkit.tables.model import NOT_ASKED, OVERALL, WHOLE, Collation, Given, Opened, Own, Tables, given
from auditkit.tables.proof import differences
from auditkit.tables.schema import NO, YES, Column, Schema
from auditkit.tables.schemas import SCHEMAS
from auditkit.tables.stands import standing_ratings
from auditkit.tables.table import Maker, Row, Table, rows, table_of

# Made for one file after the other, and one recipient after the other, so that nobody's answers are unpacked
# for longer than that takes.
OF_FILES: dict[str, Callable[[Given, Opened], Iterator[Row]]] = {
    "returns": people.return_rows,
    "cover": answers.cover_rows,
}
OF_RECIPIENTS: dict[str, Callable[[Given, Own], Iterator[Row]]] = {
    "recipients": people.recipient_rows,
    "answers": answers.answer_rows,
    "ratings": scores.rating_rows,
    "results": scores.result_rows,
    "actions": answers.action_rows,
    "progress": progress.progress_rows,
    "numbers": numbers.number_rows,
    "events": events.event_rows,
    "notes": notes.note_rows,
}
OF_THE_ROUND: dict[str, Callable[[Given], Iterator[Row]]] = {
    "findings": people.finding_rows,
    "changes": changes.change_rows,
    "trail": progress.trail_rows,
}


def build(collation: Collation) -> Tables:
    """Return the tables of a round.

    Args:
        collation: The round as it stands.

    Returns:
        One table for each entry of :data:`SCHEMAS`.
    """
    looked_up = given(collation)
    makers = {name: Maker(SCHEMAS[name]) for name in (*OF_FILES, *OF_RECIPIENTS)}
    for recipient, files in looked_up.files:
        counts = None
        for file in files:
            opened = looked_up.open(recipient, file)
            for name, of_file in OF_FILES.items():
                makers[name].add(of_file(looked_up, opened))
            counts = opened if file.outcome == "accepted" else counts
        if recipient is not None and recipient.id in looked_up.asked:
            own = Own(recipient, files, counts)
            for name, of_recipient in OF_RECIPIENTS.items():
                makers[name].add(of_recipient(looked_up, own))
    tables = {name: maker.table() for name, maker in makers.items()}
    for name, of_all in OF_THE_ROUND.items():
        tables[name] = table_of(SCHEMAS[name], of_all(looked_up))
    fared = scores.question_rows(looked_up, tables["ratings"])
    tables["questions"] = table_of(SCHEMAS["questions"], fared)
    tables["totals"] = table_of(SCHEMAS["totals"], numbers.total_rows(looked_up, tables["numbers"]))
    tables |= _of_cases_and_themes(looked_up, tables)
    unasked = len(collation.unasked)
    return Tables(collation.settings, collation.audit, collation.as_at, unasked, **tables)


def _of_cases_and_themes(given: Given, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Return the tables of audits of cases, and of themes; all but empty in any other."""
    audit = given.collation.audit
    stands = standing_ratings(given, tables) if audit.cases or audit.themes else {}
    fared = themes.fared(given, tables, stands)
    grades = table_of(SCHEMAS["case_grades"], cases.case_grade_rows(given, tables, stands))
    made = {
        "cases": cases.case_rows(grades),
        "agency_results": agencies.agency_result_rows(given, tables, stands),
        "themes": themes.theme_rows(given, fared),
        "theme_grades": themes.theme_grade_rows(fared),
        "learning": learning.learning_rows(given, tables["answers"]),
    }
    return {"case_grades": grades, **{name: table_of(SCHEMAS[name], made[name]) for name in made}}


__all__ = [
    "NO",
    "NOT_ASKED",
    "NOT_ON_CASE",
    "OVERALL",
    "SCHEMAS",
    "WHOLE",
    "YES",
    "Collation",
    "Column",
    "Schema",
    "Table",
    "Tables",
    "asks_what_was_found",
    "build",
    "differences",
    "rows",
    "table_of",
]
