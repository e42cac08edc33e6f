"""Tables of what was answered."""

from __future__ import annotations

from auditkit.tables.schema import Column, Schema
from auditkit.tables.schemas.columns import CELL, FIELD, FILE, ID, QUESTION, VALUE, WHO

COVER = Schema(
    "an answer on the cover sheet of a file (of every file that could be read)",
    ("file", "field_id"),
    (FILE, ID, Column("outcome", "text", "of the file"), *FIELD, *VALUE, *CELL),
)

ANSWERS = Schema(
    "an answer cell that isn't blank, of accepted returns, by recipient and in the definition's order",
    ("recipient_id", "question_id", "field_id"),
    (
        *WHO,
        *QUESTION,
        *FIELD,
        *VALUE,
        FILE,
        *CELL,
        Column("unconfirmed", "yes or no", "Yes: carried over, and nobody has confirmed it: not usable"),
    ),
)

ACTIONS = Schema(
    "a question for which an action was typed",
    ("recipient_id", "question_id"),
    (
        *WHO,
        *QUESTION,
        Column("rating", "any", "the rating it goes with"),
        Column("action", "any", "the action"),
        Column("lead", "any", "who leads it"),
        Column("due", "any", "by when: a date, or what was typed instead"),
        Column("progress", "any", "how far it is"),
        Column("overdue", "text", "Yes or No; blank without a date"),
    ),
)

NOTES = Schema(
    "a text that somebody typed outside the answer cells of an accepted return",
    ("file", "sheet", "cell"),
    (
        *WHO,
        Column("question_id", "text", "question or cover field beside which it stands, if any"),
        Column("note", "text", "the text"),
        FILE,
        Column("sheet", "text", "sheet of the return"),
        Column("cell", "text", "cell of the return"),
    ),
)
