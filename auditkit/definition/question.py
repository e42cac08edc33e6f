"""What is asked: questions in sections, and whom they apply to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from auditkit.definition.conditions import hold
from auditkit.definition.events import Events
from auditkit.definition.field import Field
from auditkit.definition.measure import Measure
from auditkit.definition.roll_up import RollUp
from auditkit.definition.survey import AnswerType


@dataclass(frozen=True)
class Question:
    """One question. ``id`` is the reference that respondents see; it never changes between editions.

    With a ``measure`` it asks for a number, with an ``answer`` it is a question of a survey. In a pack, a
    ``shared`` question is answered once for everybody who is asked it. ``themes`` are ids. ``beside`` is the
    id of the standard, in another audit, that its answers are laid beside (:mod:`auditkit.triangulation`).
    """

    id: str
    text: str
    good: str = ""
    descriptors: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0
    applies_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    except_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    measure: Measure | None = None
    shared: bool = False
    answer: AnswerType | None = None
    themes: tuple[str, ...] = ()
    beside: str = ""


@dataclass(frozen=True)
class Section:
    """A standard: questions answered in the same response columns.

    ``responses`` is empty where the audit's own columns are used, else the whole list for this section. If
    all its questions have a measure it is a section of numbers: its columns are the number, whether it isn't
    collected, and then ``responses`` (a comment if there are none). If all have an ``answer``, or the section
    has one for those without, it is a section of a survey: its columns are the answer, what "other" is where
    that can be answered, and then ``responses``. With ``events`` it has no questions: it is a table whose
    columns are ``responses``. In a ``shared`` section every question is shared. Its ``themes`` are those
    of all its questions, besides their own.
    """

    id: str
    title: str
    questions: tuple[Question, ...] = ()
    intro: str = ""
    weight: float = 1.0
    responses: tuple[Field, ...] = ()
    roll_up: RollUp | None = None
    applies_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    except_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shared: bool = False
    events: Events | None = None
    answer: AnswerType | None = None
    themes: tuple[str, ...] = ()

    @cached_property
    def is_numbers(self) -> bool:
        """Whether it is a section of numbers."""
        return bool(self.questions) and all(question.measure for question in self.questions)

    @cached_property
    def is_survey(self) -> bool:
        """Whether it is a section of a survey."""
        return bool(self.questions) and all(map(self.answer_to, self.questions))

    def answer_to(self, question: Question) -> AnswerType | None:
        """Return how a question of a survey is answered: as it says, or as its section does."""
        return question.answer or self.answer


def applies(item: Section | Question, register_row: Mapping[str, str]) -> bool:
    """Tell whether a section or question applies to the recipient with this register row.

    Every column of ``applies_to`` must have one of its values, and no column of ``except_for`` may (see
    :mod:`auditkit.definition.conditions`).
    """
    return all(hold(item.applies_to, register_row)) and not any(hold(item.except_for, register_row))
