"""The tidy tables: the only thing that outputs read.

:func:`build` turns a :class:`Collation` into pandas frames with the columns of :data:`SCHEMAS`. Values keep
their type (text, number, date) and blanks are None, so every column is of dtype object. The order is that
of the register and of the definition, so the same collation always gives the same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from auditkit.tables import answers, changes, notes, people, scores
from auditkit.tables.model import NO, NOT_ASKED, OVERALL, YES, Collation, Given, Tables, given, rows
from auditkit.tables.proof import differences
from auditkit.tables.schema import SCHEMAS, Column, Schema

ROWS: dict[str, Callable[[Given], Iterator[tuple[Any, ...]]]] = {
    "recipients": people.recipient_rows,
    "returns": people.return_rows,
    "cover": answers.cover_rows,
    "answers": answers.answer_rows,
    "ratings": scores.rating_rows,
    "results": scores.result_rows,
    "questions": scores.question_rows,
    "actions": answers.action_rows,
    "findings": people.finding_rows,
    "changes": changes.change_rows,
    "notes": notes.note_rows,
}


def build(collation: Collation) -> Tables:
    """Return the tables of a round.

    Args:
        collation: The round as it stands.

    Returns:
        One frame for each entry of :data:`SCHEMAS`.
    """
    import pandas as pd  # takes longer than everything else a command does

    looked_up = given(collation)
    frames = {
        name: pd.DataFrame(list(made(looked_up)), columns=SCHEMAS[name].names, dtype=object)
        for name, made in ROWS.items()
    }
    return Tables(collation.settings, collation.audit, collation.as_at, **frames)


__all__ = [
    "NO",
    "NOT_ASKED",
    "OVERALL",
    "SCHEMAS",
    "YES",
    "Collation",
    "Column",
    "Schema",
    "Tables",
    "build",
    "differences",
    "rows",
]
