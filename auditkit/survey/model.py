"""What a survey was answered: counts with what they are a share of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from auditkit.definition.survey import SEVERAL, AnswerType


@dataclass(frozen=True)
class Asked:
    """One question as it was asked, its choices put together again. ``title`` is that of its section.

    ``in_matrix`` tells whether it shares its choices with the other questions of its section.
    """

    id: str
    text: str
    section_id: str
    title: str
    answer: AnswerType
    in_matrix: bool = False

    @property
    def is_several(self) -> bool:
        """Whether several choices can be given together, so that percentages come to more than 100."""
        return self.answer.kind == SEVERAL


@dataclass(frozen=True)
class Base:
    """Who a question was put to, of those who replied, and what became of it; counts of recipients.

    ``answered`` is what percentages are of. ``unusable`` wrote something that isn't understood.
    """

    asked: int
    answered: int
    not_applicable: int
    unusable: int

    @property
    def blank(self) -> int:
        """How many left it empty."""
        return self.asked - self.answered - self.not_applicable - self.unusable


@dataclass(frozen=True)
class Count:
    """How many gave an answer; None if that is too few to be shown."""

    answer: str
    count: int | None
    of: int

    @property
    def share(self) -> float | None:
        """The share of those who answered, from 0 to 1; None if it isn't shown or nobody answered."""
        return None if self.count is None or not self.of else self.count / self.of


@dataclass(frozen=True)
class Part:
    """The answers of some: of those in one group, say. ``base`` is None if they are too few to be shown."""

    name: str
    base: Base | None
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Cross:
    """A question by something else: a part for each of its values. ``by`` is what people call that."""

    by: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Numbers:
    """The numbers that were given. The ends are None where they would show what one recipient said."""

    median: float
    mean: float
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class Result:
    """One question with all that was answered.

    ``texts`` are the answers in words, ``others`` what "other" was, in the order of the alphabet, which says
    nothing of who wrote them; ``unlisted`` how many aren't listed, since they are too few.
    """

    asked: Asked
    base: Base
    counts: tuple[Count, ...] = ()
    others: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    unlisted: bool = False
    numbers: Numbers | None = None
    crosses: tuple[Cross, ...] = ()


@dataclass(frozen=True)
class Report:
    """A survey as it was answered. ``asked`` and ``replied`` count recipients, ``small`` is as in Survey."""

    title: str
    partnership: str
    edition: str
    as_at: dt.date
    asked: int
    replied: int
    small: int | None
    results: tuple[Result, ...]

    @property
    def sections(self) -> tuple[tuple[str, tuple[Result, ...]], ...]:
        """The results of each section, by its title."""
        found: dict[str, list[Result]] = {}
        for result in self.results:
            found.setdefault(result.asked.title, []).append(result)
        return tuple((title, tuple(results)) for title, results in found.items())
