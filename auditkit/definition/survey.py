"""What a question of a survey may be answered with, and what an audit does with its survey.

A question with several choices is asked as one row for each of them (:mod:`auditkit.definition.asked`): a
spreadsheet without macros has no list from which several things can be chosen in one cell. Each row is a
question of its own, of the same kind, with one choice, so that whatever reads and counts answers knows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from auditkit.definition.field import Field, Rule

# The columns of a section of survey questions: the answer, and what "other" is.
ANSWER, OTHER = "answer", "other"
# The kind of a question that takes several choices, and what stands between its id and a choice's number.
SEVERAL, CHOICE_MARK = "several", "/"
# Between a question and one of its choices, where both stand in one line.
DASH = " – "


@dataclass(frozen=True)
class AnswerType:
    """How a question of a survey is answered.

    ``other`` is the choice that is to be explained in words, ``not_applicable`` the one that takes whoever
    gives it out of every percentage. ``favourable`` are the choices, at one end of the list, that speak well
    of what is asked: so it is known which end is the best.
    """

    kind: str = "choice"
    choices: tuple[str, ...] = ()
    other: str = ""
    not_applicable: str = ""
    required: bool = True
    minimum: float | dt.date | None = None
    maximum: float | dt.date | None = None
    favourable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survey:
    """What an audit does with its survey questions.

    ``by`` names columns of the register, or questions with one choice: answers are also counted for each
    value of these. Counts below ``small`` (but not nought) aren't shown. An ``anonymous`` survey goes to
    tokens and not to recipients (:mod:`auditkit.veil`).
    """

    by: tuple[str, ...] = ("group",)
    small: int | None = None
    anonymous: bool = False


def choice_key(question_id: str, number: int) -> str:
    """Return the key of the row of a choice; ``number`` counts from 1."""
    return f"{question_id}{CHOICE_MARK}{number}"


def whole(key: str) -> str:
    """Return the id of the question that a row belongs to: its own, or that of which it is a choice."""
    return key.partition(CHOICE_MARK)[0]


def is_first(key: str) -> bool:
    """Tell whether a row is where its question begins."""
    return key.partition(CHOICE_MARK)[2] in ("", "1")


# What stands in the columns of a section of a survey, whatever the question; and in that of "other".
TYPED = Field(ANSWER, "Your answer", "text", noun="an answer", width=34.0)
WORDS = Field(
    OTHER,
    "If other, please say",
    "text",
    help="Only where your answer is the one that asks for a few words.",
    noun="a few words on what it is",
    width=30.0,
)


def columns_for(answers: Iterable[AnswerType | None], responses: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the columns of a section of a survey, ``responses`` last."""
    is_other = any(answer is not None and answer.other for answer in answers)
    return (TYPED, *((WORDS,) if is_other else ()), *responses)


def answer_field(answer: AnswerType) -> Field:
    """Return the field in which a question of a survey is answered."""
    return replace(
        TYPED,
        kind=answer.kind,
        required=answer.required and answer.kind != SEVERAL,
        choices=answer.choices,
        minimum=answer.minimum,
        maximum=answer.maximum,
    )


def other_needs_words(question_id: str, answer: AnswerType) -> tuple[Rule, ...]:
    """Return the rule that "other" is explained; none where that can't be answered."""
    if not answer.other or answer.other not in answer.choices:
        return ()
    message = f"“{answer.other}” needs a few words on what it is."
    return (Rule(f":{question_id}", {ANSWER: (answer.other,)}, (OTHER,), message),)
