"""What is laid side by side. A *place* is where an answer stands between the worst (0) and the best (100)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auditkit.definition.scale import Scale

# A figure's agency and standard, by their ids.
Key = tuple[str, str]


@dataclass(frozen=True)
class SelfRating:
    """How an agency rates itself in a standard.

    ``text`` is its rating as the master shows it, ``standing`` that of its return. ``place`` is the mean over
    ``rated`` of the ``asked`` questions; over all agencies, of agencies.
    """

    place: float | None
    rated: int
    asked: int
    text: str = ""
    standing: str = ""


@dataclass(frozen=True)
class Practice:
    """What practitioners answered to the questions of a standard.

    ``place`` is the mean over ``answers`` of the ``asked``, and may be off by ``margin``, since small counts
    are hidden. ``favourable`` is the least and the most that the share of favourable answers can be.
    ``people`` is how many answered the question that most answered. ``questions`` of the ``declared`` ones
    are in these figures: of the others too few answered.
    """

    place: float | None
    margin: float
    favourable: tuple[float, float] | None
    people: int
    answers: int
    asked: int
    questions: int
    declared: int


@dataclass(frozen=True)
class Grades:
    """How the work of an agency on cases was graded: each grade with how often, best first.

    ``place`` is the mean over ``grades`` of the ``asked``; ``cases`` is how many cases these are of.
    """

    place: float | None
    counts: tuple[tuple[str, int], ...]
    grades: int
    asked: int
    cases: int


@dataclass(frozen=True)
class Line:
    """A standard of one agency, or of all where ``agency`` is blank.

    ``difference`` is the self rating's place less that of practitioners, ``cases_difference`` less that of
    cases. ``rank`` is 1 for the largest difference; where there is none ``remark`` says why.
    """

    agency: str
    standard: str
    self_rating: SelfRating
    practice: Practice | None = None
    grades: Grades | None = None
    difference: float | None = None
    cases_difference: float | None = None
    rank: int | None = None
    remark: str = ""

    @property
    def at_least(self) -> float | None:
        """How large the difference is at least, whatever hidden answers are."""
        if self.difference is None or self.practice is None:
            return None
        return max(0.0, abs(self.difference) - self.practice.margin)


@dataclass(frozen=True)
class Unmatched:
    """Something of one round that nothing in another goes with: what it is, its name, why, and what to do."""

    what: str
    name: str
    where: str
    why: str


@dataclass(frozen=True)
class Source:
    """A round that was read: what it is here, and when its tables were written."""

    what: str
    title: str
    folder: Path
    edition: str
    collated: dt.datetime
    recipients: int
    replied: int


@dataclass(frozen=True)
class Triangulation:
    """All of it: by agency and standard, the ranked first, and by standard over all agencies.

    ``agencies`` and ``standards`` are the names of both by id. ``by`` is what survey answers were counted
    by, ``small`` as in the survey. ``least`` is how many must have answered for a difference to be ranked.
    """

    lines: tuple[Line, ...]
    overall: tuple[Line, ...]
    unmatched: tuple[Unmatched, ...]
    sources: tuple[Source, ...]
    agencies: Mapping[str, str]
    standards: Mapping[str, str]
    scales: tuple[Scale, ...] = field(default=(), repr=False)
    by: str = ""
    small: int | None = None
    least: int = 0
