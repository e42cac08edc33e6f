"""What an audit definition is: frozen data, the same whichever form it was written in.

Scales, colours, thresholds, wording and applicability are values, never code. The readers
(:mod:`auditkit.definition.forms`) fill these classes and those that they are made of: ``scale``, ``field``,
``question``, ``events``, ``measure``, ``survey``, ``theme``, ``cases``, ``roll_up``, ``content`` and
``follows``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from auditkit.definition.cases import Cases
from auditkit.definition.content import Content
from auditkit.definition.field import Field, Rule, field_with_role
from auditkit.definition.follow_up import FollowUp
from auditkit.definition.follows import Follows
from auditkit.definition.measure import VALUE, Measures
from auditkit.definition.plan import Plan
from auditkit.definition.question import Question, Section, applies
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Scale
from auditkit.definition.survey import Survey, answer_field, columns_for, other_needs_words
from auditkit.definition.theme import Theme

__all__ = ["LATER", "Audit", "Field", "Question", "Rule", "Section", "applies", "field_with_role"]

# Settings that definitions haven't always had. Where one says nothing, digests leave it out, so that a newer
# auditkit knows the definitions that an older one issued.
LATER = (
    *("measure", "measures", "follows", "shared", "each", "repeated_texts", "repeated_percent", "done"),
    "events",
    "plans",
    "follow_up",
    "answer",
    "survey",
    "themes",
    "beside",
    "favourable",
    "cases",
    *("names", "titles", "introductions"),
)


@dataclass(frozen=True)
class Audit:
    """A whole audit definition. Load one with :func:`auditkit.definition.forms.load`."""

    id: str
    title: str
    edition: str
    scales: tuple[Scale, ...]
    responses: tuple[Field, ...]
    cover: tuple[Field, ...]
    sections: tuple[Section, ...]
    roll_up: RollUp | None = None
    overall: RollUp | None = None
    groups: tuple[str, ...] = ()
    guidance: str = ""
    purpose: str = ""
    instructions: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    cover_rules: tuple[Rule, ...] = ()
    checks: Content = field(default_factory=Content)
    follows: Follows | None = None
    measures: Measures | None = None
    follow_up: FollowUp | None = None
    plans: tuple[Plan, ...] = ()
    survey: Survey | None = None
    themes: tuple[Theme, ...] = ()
    cases: Cases | None = None

    def scale(self, scale_id: str) -> Scale:
        """Return the scale with this id; KeyError if there is none."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise KeyError(scale_id)

    def responses_of(self, section: Section) -> tuple[Field, ...]:
        """Return the response columns of ``section``: its own, or the audit's.

        In a section of numbers or of a survey each question has fields of its own: see :meth:`fields_of`.
        """
        if section.is_survey:
            return columns_for(map(section.answer_to, section.questions), section.responses)
        if section.is_numbers:
            dated = any(q.measure is not None and q.measure.kind == "date" for q in section.questions)
            value = Field(VALUE, "Number or date" if dated else "Number", "decimal")
            return (value, *self.number_policy.columns_beside(section.responses))
        return section.responses or self.responses

    def fields_of(self, section: Section, question: Question) -> tuple[Field, ...]:
        """Return the fields of one question: the response columns, its number as its measure says."""
        if section.is_numbers and question.measure is not None:
            policy = self.number_policy
            return (policy.field_of(question.measure), *policy.columns_beside(section.responses))
        answer = section.answer_to(question)
        if section.is_survey and answer is not None:
            return (answer_field(answer), *self.responses_of(section)[1:])
        return self.responses_of(section)

    def rules_of(self, section: Section, question: Question) -> tuple[Rule, ...]:
        """Return the rules that hold for one question: the audit's, and that "other" is explained."""
        answer = section.answer_to(question) if section.is_survey else None
        return self.rules if answer is None else (*self.rules, *other_needs_words(question.id, answer))

    def themes_of(self, section: Section, question: Question) -> tuple[str, ...]:
        """Return the ids of the themes of a question: its section's, then its own."""
        return tuple(dict.fromkeys((*section.themes, *question.themes)))

    def roll_up_of(self, section: Section | None = None) -> RollUp:
        """Return the roll-up rule of ``section`` (its own, or the audit's), or without one that of the whole.

        KeyError if there is none, which a checked definition only has where nothing is rated.
        """
        found = section.roll_up or self.roll_up if section else self.overall
        if found is None:
            raise KeyError(f"{section.id if section else self.id} has no roll-up")
        return found

    def rating_field(self, section: Section) -> Field | None:
        """Return the response column that is scored in ``section``, if it has one."""
        return field_with_role(self.responses_of(section), "rating")

    def scale_of(self, section: Section) -> Scale | None:
        """Return the scale on which the questions of ``section`` are rated, if they are."""
        rating = self.rating_field(section)
        return self.scale(rating.scale) if rating else None

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Yield every question with its section, in the order of the definition."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    @property
    def has_numbers(self) -> bool:
        """Whether any of its sections is a section of numbers."""
        return any(section.is_numbers for section in self.sections)

    @property
    def survey_policy(self) -> Survey:
        """What it does with its survey questions, said or not."""
        return self.survey or Survey()

    @property
    def number_policy(self) -> Measures:
        """What it does with its sections of numbers, said or not."""
        return self.measures or Measures()

    @property
    def following(self) -> FollowUp:
        """What it goes by when it follows things up, said or not."""
        return self.follow_up or FollowUp()

    def for_recipient(self, register_row: Mapping[str, str]) -> Audit:
        """Return the audit with only the sections and questions that apply to one recipient.

        ``register_row`` maps register column names to that recipient's values (see
        :meth:`auditkit.register.Recipient.row`). Sections without a question left are dropped. Recipients
        who are asked the same share one audit.
        """
        deciding = tuple(register_row.get(column, "") for column in self._deciding)
        if deciding not in self._narrowed:
            self._narrowed[deciding] = self._narrow(register_row)
        return self._narrowed[deciding]

    @cached_property
    def _deciding(self) -> tuple[str, ...]:
        """The columns of the register that decide what is asked."""
        items: list[Section | Question] = [*self.sections, *(question for _, question in self.questions())]
        return tuple(dict.fromkeys(c for item in items for c in (*item.applies_to, *item.except_for)))

    @cached_property
    def _narrowed(self) -> dict[tuple[str, ...], Audit]:
        return {}

    @cached_property
    def _by_asked(self) -> dict[tuple[tuple[str, ...], ...], Audit]:
        """The same by what is asked: registers may say different things that lead to the same questions."""
        return {}

    def _narrow(self, register_row: Mapping[str, str]) -> Audit:
        sections = []
        for section in self.sections:
            if not applies(section, register_row):
                continue
            questions = tuple(q for q in section.questions if applies(q, register_row))
            if questions or section.events:
                sections.append(replace(section, questions=questions))
        asked = tuple((section.id, *(question.id for question in section.questions)) for section in sections)
        if asked not in self._by_asked:
            self._by_asked[asked] = replace(self, sections=tuple(sections))
        return self._by_asked[asked]
