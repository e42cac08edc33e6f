"""Tables of progress through the year."""

from __future__ import annotations

from auditkit.tables.schema import Column, Schema
from auditkit.tables.schemas.columns import FIELD, FILE, QUESTION, SECTION, WHO

PROGRESS = Schema(
    "a recipient whose return counts and a section asked of it, or the whole (section id “:overall”), if "
    "progress was returned in the round",
    ("recipient_id", "section_id"),
    (
        *WHO,
        *SECTION,
        Column("rating_start", "text", "the rating by the audit's return"),
        Column("rating_now", "text", "the rating now"),
        Column("score_start", "number", "the figure then", "points or per cent, as the rule says"),
        Column("score_now", "number", "the figure now", "points or per cent, as the rule says"),
        Column("change", "text", "better, worse or same"),
        Column("to_do_start", "number", "questions that weren't done then, by their scale", "questions"),
        Column("to_do_now", "number", "the same now", "questions"),
        Column("open_start", "number", "actions that were open then", "actions"),
        Column("open_now", "number", "actions that are open now", "actions"),
        Column("done", "number", "actions that are finished", "actions"),
        Column("withdrawn", "number", "actions that were withdrawn", "actions"),
        Column("overdue", "number", "open actions whose date has passed", "actions"),
        Column("promised_start", "number", "questions whose evidence was only promised then", "questions"),
        Column("promised_now", "number", "the same now", "questions"),
        Column("changes", "number", "answers that progress returns changed", "changes"),
        Column("last_change", "date and time", "when the last of them was made", "UTC"),
    ),
)

TRAIL = Schema(
    "a change that a progress return made, as recorded; none is ever taken out",
    ("number",),
    (
        Column("number", "number", "place in the trail, from 1"),
        Column("recorded", "date and time", "when auditkit recorded it", "UTC"),
        Column("made", "date and time", "when the return was saved, else when it came", "UTC"),
        Column("who", "text", "who filled the return in, by its cover"),
        *WHO,
        *QUESTION,
        *FIELD[:2],
        Column("old", "any", "what it was; blank if nothing"),
        Column("new", "any", "what it became"),
        FILE,
        Column("sha256", "text", "SHA-256 of the file", "hex"),
        Column("counts", "yes or no", "No: that file isn't among the returns any more, or doesn't count"),
    ),
)
