"""What a check of a return's content looks at, and the shape of a check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from auditkit.definition.model import Audit, Field, Question, Section, field_with_role
from auditkit.definition.wording import listed
from auditkit.fields.plain import as_text
from auditkit.returns.model import Answer, Finding
from auditkit.returns.words import Words
from auditkit.workbook.layout import COVER

if TYPE_CHECKING:
    from auditkit.returns.extract import Extracted

X = TypeVar("X")

# How many places or questions a finding lists before it only counts the rest.
LISTED = 12


@dataclass(frozen=True)
class Circumstances:
    """What is known of a return besides its answers; without it, the checks that need it are left out.

    ``issued`` is the day on which the recipient's workbook was first issued, ``carried`` what was carried
    over into it (:mod:`auditkit.returns.confirmed`). ``embedded`` names what was put into the file that is no
    text.
    """

    issued: dt.date | None = None
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    embedded: tuple[str, ...] = ()
    epoch_1904: bool = False


@dataclass(frozen=True)
class Row:
    """A question that was answered at all, with its answers by field id."""

    section: Section
    question: Question
    answers: dict[str, Answer]


@dataclass(frozen=True)
class Seen:
    """A return with its answers parsed."""

    file: str
    audit: Audit
    words: Words
    answers: tuple[Answer, ...]
    extracted: Extracted
    known: Circumstances

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The questions that were answered at all, in the order of the audit."""
        by_row: dict[tuple[str, str], dict[str, Answer]] = {}
        for a in self.answers:
            by_row.setdefault((a.block, a.row_key), {})[a.column_key] = a
        return tuple(
            Row(section, question, by_row[section.id, question.id])
            for section in self.audit.sections
            for question in section.questions
            if (section.id, question.id) in by_row
        )

    def answered(self, role: str) -> Iterator[tuple[Row, Answer]]:
        """Yield each answer in the response column that plays ``role``."""
        sections = {s.id: field_with_role(self.audit.responses_of(s), role) for s in self.audit.sections}
        for row in self.rows:
            field = sections[row.section.id]
            if field is not None and field.id in row.answers:
                yield row, row.answers[field.id]

    def cover(self, role: str) -> Answer | None:
        """Return the answer on the cover that plays ``role``, None if it wasn't given."""
        return next((a for a in self.answers if a.block == COVER and a.field.role == role), None)


class Check(Protocol):
    """The names that each module of a check defines."""

    @property
    def CODES(self) -> tuple[str, ...]:  # noqa: N802
        """The findings that it can give."""

    def find(self, seen: Seen) -> Iterator[Finding]:
        """Yield what is the matter: one finding of a code for a return, which lists the cells."""


def text_of(answer: Answer) -> str:
    """Return what a person sees in the cell."""
    return as_text(answer.typed)


def is_free_text(field: Field) -> bool:
    """Tell whether anything may be typed in a field, so that its words can be looked at."""
    return field.kind == "text"


def about(code: str, seen: Seen, answers: Iterable[Answer], **data: str) -> Finding:
    """Return one finding about several answers: it stands at the first and lists all their questions.

    Args:
        code: A code of the catalogue whose sentences may name ``count``, ``questions`` and ``places``.
        seen: The return.
        answers: One or more answers.
        data: What else its sentences name.
    """
    found = list(answers)
    first = found[0]
    names = list(dict.fromkeys([named(answer) for answer in found]))
    filled = {
        "count": str(len(names)),
        "questions": some(names),
        "places": some([(a.sheet, a.cell) for a in found], " ".join),
        **data,
    }
    name = names[0] if len(names) == 1 else ""
    return Finding(code, seen.file, first.sheet, first.cell, name, data=tuple(filled.items()))


def named(answer: Answer) -> str:
    """Return how findings name an answer's row: the question's id, or the label of a cover field."""
    return answer.field.label if answer.block == COVER else answer.row_key


def some(items: Sequence[X], word: Callable[[X], str] = str) -> str:
    """Return a list as words; of a long one its beginning, and how many more there are.

    Args:
        items: What to list.
        word: What to call each.
    """
    words = [word(item) for item in items[:LISTED]]
    if len(items) <= LISTED:
        return listed(words, "and")
    return f"{', '.join(words)} and {len(items) - LISTED} more"
