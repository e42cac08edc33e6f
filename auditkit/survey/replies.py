"""Who answered what, from the tables that the last collation kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from auditkit.definition.model import Audit, Question
from auditkit.definition.survey import ANSWER, DASH, OTHER, AnswerType, whole
from auditkit.errors import AuditkitError
from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.master.book import clean
from auditkit.round import Round
from auditkit.survey.model import Asked
from auditkit.tables import YES
from auditkit.tables.kept import kept

REPLIED = ("returned", "partly")


@dataclass
class Reply:
    """What one recipient answered to one question: nothing, one thing, or several."""

    values: list[Value] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unusable: bool = False

    def is_not_applicable(self, asked: Asked) -> bool:
        """Tell whether it says that the question isn't for this recipient, and nothing else."""
        return bool(asked.answer.not_applicable) and self.values == [asked.answer.not_applicable]


@dataclass(frozen=True)
class Replied:
    """A recipient who replied: the register's row, the questions put to it, and its replies by question."""

    row: Mapping[str, str]
    asked: frozenset[str]
    replies: Mapping[str, Reply]


def questions(audit: Audit) -> Iterator[Asked]:
    """Yield the questions of the audit's sections of a survey, each with all its choices."""
    for section in audit.sections:
        rows: dict[str, list[tuple[Question, AnswerType]]] = {}
        for question in section.questions:
            answer = section.answer_to(question) if section.is_survey else None
            if answer is not None:
                rows.setdefault(whole(question.id), []).append((question, answer))
        for key, own in rows.items():
            (first, answer), is_one = own[0], own[0][0].id == key
            text = first.text if is_one else first.text.removesuffix(DASH + answer.choices[0])
            answer = replace(
                answer,
                choices=tuple(choice for _, each in own for choice in each.choices),
                other=next((each.other for _, each in own if each.other), ""),
            )
            in_matrix = first.answer is None and bool(answer.choices)
            yield Asked(key, text, section.id, section.title, answer, in_matrix)


def replied(round_: Round) -> tuple[tuple[Replied, ...], int]:
    """Return who replied, and how many were asked.

    Args:
        round_: The round, collated.

    Raises:
        AuditkitError: It wasn't collated, or its tables aren't kept as files (see ``auditkit.tables.kept``).
    """
    people = dict(kept(round_, "recipients", "recipient_id", "standing"))
    rows = {recipient.id: recipient for recipient in round_.recipients}
    anonymous = round_.audit.survey_policy.anonymous
    surveyed = {section.id for section in round_.audit.sections if section.is_survey}
    given: dict[str, dict[str, Reply]] = {key: {} for key in people}
    columns = ("recipient_id", "section_id", "question_id", "field_id", "value", "usable")
    for recipient_id, section_id, question_id, field_id, value, usable in kept(round_, "answers", *columns):
        if section_id in surveyed and recipient_id in given:
            reply = given[recipient_id].setdefault(whole(question_id), Reply())
            _take(reply, field_id, value, usable == YES)
    found = []
    for key, standing in people.items():
        if standing not in REPLIED or not (key in rows or anonymous):
            continue
        audit = round_.audit if anonymous else round_.audit_for(rows[key])
        asked = frozenset(whole(q.id) for _, q in audit.questions())
        found.append(Replied({} if anonymous else rows[key].row(), asked, given[key]))
    if not found:
        raise AuditkitError("Nobody has replied yet, so there is nothing to report. Collate returns first.")
    return tuple(found), len(people)


def _take(reply: Reply, field_id: str, value: Value, usable: bool) -> None:
    """Add one cell to what a recipient answered to a question."""
    if field_id == OTHER:
        reply.words.append(clean(as_text(value)))
    elif field_id == ANSWER and usable:
        reply.values.append(clean(value) if isinstance(value, str) else value)
    elif field_id == ANSWER:
        reply.unusable = True
