"""What each table holds: its key and its columns, with their types and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# How a column of type "yes or no" says it.
YES, NO = "Yes", "No"

ColumnType = Literal["text", "number", "date", "date and time", "yes or no", "any"]


@dataclass(frozen=True)
class Column:
    """One column. ``any`` is an answer's own type: text, number or date. Blanks are None in every type."""

    name: str
    type: ColumnType
    what: str
    unit: str = ""


@dataclass(frozen=True)
class Schema:
    """One table: what a row is, the columns that no two rows share the values of, and all columns."""

    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]


_ID = Column("recipient_id", "text", "id in the register")
_WHO = (
    _ID,
    Column("recipient", "text", "name in the register"),
    Column("group", "text", "group in the register"),
)
_FILE = Column("file", "text", "path of the return below the returns folder")
_SECTION = (Column("section_id", "text", "id of the section"), Column("section", "text", "its title"))
_QUESTION = (
    *_SECTION,
    Column("question_id", "text", "id of the question"),
    Column("question", "text", "the question"),
)
_FIELD = (
    Column("field_id", "text", "id of the field"),
    Column("field", "text", "its label, as in the workbook"),
    Column("kind", "text", "kind of answer"),
    Column("role", "text", "what it means to outputs, if anything"),
)
_VALUE = (
    Column("value", "any", "the answer; as it was typed where that can't be used"),
    Column("usable", "yes or no", "No: typed but not understood, left out of every figure"),
)
_CELL = (
    Column("sheet", "text", "sheet of the return"),
    Column("cell", "text", "cell of the return"),
)
_MEASURE = (
    *_QUESTION,
    Column("unit", "text", "what is counted or measured"),
    Column("period", "text", "for when"),
)

SCHEMAS: dict[str, Schema] = {
    "recipients": Schema(
        "a recipient, in the order of the register",
        ("recipient_id",),
        (
            *_WHO,
            Column("sector", "text", "sector in the register"),
            Column("contact", "text", "contact name"),
            Column("email", "text", "email address"),
            Column("issued", "date", "when a workbook was issued to it"),
            Column("standing", "text", "returned, partly, nil return, not returned or closed"),
            Column("completed", "number", "share of what was asked that is filled in", "fraction"),
            Column("file", "text", "the accepted return"),
            Column("waiting", "number", "files of this recipient that are held or rejected", "files"),
        ),
    ),
    "returns": Schema(
        "a file of the returns folder, or a recipient's part of a pack, by recipient and name",
        ("file",),
        (
            _FILE,
            *_WHO,
            Column("outcome", "text", "accepted, superseded, held, rejected, passed over or progress"),
            Column("completed", "number", "share of what was asked that is filled in", "fraction"),
            Column("author", "text", "who filled it in"),
            Column("signed_by", "text", "who signed it off"),
            Column("signed_on", "any", "when"),
            Column("saved", "date and time", "when the workbook says it was saved, else when it came", "UTC"),
            Column("queries", "number", "findings that somebody should look at, or decide on", "findings"),
            Column("notes", "number", "findings just to know", "findings"),
            Column("findings", "text", "titles of its findings, with how often"),
            Column("sha256", "text", "SHA-256 of the file", "hex"),
            Column("cells", "number", "filled answer cells, counted as the file came in", "cells"),
            Column("pack", "text", "path of the pack that it came in, if it did"),
        ),
    ),
    "cover": Schema(
        "an answer on the cover sheet of a file (of every file that could be read)",
        ("file", "field_id"),
        (_FILE, _ID, Column("outcome", "text", "of the file"), *_FIELD, *_VALUE, *_CELL),
    ),
    "answers": Schema(
        "an answer cell that isn't blank, of accepted returns, by recipient and in the definition's order",
        ("recipient_id", "question_id", "field_id"),
        (
            *_WHO,
            *_QUESTION,
            *_FIELD,
            *_VALUE,
            _FILE,
            *_CELL,
            Column("unconfirmed", "yes or no", "Yes: carried over, and nobody has confirmed it: not usable"),
        ),
    ),
    "ratings": Schema(
        "a recipient and a rated question, whether it was asked and answered or not",
        ("recipient_id", "question_id"),
        (
            _ID,
            *_SECTION[:1],
            Column("question_id", "text", "id of the question"),
            Column("asked", "yes or no", "whether the question applies to the recipient"),
            Column(
                "shown", "any", "what the master shows: the rating, what was typed instead, or “not asked”"
            ),
            Column("value", "any", "the usable rating: text of a point, or a number"),
            Column("point", "text", "id of the point"),
            Column("score", "number", "what it is worth", "points of its scale"),
        ),
    ),
    "results": Schema(
        "a recipient and a rated section asked of it, or the whole (section id “:overall”)",
        ("recipient_id", "section_id"),
        (
            _ID,
            *_SECTION,
            Column(
                "score", "number", "the figure worked out by the rule", "points or per cent, as the rule says"
            ),
            Column("point", "text", "id of the point; blank when there was nothing to rate"),
            Column("text", "text", "the point as it is shown"),
            Column("asked", "number", "questions asked", "questions"),
            Column("answered", "number", "of them rated, N/A included", "questions"),
            Column("not_applicable", "number", "of them N/A", "questions"),
            Column("unscored", "number", "of them at a point without a score", "questions"),
        ),
    ),
    "questions": Schema(
        "a rated question, in the order of the definition",
        ("question_id",),
        (
            Column("number", "number", "place in the definition, from 1"),
            *_QUESTION,
            Column("scale", "text", "id of its scale"),
            Column("weight", "number", "weight in its section"),
            Column("weight_overall", "number", "weight in the overall rating"),
            Column("asked", "number", "recipients asked", "recipients"),
            Column("rated", "number", "ratings that count", "recipients"),
            Column("best", "number", "share of them at the best point", "fraction"),
            Column("worst", "number", "share of them at the worst point", "fraction"),
            Column("strength", "number", "mean place between the worst point and the best", "0 to 100"),
            Column("rank", "number", "1 for the weakest question; blank if nobody rated it"),
        ),
    ),
    "actions": Schema(
        "a question for which an action was typed",
        ("recipient_id", "question_id"),
        (
            *_WHO,
            *_QUESTION,
            Column("rating", "any", "the rating it goes with"),
            Column("action", "any", "the action"),
            Column("lead", "any", "who leads it"),
            Column("due", "any", "by when: a date, or what was typed instead"),
            Column("progress", "any", "how far it is"),
            Column("overdue", "text", "Yes or No; blank without a date"),
        ),
    ),
    "progress": Schema(
        "a recipient whose return counts and a section asked of it, or the whole (section id “:overall”), if "
        "progress was returned in the round",
        ("recipient_id", "section_id"),
        (
            *_WHO,
            *_SECTION,
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
            Column(
                "promised_start", "number", "questions whose evidence was only promised then", "questions"
            ),
            Column("promised_now", "number", "the same now", "questions"),
            Column("changes", "number", "answers that progress returns changed", "changes"),
            Column("last_change", "date and time", "when the last of them was made", "UTC"),
        ),
    ),
    "trail": Schema(
        "a change that a progress return made, as recorded; none is ever taken out",
        ("number",),
        (
            Column("number", "number", "place in the trail, from 1"),
            Column("recorded", "date and time", "when auditkit recorded it", "UTC"),
            Column("made", "date and time", "when the return was saved, else when it came", "UTC"),
            Column("who", "text", "who filled the return in, by its cover"),
            *_WHO,
            *_QUESTION,
            *_FIELD[:2],
            Column("old", "any", "what it was; blank if nothing"),
            Column("new", "any", "what it became"),
            _FILE,
            Column("sha256", "text", "SHA-256 of the file", "hex"),
            Column("counts", "yes or no", "No: that file isn't among the returns any more, or doesn't count"),
        ),
    ),
    "numbers": Schema(
        "a recipient and a number of a section of numbers, whether it was asked for and given or not",
        ("recipient_id", "question_id"),
        (
            *_WHO,
            *_MEASURE,
            Column(
                "status",
                "text",
                "given, not collected, not usable, blank, nil return, not returned, closed or not asked",
            ),
            Column("value", "any", "the number, a percentage as 85, or the date; blank unless it is given"),
            Column("typed", "text", "what was typed"),
            Column("comment", "text", "what else was typed in its row"),
            Column("small", "yes or no", "Yes: a count so small that it isn't to be published"),
            _FILE,
            *_CELL,
        ),
    ),
    "totals": Schema(
        "a number over everyone, or over the recipients with one value of a column of the register",
        ("question_id", "by", "of"),
        (
            *_MEASURE,
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
    ),
    "events": Schema(
        "a row of a table of events, in the order of the return",
        ("recipient_id", "section_id", "row_key"),
        (
            *_WHO,
            *_SECTION,
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
            _FILE,
            Column("sheet", "text", "sheet of the return"),
            Column("row", "number", "row of that sheet"),
            Column("cells", "text", "its filled cells"),
        ),
    ),
    "findings": Schema(
        "a finding, the gravest first",
        (),
        (
            _FILE,
            *_WHO,
            Column("code", "text", "key of the catalogue of findings"),
            Column("severity", "text", "rejected, held, query or note"),
            Column("sheet", "text", "sheet of the return"),
            Column("cell", "text", "cell of the return"),
            Column("question", "text", "question id, or label of a cover field"),
            Column("value", "text", "what was typed, cut to a showable length"),
            Column("title", "text", "the finding in a few words"),
            Column("what", "text", "what is wrong"),
            Column("do", "text", "what to do"),
        ),
    ),
    "notes": Schema(
        "a text that somebody typed outside the answer cells of an accepted return",
        ("file", "sheet", "cell"),
        (
            *_WHO,
            Column("question_id", "text", "question or cover field beside which it stands, if any"),
            Column("note", "text", "the text"),
            _FILE,
            Column("sheet", "text", "sheet of the return"),
            Column("cell", "text", "cell of the return"),
        ),
    ),
    "changes": Schema(
        "an answer that a later return changed, or that changed since the last run in which anything did",
        (),
        (
            Column(
                "since", "text", "what it is compared with: an earlier return, or the run of that time (UTC)"
            ),
            Column("change", "text", "changed, added, removed, new return or withdrawn"),
            *_WHO,
            *_QUESTION,
            *_FIELD[:2],
            Column("old", "any", "the answer before; long texts of an earlier run are cut"),
            Column("new", "any", "the answer now"),
            Column("old_file", "text", "the return in which the old answer stands"),
            Column("new_file", "text", "the return in which the new answer stands"),
        ),
    ),
}
