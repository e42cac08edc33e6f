"""How complete a return is, and where its recipient stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from auditkit.definition.measure import NOT_COLLECTED, VALUE
from auditkit.definition.model import Audit, Question, Section, field_with_role
from auditkit.definition.survey import ANSWER, whole
from auditkit.fields.yes_no import YES
from auditkit.returns.model import Answer, Standing
from auditkit.workbook.layout import COVER

# Section id and question id.
Key = tuple[str, str]
# What answers a question of a section of numbers.
NUMBER = frozenset({VALUE, NOT_COLLECTED})


@dataclass(frozen=True)
class Completion:
    """How far a return is. ``answered`` and ``questions`` hold section id and question id.

    ``nil`` tells whether it says of itself that it is a nil return, ``begun`` whether anything at all was
    typed for a question.
    """

    answered: frozenset[tuple[str, str]]
    questions: tuple[tuple[str, str], ...]
    nil: bool
    begun: bool

    @property
    def share(self) -> float:
        """The share of the questions that are answered, from 0 to 1; 1 if nothing is asked."""
        return len(self.answered) / len(self.questions) if self.questions else 1.0

    @property
    def open(self) -> tuple[tuple[str, str], ...]:
        """The questions that aren't answered, in the order of the audit."""
        return tuple(key for key in self.questions if key not in self.answered)

    @property
    def standing(self) -> Standing:
        """Where the recipient stands if this return is the one that counts; a blank one is no reply."""
        if self.nil:
            return "nil return"
        if not self.begun:
            return "not returned"
        return "partly" if self.open else "returned"


def completion(audit: Audit, answers: Iterable[Answer]) -> Completion:
    """Work out which questions are answered.

    A question is answered if its rating is usable; in a section without ratings if all required fields are,
    or any field where none is required. A number is answered if it is usable or isn't collected, a question
    of a survey if its answer is usable, or that to any of its choices. Of both, one that isn't required
    counts as a question only once it is answered.

    Args:
        audit: The audit as narrowed to the recipient.
        answers: The parsed answers of one return.

    Returns:
        The answered questions and all questions.
    """
    answers = tuple(answers)
    usable: dict[tuple[str, str], set[str]] = {}
    for answer in answers:
        if answer.value is not None:
            usable.setdefault((answer.block, answer.row_key), set()).add(answer.column_key)
    questions, answered = [], set()
    for section in audit.sections:
        if section.is_numbers:
            keys = [((section.id, question.id), question) for question in section.questions]
            numbers = {key for key, _ in keys if not NUMBER.isdisjoint(usable.get(key, ()))}
            answered |= numbers
            questions += [key for key, question in keys if key in numbers or _required(question)]
            continue
        if section.is_survey:
            own, done = _of_survey(section, usable)
            questions += own
            answered |= done
            continue
        needed = _needed(audit, section)
        for question in section.questions:
            key = (section.id, question.id)
            questions.append(key)
            given = usable.get(key, set())
            if given and needed <= given:
                answered.add(key)
    return Completion(frozenset(answered), tuple(questions), is_nil(audit, answers), begun(answers))


def _of_survey(section: Section, usable: Mapping[Key, Set[str]]) -> tuple[list[Key], set[Key]]:
    """Return the questions of a survey, and those that are answered: of several choices, any of them."""
    answered = {
        (block, whole(row))
        for (block, row), columns in usable.items()
        if ANSWER in columns and block == section.id
    }
    required: dict[Key, bool] = {}
    for question in section.questions:
        answer = section.answer_to(question)
        required[section.id, whole(question.id)] = answer is None or answer.required
    questions = [key for key, must in required.items() if must or key in answered]
    return questions, answered & required.keys()


def begun(answers: Iterable[Answer]) -> bool:
    """Tell whether anything was typed for a question, usable or not; the cover alone is a blank return.

    What was carried over and nobody has confirmed, nobody has typed.
    """
    return any(answer.block != COVER and not answer.unconfirmed for answer in answers)


def is_nil(audit: Audit, answers: Iterable[Answer]) -> bool:
    """Tell whether a return says on its cover that it is a nil return."""
    field = field_with_role(audit.cover, "nil_return")
    return field is not None and any(
        a.block == COVER and a.row_key == field.id and a.value == YES for a in answers
    )


def _required(question: Question) -> bool:
    return question.measure is not None and question.measure.required


def _needed(audit: Audit, section: Section) -> set[str]:
    rating = audit.rating_field(section)
    if rating is not None:
        return {rating.id}
    return {field.id for field in audit.responses_of(section) if field.required}
