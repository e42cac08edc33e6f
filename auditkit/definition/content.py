"""What the checks of a return's content go by: thresholds and words, as data.

The same class serves twice: auditkit's own file of words fills all of it, and the ``checks`` of a definition
hold what this audit does differently.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# The findings that an audit can do without.
ContentCode = Literal[
    "action-overdue",
    "child-details",
    "contact-details",
    "embedded-files",
    "formula-typed",
    "hidden-answers",
    "must-be-collected",
    "no-events",
    "number-and-not-collected",
    "numbers-too-early",
    "only-examples",
    "part-above-whole",
    "person-named",
    "placeholder-given",
    "rating-contradicted",
    "ratio-differs",
    "same-text",
    "same-text-again",
    "same-text-elsewhere",
    "sign-off-early",
    "sign-off-in-future",
    "sum-differs",
    "text-outside",
    "thin-evidence",
    "wording-altered",
]


@dataclass(frozen=True)
class Subset:
    """A number that can't be larger than another: ``part`` is among ``whole``.

    Each is the id of a response column (both are then looked at in the same row), or a question's id, a dot
    and the id of a column.
    """

    part: str
    whole: str
    message: str = ""


@dataclass(frozen=True)
class Content:
    """What the checks of free text, dates and numbers go by.

    A number replaces the one that auditkit comes with; words and phrases are added to those it comes with.
    ``names`` says whether names of persons are looked for; if it is None, they are in an audit of cases.
    """

    off: tuple[ContentCode, ...] = ()
    thin_words: int | None = None
    pointer_words: int | None = None
    same_boxes: int | None = None
    same_percent: float | None = None
    shared_texts: int | None = None
    shared_percent: float | None = None
    shared_words: int | None = None
    repeated_texts: int | None = None
    repeated_percent: float | None = None
    placeholders: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    contrary: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    names: bool | None = None
    titles: tuple[str, ...] = ()
    introductions: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    subsets: tuple[Subset, ...] = ()
