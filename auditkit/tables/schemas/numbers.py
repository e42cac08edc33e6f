"""Tables of numbers."""

from __future__ import annotations

from auditkit.tables.schema import Column, Schema
from auditkit.tables.schemas.columns import CELL, FILE, MEASURE, WHO

NUMBERS = Schema(
    "a recipient and a number of a section of numbers, whether it was asked for and given or not",
    ("recipient_id", "question_id"),
    (
        *WHO,
        *MEASURE,
        Column(
            "status",
            "text",
            "given, not collected, not usable, blank, nil return, not returned, closed or not asked",
        ),
        Column("value", "any", "the number, a percentage as 85, or the date; blank unless it is given"),
        Column("typed", "text", "what was typed"),
        Column("comment", "text", "what else was typed in its row"),
        Column("small", "yes or no", "Yes: a count so small that it isn't to be published"),
        FILE,
        *CELL,
    ),
)

TOTALS = Schema(
    "a number over everyone, or over the recipients with one value of a column of the register",
    ("question_id", "by", "of"),
    (
        *MEASURE,
        Column("by", "text", "column of the register; blank for everyone"),
        Column("of", "text", "value of that column"),
        Column("total", "number", "sum over those who gave it; blank for percentages, ratios and dates"),
        Column("given", "number", "recipients who gave it", "recipients"),
        Column("missing", "number", "recipients asked who didn't, for whatever reason", "recipients"),
        Column("asked", "number", "recipients asked", "recipients"),
        Column("not_collected", "number", "of them: not collected", "recipients"),
        Column("not_usable", "number", "of them: typed, but not understood", "recipients"),
        Column("blank", "number", "of them: left blank", "recipients"),
        Column("nil_return", "number", "of them: a nil return", "recipients"),
        Column("not_returned", "number", "of them: nothing returned", "recipients"),
        Column("rate", "number", "ratios: sum of the one number divided by the sum of the other"),
        Column("both", "number", "recipients who gave both numbers of the ratio", "recipients"),
        Column("lowest", "any", "the lowest number, or the earliest date"),
        Column("highest", "any", "the highest number, or the latest date"),
        Column(
            "small",
            "yes or no",
            "Yes: a count so small that it isn't to be published, or one from which such a count could "
            "be worked out",
        ),
    ),
)
