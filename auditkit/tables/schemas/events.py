"""The table of events."""

from __future__ import annotations

from auditkit.tables.schema import Column, Schema
from auditkit.tables.schemas.columns import FILE, SECTION, WHO

EVENTS = Schema(
    "a row of a table of events, in the order of the return",
    ("recipient_id", "section_id", "row_key"),
    (
        *WHO,
        *SECTION,
        Column("row_key", "text", "reference of the row"),
        Column("date_typed", "text", "the date as it was typed"),
        Column("earliest", "date", "the first day that can be meant; blank if the date can't be used"),
        Column("latest", "date", "the last day that can be meant"),
        Column("at", "date", "the day at which it stands among others"),
        Column("exact", "yes or no", "whether the day is known"),
        Column("time", "text", "time of day, as 14:30"),
        Column("until_typed", "text", "the date on which it ended, as it was typed"),
        Column("until", "date", "the last day that can be meant by it"),
        Column("until_time", "text", "the time at which it ended"),
        Column("subject", "text", "whom it is about"),
        Column("source", "text", "the record that it stands in"),
        Column("event_type", "text", "what kind of event it is"),
        Column("event", "text", "what happened"),
        Column("action", "text", "what was done"),
        Column("no_action_reason", "text", "or why nothing was"),
        Column("child_seen", "text", "whether the child was seen"),
        Column("theme", "text", "what it is an example of"),
        Column("more", "text", "its other columns, each as “label: answer”"),
        FILE,
        Column("sheet", "text", "sheet of the return"),
        Column("row", "number", "row of that sheet"),
        Column("cells", "text", "its filled cells"),
    ),
)
