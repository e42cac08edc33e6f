"""What one recipient was asked and said last time."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from auditkit.definition.model import Audit, Question, Section
from auditkit.fields import Value
from auditkit.fields.plain import as_json, from_json
from auditkit.round import Round
from auditkit.tables.kept import kept
from auditkit.tables.schema import YES

# Question, response column, and what was said there.
Answer = tuple[str, str, Value]
# By question and column.
Answers = Mapping[str, Mapping[str, Value]]
LEVEL = 1


@dataclass(frozen=True)
class Then:
    """What ``name`` was asked, and answered."""

    name: str
    audit: Audit
    answers: Answers

    @cached_property
    def questions(self) -> Mapping[str, tuple[Section, Question]]:
        """The questions that it was asked, with their sections, by id."""
        return {question.id: (section, question) for section, question in self.audit.questions()}

    def said(self, question_id: str) -> Mapping[str, Value]:
        """Return the answers to a question, by column; none if it wasn't answered."""
        return self.answers.get(question_id, {})


def packed(answers: Iterable[Answer]) -> bytes:
    """Return answers as bytes: the same ones always give the same bytes."""
    rows = [(question, column, as_json(value)) for question, column, value in answers]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), LEVEL)


def unpacked(content: bytes) -> Answers:
    """Return the answers that were packed."""
    found: dict[str, dict[str, Value]] = {}
    for question, column, value in json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass")):
        found.setdefault(question, {})[column] = from_json(value)
    return found


def said(round_: Round) -> dict[str, bytes]:
    """Return what each recipient of a round answered whose return counts, packed, by id.

    What was only carried over, and nobody confirmed, is nobody's answer.

    Raises:
        AuditkitError: The round wasn't collated, keeps no tables, or they are damaged.
    """
    wanted = ("recipient_id", "question_id", "field_id", "value", "unconfirmed")
    answers = (own for *own, unconfirmed in kept(round_, "answers", *wanted) if unconfirmed != YES)
    return {key: packed(row[1:] for row in own) for key, own in groupby(answers, itemgetter(0))}
