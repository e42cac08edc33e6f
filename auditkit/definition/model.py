"""What an audit definition is: frozen data, the same whichever form it was written in.

Scales, colours, thresholds, wording and applicability are values here, never code. The readers
(:mod:`auditkit.definition.forms`) fill these classes; nothing in this module reads or checks a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from auditkit.definition.conditions import hold
from auditkit.definition.content import Content
from auditkit.definition.follows import Follows
from auditkit.definition.measure import NOT_COLLECTED, VALUE, Measure, Measures
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Scale
from auditkit.definition.survey import ANSWER, OTHER, SEVERAL, AnswerType, Survey

# Settings that definitions haven't always had. Where one says nothing, digests leave it out, so that a newer
# auditkit knows the definitions that an older one issued.
LATER = (
    *("measure", "measures", "follows", "shared", "each", "repeated_texts", "repeated_percent", "done"),
    *("answer", "survey"),
)

# What a field means to the outputs, whatever it is called in this audit. `rating` is the one that is
# scored; the others say which column of the master a response belongs to.
RESPONSE_ROLES = ("rating", "evidence", "improvement", "action", "lead", "due", "progress")
COVER_ROLES = (
    "author",
    "author_role",
    "contact",
    "nil_return",
    "nil_reason",
    "signoff_name",
    "signoff_role",
    "signoff_date",
)


@dataclass(frozen=True)
class Field:
    """One thing that can be typed: a response column, a cover field, later a column of a table.

    ``kind`` is a key of :data:`auditkit.fields.KINDS`; which of the optional attributes it takes is said
    there. ``noun`` is how a message names it when it is missing ("an action"). ``each`` is for fields of the
    cover: in a pack, every recipient in it answers for itself, not one for all.
    """

    id: str
    label: str
    kind: str
    role: str = ""
    help: str = ""
    noun: str = ""
    required: bool = False
    width: float | None = None
    scale: str = ""
    choices: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    minimum: float | dt.date | None = None
    maximum: float | dt.date | None = None
    each: bool = False

    @property
    def missing(self) -> str:
        """How a sentence names this field when it isn't there: "an action"."""
        return self.noun or self.label.lower()


@dataclass(frozen=True)
class Rule:
    """A rule between the fields of one row: where ``when`` holds, the ``require`` fields must be filled.

    ``when`` maps a field id to the values that trigger the rule: point ids for a rating, the choices for
    a choice, or ``("any",)`` for anything typed. All entries must hold.
    """

    id: str
    when: Mapping[str, tuple[str, ...]]
    require: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Question:
    """One question. ``id`` is the reference that respondents see; it never changes between editions.

    With a ``measure`` it asks for a number, with an ``answer`` it is a question of a survey. In a pack, a
    ``shared`` question is answered once for everybody who is asked it.
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


@dataclass(frozen=True)
class Section:
    """A standard: questions answered in the same response columns.

    ``responses`` is empty where the audit's own columns are used, else the whole list for this section. If
    all its questions have a measure it is a section of numbers: its columns are the number, whether it isn't
    collected, and then ``responses`` (a comment if there are none). If all have an ``answer``, or the section
    has one for those without, it is a section of a survey: its columns are the answer, what "other" is where
    that can be answered, and then ``responses``. In a ``shared`` section every question is shared.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    weight: float = 1.0
    responses: tuple[Field, ...] = ()
    roll_up: RollUp | None = None
    applies_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    except_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shared: bool = False
    answer: AnswerType | None = None

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
    roll_up: RollUp
    overall: RollUp
    groups: tuple[str, ...] = ()
    guidance: str = ""
    purpose: str = ""
    instructions: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    cover_rules: tuple[Rule, ...] = ()
    checks: Content = field(default_factory=Content)
    follows: Follows | None = None
    measures: Measures | None = None
    survey: Survey | None = None

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
            named = any(answer.other for q in section.questions if (answer := section.answer_to(q)))
            return (_TYPED, *((_WORDS,) if named else ()), *section.responses)
        if section.is_numbers:
            dated = any(q.measure is not None and q.measure.kind == "date" for q in section.questions)
            value = Field(VALUE, "Number or date" if dated else "Number", "decimal")
            return (value, *self._beside_numbers(section))
        return section.responses or self.responses

    def fields_of(self, section: Section, question: Question) -> tuple[Field, ...]:
        """Return the fields of one question: the response columns, its number as its measure says."""
        if section.is_numbers and question.measure is not None:
            return (self.number_of(question.measure), *self._beside_numbers(section))
        answer = section.answer_to(question)
        if section.is_survey and answer is not None:
            return (answer_field(answer), *self.responses_of(section)[1:])
        return self.responses_of(section)

    def rules_of(self, section: Section, question: Question) -> tuple[Rule, ...]:
        """Return the rules that hold for one question: the audit's, and that "other" is explained."""
        answer = section.answer_to(question) if section.is_survey else None
        if answer is None or not answer.other or answer.other not in answer.choices:
            return self.rules
        message = f"“{answer.other}” needs a few words on what it is."
        return (*self.rules, Rule(f":{question.id}", {ANSWER: (answer.other,)}, (OTHER,), message))

    def roll_up_of(self, section: Section) -> RollUp:
        """Return the roll-up rule of ``section``: its own, or the audit's."""
        return section.roll_up or self.roll_up

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

    def number_of(self, measure: Measure) -> Field:
        """Return the field of a number. Its choices are words that may stand there instead."""
        words = self.number_policy.not_collected
        label = {"percent": "Percentage", "date": "Date"}.get(measure.kind, "Number")
        of = f" of {measure.unit}" if measure.unit and label == "Number" else ""
        return Field(
            VALUE,
            label,
            measure.kind,
            help=f"Leave it empty and choose “{words}” if you don't hold it."
            if measure.not_collected
            else "",
            noun=f"the {label.lower()}{of}",
            choices=(words,) if measure.not_collected else (),
            minimum=measure.minimum,
            maximum=measure.maximum,
        )

    def _beside_numbers(self, section: Section) -> tuple[Field, ...]:
        """Return the columns of a section of numbers after the number itself."""
        words = self.number_policy.not_collected
        missing = Field(
            NOT_COLLECTED,
            f"{words}?",
            "choice",
            help="Only if you don't hold the number: it isn't the same as 0.",
            noun=f"“{words}”",
            choices=(words,),
        )
        return (missing, *(section.responses or (Field("comment", "Comment", "text", width=34.0),)))

    def _narrow(self, register_row: Mapping[str, str]) -> Audit:
        sections = []
        for section in self.sections:
            if not applies(section, register_row):
                continue
            questions = tuple(q for q in section.questions if applies(q, register_row))
            if questions:
                sections.append(replace(section, questions=questions))
        asked = tuple((section.id, *(question.id for question in section.questions)) for section in sections)
        if asked not in self._by_asked:
            self._by_asked[asked] = replace(self, sections=tuple(sections))
        return self._by_asked[asked]


def applies(item: Section | Question, register_row: Mapping[str, str]) -> bool:
    """Tell whether a section or question applies to the recipient with this register row.

    Every column of ``applies_to`` must have one of its values, and no column of ``except_for`` may (see
    :mod:`auditkit.definition.conditions`).
    """
    return all(hold(item.applies_to, register_row)) and not any(hold(item.except_for, register_row))


def field_with_role(fields: tuple[Field, ...], role: str) -> Field | None:
    """Return the field that plays ``role``, or None."""
    return next((field for field in fields if field.role == role), None)


# What stands in the columns of a section of a survey, whatever the question; and in that of "other".
_TYPED = Field(ANSWER, "Your answer", "text", noun="an answer", width=34.0)
_WORDS = Field(
    OTHER,
    "If other, please say",
    "text",
    help="Only where your answer is the one that asks for a few words.",
    noun="a few words on what it is",
    width=30.0,
)


def answer_field(answer: AnswerType) -> Field:
    """Return the field in which a question of a survey is answered."""
    return replace(
        _TYPED,
        kind=answer.kind,
        required=answer.required and answer.kind != SEVERAL,
        choices=answer.choices,
        minimum=answer.minimum,
        maximum=answer.maximum,
    )
