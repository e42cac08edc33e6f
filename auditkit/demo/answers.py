"""What a made-up respondent answers, drawn from a template's ``demo.yaml``, which explains its own format."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.scale import Point
from auditkit.demo.fill import Place
from auditkit.demo.numbers import numbers
from auditkit.demo.survey import survey
from auditkit.fields import Typed
from auditkit.fields.yes_no import YES
from auditkit.workbook.layout import ANSWER, COVER

Bank = Mapping[str, Any]


@dataclass(frozen=True)
class Respondent:
    """One recipient's made-up respondent: what kind of respondent, and the luck of the draw.

    ``contact`` is who that is in the register, and ``row`` what else stands there.
    """

    persona: Mapping[str, Any]
    bank: Bank
    chance: random.Random
    deadline: dt.date
    contact: str = ""
    row: Mapping[str, str] = field(default_factory=dict)

    def size(self, column: str) -> float | None:
        """Return the number in a column of the register, None if there is none."""
        said = self.row.get(column, "")
        return float(said) if said.isdecimal() else None

    def happens(self, name: str) -> bool:
        """Draw whether something with the chance called ``name`` happens."""
        return self.chance.random() < float(self.persona.get(name, 0))

    def drawn(self, name: str) -> str:
        """Draw one of the weighted words called ``name``."""
        weights = self.persona[name]
        return str(self.chance.choices(list(weights), list(weights.values()))[0])

    def day(self, name: str) -> dt.date:
        """Draw a day from the span of days after the deadline called ``name``."""
        span = self.persona[name]
        return self.deadline + dt.timedelta(days=self.chance.randint(span["from"], span["to"]))


def personas(bank: Bank, count: int, chance: random.Random) -> list[Mapping[str, Any]]:
    """Return ``count`` personas in random order, as near to their shares as whole numbers can be."""
    kinds = bank["personas"]
    whole = sum(kind["share"] for kind in kinds)
    exact = [kind["share"] * count / whole for kind in kinds]
    numbers = [int(share) for share in exact]
    by_rest = sorted(range(len(kinds)), key=lambda i: numbers[i] - exact[i])
    for i in by_rest[: count - sum(numbers)]:
        numbers[i] += 1
    drawn = [kind for kind, number in zip(kinds, numbers, strict=True) for _ in range(number)]
    chance.shuffle(drawn)
    return drawn


def answers(audit: Audit, who: Respondent, returned: dt.date) -> dict[Place, Typed]:
    """Return everything the respondent types, by place; ``returned`` is the day the return is sent."""
    typed = {(COVER, field_id, ANSWER): value for field_id, value in _cover(audit, who, returned)}
    questions = list(audit.questions())
    reached = questions[: round(len(questions) * who.persona["reaches"])]
    for section, question in reached:
        rating = audit.rating_field(section)
        if rating is None:
            for field_id, value in _unrated(section, question, who):
                typed[section.id, question.id, field_id] = value
            continue
        if not who.happens("answers"):
            continue
        point = audit.scale(rating.scale).point(who.drawn("ratings"))
        typed[section.id, question.id, rating.id] = point.text
        for field_id, value in _row(audit, section, point, who):
            typed[section.id, question.id, field_id] = value
    for section in audit.sections:
        if section.events:
            typed |= _events(section, who)
    typed |= numbers(reached, who, audit.number_policy.not_collected)
    return typed | dict(survey(reached, who))


def _names(who: Respondent) -> tuple[str, ...]:
    """Return what rows of the bank may be for: the recipient's id, and its group."""
    return tuple(filter(None, (who.row.get("id"), who.row.get("group"))))


def _unrated(section: Section, question: Question, who: Respondent) -> Iterator[tuple[str, Typed]]:
    """Yield one of the rows that the bank has for a question that isn't rated."""
    rows = who.bank.get("sections", {}).get(section.id, {}).get("answers", {}).get(question.id, ())
    own = [row for row in rows if row.get("for") in _names(who)] or [row for row in rows if "for" not in row]
    if own and who.happens("answers"):
        for field_id, said in who.chance.choice(own).items():
            if field_id != "for":
                yield field_id, who.deadline + dt.timedelta(said) if isinstance(said, int) else said


def _events(section: Section, who: Respondent) -> dict[Place, Typed]:
    """Return the rows of a table of events that the bank has for a recipient of this group."""
    events = who.bank["sections"].get(section.id, {}).get("events", ())
    own = [event for event in events if event.get("for") in (None, *_names(who)) and who.happens("answers")]
    return {
        (section.id, f"{section.id}:{n}", field.id): _of_day(said) if field.kind == "time" else said
        for n, event in enumerate(own, start=1)
        for field in section.responses
        if (said := event.get(field.id)) is not None
    }


def _of_day(said: str) -> float:
    """Return a time such as 14:30 as a spreadsheet has it: the share of the day that has passed."""
    hours, minutes = map(int, said.split(":"))
    return (hours * 60 + minutes) / (24 * 60)


def _cover(audit: Audit, who: Respondent, returned: dt.date) -> Iterator[tuple[str, Typed]]:
    if who.bank.get("alone"):
        author = substitute = senior = {"name": who.contact, "job": None}
    else:
        author, substitute = who.chance.sample([p for p in who.bank["people"] if not p.get("senior")], 2)
        senior = who.chance.choice([p for p in who.bank["people"] if p.get("senior")])
    signed = who.happens("signs_off")
    nil = bool(who.persona.get("nil"))
    said: dict[str, Typed | None] = {
        "author": author["name"],
        "author_role": author["job"],
        "contact": substitute["name"],
        "nil_return": YES if nil else None,
        "nil_reason": who.chance.choice(who.bank["nil_reasons"]) if nil else None,
        "signoff_name": senior["name"] if signed else None,
        "signoff_role": senior["job"] if signed else None,
        "signoff_date": returned if signed else None,
    }
    for asked in audit.cover:
        value = said.get(asked.role)
        if asked.id in who.bank.get("cover", {}):
            value = who.chance.choice(who.bank["cover"][asked.id])
        if value is not None:
            yield asked.id, value


def _row(audit: Audit, section: Section, point: Point, who: Respondent) -> Iterator[tuple[str, Typed]]:
    fields = {field.role: field for field in audit.responses_of(section) if field.role}
    texts = who.bank["sections"][section.id]
    evidence = _evidence(audit, section, point, who, texts)
    if evidence and "evidence" in fields:
        yield fields["evidence"].id, evidence
    ranked = audit.scale(fields["rating"].scale).ranked
    if point not in ranked[1:]:
        return
    for role in ("improvement", "action"):
        if role in fields and who.happens(role):
            yield fields[role].id, who.chance.choice(texts[role])
            if role == "action":
                yield from _plan(fields, who)


def _plan(fields: Mapping[str, Field], who: Respondent) -> Iterator[tuple[str, Typed]]:
    if "lead" in fields and who.happens("lead"):
        yield fields["lead"].id, who.chance.choice(who.bank["people"])["name"]
    if "due" in fields and who.happens("due"):
        yield fields["due"].id, who.day("due_in")
    if "progress" in fields and (said := who.drawn("progress")) != "blank":
        yield fields["progress"].id, said


def _evidence(
    audit: Audit, section: Section, point: Point, who: Respondent, texts: Mapping[str, Sequence[str]]
) -> str:
    style = who.drawn("evidence")
    if style == "none":
        return ""
    if style != "full":
        return str(who.chance.choice(who.bank[style]))
    if point.not_applicable:
        return str(who.chance.choice(who.bank["not_applicable"]))
    scale = audit.scale_of(section)
    weak = scale is not None and point in scale.ranked[len(scale.ranked) // 2 :]
    return str(who.chance.choice(texts["weak_evidence" if weak else "evidence"]))
