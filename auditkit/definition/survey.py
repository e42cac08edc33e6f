"""What a question of a survey may be answered with, and what an audit does with its survey.

A question with several choices is asked as one row for each of them (:mod:`auditkit.definition.asked`): a
spreadsheet without macros has no list from which several things can be chosen in one cell. Each row is a
question of its own, of the same kind, with one choice, so that whatever reads and counts answers knows it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
    gives it out of every percentage.
    """

    kind: str = "choice"
    choices: tuple[str, ...] = ()
    other: str = ""
    not_applicable: str = ""
    required: bool = True
    minimum: float | dt.date | None = None
    maximum: float | dt.date | None = None


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
