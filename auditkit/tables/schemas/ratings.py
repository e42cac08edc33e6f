"""Tables of ratings, and of what they come to."""

from __future__ import annotations

from auditkit.tables.schema import Column, Schema
from auditkit.tables.schemas.columns import ID, QUESTION, SECTION

RATINGS = Schema(
    "a recipient and a rated question, whether it was asked and answered or not",
    ("recipient_id", "question_id"),
    (
        ID,
        *SECTION[:1],
        Column("question_id", "text", "id of the question"),
        Column("asked", "yes or no", "whether the question applies to the recipient"),
        Column("shown", "any", "what the master shows: the rating, what was typed instead, or “not asked”"),
        Column("value", "any", "the usable rating: text of a point, or a number"),
        Column("point", "text", "id of the point"),
        Column("score", "number", "what it is worth", "points of its scale"),
    ),
)

RESULTS = Schema(
    "a recipient and a rated section asked of it, or the whole (section id “:overall”)",
    ("recipient_id", "section_id"),
    (
        ID,
        *SECTION,
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
)

QUESTIONS = Schema(
    "a rated question, in the order of the definition",
    ("question_id",),
    (
        Column("number", "number", "place in the definition, from 1"),
        *QUESTION,
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
)
