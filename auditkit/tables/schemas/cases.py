"""Tables of audits of cases, and of themes: by case, by agency, by theme. Empty where there are none."""

from __future__ import annotations

from auditkit.tables.schema import Column, Schema
from auditkit.tables.schemas.columns import CELL, FILE, QUESTION, SECTION

CASE = Column("case", "text", "the case, as in the register")
AGENCY = Column("agency", "text", "the agency, or the meeting, as in the register")
STANDINGS = (
    Column("returned", "number", "of them: returned, nil returns included", "workbooks"),
    Column("partly", "number", "of them: returned in part", "workbooks"),
    Column("not_returned", "number", "of them: nothing returned", "workbooks"),
)
RATED = (
    Column("asked", "number", "how often it was asked: questions × recipients", "answers"),
    Column("answered", "number", "of them: rated, N/A included", "answers"),
    Column("not_applicable", "number", "of those: N/A", "answers"),
    Column("rated", "number", "of those: ratings that count", "answers"),
)
STRENGTH = Column("strength", "number", "mean place between the worst point and the best", "0 to 100")
CHANGE = Column("change", "text", "better, worse or same; blank where it can't be told")

CASES = Schema(
    "a case, in the order of the register",
    ("case",),
    (
        CASE,
        Column("asked", "number", "agencies on it, the meeting apart", "workbooks"),
        *STANDINGS,
        Column(
            "closed", "number", "besides: agencies that closed or came off it, and sent nothing", "workbooks"
        ),
        Column("graded", "number", "agencies with a grade", "agencies"),
        Column("moderated", "number", "of them: moderated", "agencies"),
        Column("meeting", "text", "standing of the meeting's workbook, or “not on this case”"),
        Column("point", "text", "id of the point of the meeting's judgement"),
        Column("judgement", "text", "the meeting's judgement, as it is shown"),
        Column("then_round", "text", "the earlier round that it is compared with, if the case was in one"),
        Column("then", "text", "the judgement then"),
        CHANGE,
    ),
)

CASE_GRADES = Schema(
    "a case and an agency of the round, or the meeting, whether it is on that case or not",
    ("case", "agency"),
    (
        CASE,
        AGENCY,
        Column("is_meeting", "yes or no", "whether it is the multi-agency meeting"),
        Column("recipient_id", "text", "id in the register; blank if it isn't on this case"),
        Column("standing", "text", "standing of its workbook, or “not on this case”"),
        Column("self_grade", "text", "the overall rating by its own answers"),
        Column("moderated", "yes or no", "whether a moderated rating was given"),
        Column("point", "text", "id of the point of the grade"),
        Column("grade", "text", "the grade that stands: moderated if it was, else its own"),
        Column("difference", "number", "points of the scale by which it is better than the meeting's"),
        Column(
            "then_round", "text", "the earlier round that it is compared with, if it was on this case then"
        ),
        Column("then", "text", "the grade then"),
        CHANGE,
    ),
)

AGENCY_RESULTS = Schema(
    "an agency and a rated section over all its cases, or the whole (section id “:overall”)",
    ("agency", "section_id"),
    (
        AGENCY,
        *SECTION,
        Column("cases", "number", "cases on which it was asked", "cases"),
        *STANDINGS,
        *RATED,
        Column(
            "score",
            "number",
            "the figure by the audit's rule, of a section's ratings; of the grades of cases for the whole",
            "points or per cent, as the rule says",
        ),
        Column("point", "text", "id of the point that the rule makes of it, caps apart"),
        Column("text", "text", "that point as it is shown"),
        STRENGTH,
    ),
)

THEME = (
    Column("theme_id", "text", "id of the theme; blank if events name one that the audit hasn't"),
    Column("theme", "text", "its title, or what was typed"),
)
THEME_KEY = ("theme_id", "theme", "question_id", "agency")
PART = (
    *THEME,
    Column("question_id", "text", "id of a question that has it; blank for all of them"),
    Column("question", "text", "the question"),
    Column("agency", "text", "agency, or the group in an audit without cases; blank for all"),
)

THEMES = Schema(
    "a theme over its questions or one of them, for everybody or one agency",
    THEME_KEY,
    (
        *PART,
        *RATED,
        Column("blank", "number", "returned, but not rated in a way that can be used", "answers"),
        Column("not_returned", "number", "asked of those of whom nothing counts", "answers"),
        STRENGTH,
        Column("events", "number", "events that name it; blank for a question", "events"),
        Column("then_round", "text", "the earlier round that it is compared with, if it asked this"),
        Column("then_rated", "number", "ratings that counted then", "answers"),
        Column("then_strength", "number", "mean place between worst and best then", "0 to 100"),
        CHANGE,
    ),
)

THEME_GRADES = Schema(
    "how often a point was given, for each row of themes and each point that its questions can have",
    (*THEME_KEY, "point_text"),
    (
        *PART,
        Column("point", "text", "id of the point"),
        Column("point_text", "text", "the point as it is shown"),
        Column("given", "number", "how often it was given", "answers"),
        Column("answered", "number", "of how many answers", "answers"),
    ),
)

LEARNING = Schema(
    "a text of what was found or done well, by the role of its column",
    ("recipient_id", "question_id", "kind"),
    (
        Column("kind", "text", "single-agency finding, multi-agency finding or good practice"),
        CASE,
        Column("agency", "text", "the agency, the meeting, or the recipient in an audit without cases"),
        Column("recipient_id", "text", "id in the register"),
        Column("themes", "text", "titles of the themes that were named beside it, else of its question"),
        *QUESTION,
        Column("text", "text", "the text"),
        FILE,
        *CELL,
    ),
)
