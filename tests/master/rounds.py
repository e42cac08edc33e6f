"""Rounds made in code: a whole realistic one, and small ones written in a few lines."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from auditkit import register
from auditkit.definition.forms import load
from auditkit.definition.measure import Measure
from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.roll_up import Band, Cap, RollUp
from auditkit.definition.scale import NumberRange, Point, Scale
from auditkit.fields import kind_of, parse
from auditkit.register import Recipient
from auditkit.returns.count import count
from auditkit.returns.model import Answer, Finding, Return
from auditkit.round import Settings
from auditkit.tables import Collation
from auditkit.workbook.layout import ANSWER, COVER

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "section11"
AS_AT = dt.date(2026, 12, 18)
SETTINGS = Settings(
    id="s11-2026",
    title="Section 11 audit 2026",
    partnership="Northmoor Safeguarding Children Partnership",
    contact_name="Harriet Osei-Langley",
    contact_email="audits@northmoor-partnership.example",
    deadline=dt.date(2026, 12, 11),
    password="larkspur",
)

GREEN = Point("green", "Green", "#2E9E5B", "●", 3)
AMBER = Point("amber", "Amber", "#F2A33A", "▲", 1)
RED = Point("red", "Red", "#C8372D", "■", 0)
NA = Point("na", "N/A", "#D9D9D9", "–", not_applicable=True)
RAG = Scale("rag", (GREEN, AMBER, RED, NA), "Self rating")
RATING = Field("rating", "Rating", "rating", role="rating", scale="rag")
ACTION = Field("action", "Action", "text", role="action")
EVIDENCE = Field("evidence", "Evidence", "text", role="evidence")
MEAN = RollUp("mean", (Band(2.5, "green"), Band(1, "amber"), Band(0, "red")))


def audit(sections: Sequence[Section], **more: Any) -> Audit:
    """Return an audit with sensible parts for what isn't given."""
    parts: dict[str, Any] = {
        "id": "small",
        "title": "Small audit",
        "edition": "1",
        "scales": (RAG,),
        "responses": (RATING, EVIDENCE),
        "cover": (),
        "roll_up": MEAN,
        "overall": MEAN,
    }
    return Audit(sections=tuple(sections), **{**parts, **more})


def section(section_id: str, n: int, **more: Any) -> Section:
    """Return a section of ``n`` questions; ``weights`` weighs them."""
    weights = more.pop("weights", (1.0,) * n)
    questions = tuple(
        Question(f"{section_id}-{i}", f"Question {i} of {section_id}", weight=weight)
        for i, weight in enumerate(weights, start=1)
    )
    return Section(section_id, more.pop("title", f"Standard {section_id}"), questions, **more)


def numbers(n: int, **more: Any) -> Section:
    """Return a section of ``n`` numbers."""
    asked = (Question(f"N-{i}", f"Number {i}", measure=Measure(**more)) for i in range(1, n + 1))
    return Section("N", "Numbers", tuple(asked))


def answer(audit: Audit, question_id: str, field_id: str, typed: Any) -> Answer:
    """Return what typing ``typed`` in a question's field gives."""
    for block, question in audit.questions():
        if question.id == question_id:
            field = next(f for f in audit.fields_of(block, question) if f.id == field_id)
            parsed = parse(typed, field, audit)
            return Answer(block.id, question_id, field_id, field, typed, parsed.value, block.title, "D6")
    raise KeyError(question_id)


def cover_answer(audit: Audit, field_id: str, typed: Any) -> Answer:
    """Return what typing ``typed`` on the cover gives."""
    field = next(f for f in audit.cover if f.id == field_id)
    parsed = kind_of(field).parse(typed, field, audit)
    return Answer(COVER, field_id, ANSWER, field, typed, parsed.value, "About you", "C6")


def returned(audit: Audit, recipient_id: str, typed: Mapping[tuple[str, str], Any], **more: Any) -> Return:
    """Return an accepted return; ``typed`` maps (question id, field id) to what was typed."""
    answers = tuple(answer(audit, q, f, value) for (q, f), value in typed.items())
    parts: dict[str, Any] = {"file": f"{recipient_id}.xlsx", "outcome": "accepted", "answers": answers}
    return Return(sha256="0" * 64, recipient_id=recipient_id, **{**parts, **more})


def rated(audit: Audit, recipient_id: str, ratings: Sequence[Any], **more: Any) -> Return:
    """Return an accepted return with ``ratings`` for its questions in order; None leaves one blank."""
    ids = [question.id for _, question in audit.questions()]
    given = zip(ids, ratings, strict=True)
    return returned(audit, recipient_id, {(q, "rating"): r for q, r in given if r is not None}, **more)


def people(n: int) -> tuple[Recipient, ...]:
    """Return recipients R1, R2 … in two groups by turns."""
    return tuple(Recipient(f"R{i}", f"Agency {i}", "AB"[i % 2]) for i in range(1, n + 1))


def collation(
    audit: Audit, recipients: Sequence[Recipient], returns: Sequence[Return], **more: Any
) -> Collation:
    """Return a collation of them, their answer cells counted."""
    counted = [replace(r, counted=count((a.sheet, a.cell) for a in r.answers)) for r in returns]
    return Collation(SETTINGS, audit, tuple(recipients), tuple(counted), more.pop("as_at", AS_AT), **more)


def section11(seed: int = 11) -> Collation:
    """Return a whole Section 11 round a week after its deadline: late, partial, thin, wrong and missing returns."""
    chance = random.Random(seed)
    audit = load(TEMPLATE / "audit.yaml")
    recipients = register.read(TEMPLATE / "register.csv", audit.groups)
    texts = YAML(typ="safe").load((TEMPLATE / "demo.yaml").read_text(encoding="utf-8"))
    returns = []
    for n, recipient in enumerate(recipients):
        if n % 8 == 5:
            continue
        returns.append(_return(chance, audit, recipient, texts, n))
    returns += _trouble(recipients, returns)
    issued = {recipient.id: dt.date(2026, 9, 14) for recipient in recipients[:-1]}
    return collation(audit, recipients, returns, issued=issued)


def _return(chance: random.Random, audit: Audit, recipient: Recipient, texts: Any, n: int) -> Return:
    narrowed = audit.for_recipient(recipient.row())
    nil, reach = n == 18, 0.6 if n % 7 == 3 else 1.0
    weights = chance.choice(([60, 28, 8, 2, 2], [35, 35, 20, 6, 4], [20, 30, 30, 15, 5]))
    answers: list[Answer] = []
    asked = list(narrowed.questions())
    for block, question in [] if nil else asked[: int(reach * len(asked))]:
        point = chance.choices(audit.scales[0].points, weights)[0]
        answers.append(answer(audit, question.id, "rating", point.text))
        words = texts["sections"][block.id]
        answers.append(answer(audit, question.id, "evidence", chance.choice(words["evidence"])))
        if point.id in ("amber_green", "amber_red", "red"):
            answers.append(answer(audit, question.id, "action", chance.choice(words["action"])))
            answers.append(answer(audit, question.id, "improvement", chance.choice(words["improvement"])))
            answers.append(answer(audit, question.id, "lead", chance.choice(texts["people"])["name"]))
            due = AS_AT + dt.timedelta(days=chance.randint(-40, 200))
            answers.append(answer(audit, question.id, "due", due if chance.random() > 0.04 else "TBC"))
            progress = chance.choice(("Not started", "In progress", "Complete"))
            answers.append(answer(audit, question.id, "progress", progress))
    answers += _cover(chance, audit, texts, nil)
    file = f"{recipient.id} {recipient.name}.xlsx".replace("/", " ")
    findings = tuple(
        Finding(
            "not-a-date",
            file,
            a.field.label,
            "I14",
            a.row_key,
            str(a.typed),
            (("field", a.field.label), ("limits", "a date")),
        )
        for a in answers
        if a.value is None
    )
    saved = dt.datetime(2026, 12, 1, 9, 30) + dt.timedelta(hours=chance.randint(0, 300))
    return Return(file, f"{n:064x}", "accepted", recipient.id, None, saved, tuple(answers), findings)


def _cover(chance: random.Random, audit: Audit, texts: Any, nil: bool) -> list[Answer]:
    author, leader = (
        chance.choice(texts["people"]),
        chance.choice([p for p in texts["people"] if p.get("senior")]),
    )
    said = {
        "author": author["name"],
        "author_role": author["job"],
        "signoff_name": leader["name"],
        "signoff_role": leader["job"],
        "signoff_date": dt.date(2026, 12, 1) + dt.timedelta(days=chance.randint(0, 12)),
    }
    if nil:
        said |= {"nil_return": "Yes", "nil_reason": "The project closed in the summer of 2026."}
    return [cover_answer(audit, key, value) for key, value in said.items()]


def _trouble(recipients: Sequence[Recipient], returns: Sequence[Return]) -> list[Return]:
    """Return files that aren't counted: an older copy, one that isn't signed, one that can't be read."""
    first = returns[0]
    older = Return(
        *("first try/" + first.file, "a" * 64, "superseded", first.recipient_id),
        saved=dt.datetime(2026, 11, 3, 16, 5),
        answers=first.answers[:40],
    )
    held = Return("Copy of form (1).xlsx", "b" * 64, "held", recipients[5].id)
    unread = Return("scan0003.pdf", "c" * 64, "rejected")
    return [older, held, unread]


# Scales of every kind: amber above blue, an extra point without a score, words only, numbers up and down.
FOUR = Scale(
    "four",
    (
        Point("out", "Outstanding", "#2E9E5B", "★", 4),
        Point("good", "Good", "#F2A33A", "◆", 3),
        Point("ok", "Adequate", "#3B73B9", "▼", 2),
        Point("poor", "Inadequate", "#C8372D", "■", 1),
        Point("none", "No submission", "#000000", "✖"),
        Point("na", "N/A", "#BBBBBB", not_applicable=True),
    ),
)
WORDS = Scale(
    "words",
    (
        Point("green", "In place", "#2E9E5B"),
        Point("amber", "Under *review*?", "#F2A33A"),
        Point("red", "<Urgent>", "#C8372D"),
        Point("na", "n/a", "#BBBBBB", not_applicable=True),
    ),
)
PERCENT = Scale(
    "percent",
    (
        Point("green", "High", "#2E9E5B", at_least=70),
        Point("amber", "Middle", "#F2A33A", at_least=40),
        Point("red", "Low", "#C8372D", at_least=0),
        Point("na", "Not relevant", "#BBBBBB", not_applicable=True),
    ),
    numbers=NumberRange(0, 100, 5, "%"),
)
RISK = Scale(
    "risk",
    (
        Point("green", "Low risk", "#2E9E5B"),
        Point("amber", "Some risk", "#F2A33A", at_least=3),
        Point("red", "High risk", "#C8372D", at_least=7),
    ),
    numbers=NumberRange(0, 10, 1),
)
SCALES = (RAG, FOUR, WORDS, PERCENT, RISK)
BANDS = (Band(70, "green"), Band(40, "amber"), Band(0, "red"))
CAPS = (Cap("Any red", ("red", "poor"), "amber"), Cap("Silence", ("none", "na"), "red"))
ROLL_UPS = {
    "mean": RollUp("mean", (Band(2, "green"), Band(1, "amber"), Band(0.5, "red")), scale="rag"),
    "mean with caps": RollUp("mean", (Band(2, "green"), Band(0, "amber")), caps=CAPS, scale="rag"),
    "percent": RollUp("percent", BANDS, scale="rag"),
    "percent with caps": RollUp("percent", BANDS, caps=CAPS, scale="rag"),
    "share": RollUp("share", BANDS, at_or_above="amber", caps=CAPS, scale="rag"),
    "share of good": RollUp("share", BANDS, at_or_above="good", scale="rag"),
    "worst": RollUp("worst", scale="rag"),
    "worst with caps": RollUp("worst", caps=CAPS, scale="rag"),
    "worst on its own scale": RollUp("worst"),
}


def many_scales(rule: str, overall: str) -> Audit:
    """Return an audit with a section on each of :data:`SCALES`, and weights, one of them none."""
    sections = [
        section(
            scale.id.upper(),
            4,
            weights=(1, 2.5, 0, 0.5),
            weight=1 + n / 2,
            responses=(replace(RATING, scale=scale.id), EVIDENCE),
        )
        for n, scale in enumerate(SCALES)
    ]
    return audit(sections, scales=SCALES, roll_up=ROLL_UPS[rule], overall=ROLL_UPS[overall])


def chance_ratings(audit: Audit, seed: int) -> list[Any]:
    """Return a rating, or None, for each question, from whatever its scale allows."""
    chance = random.Random(seed)
    few = chance.random() < 0.3
    found = []
    for block, _ in audit.questions():
        field = audit.rating_field(block)
        scale = audit.scale_of(block)
        assert field is not None
        assert scale is not None
        allowed = list(kind_of(field).choices(field, audit))
        if few:
            allowed = [scale.points[-1].text, scale.points[0].text] if scale.numbers is None else allowed[:2]
        found.append(chance.choice([*allowed, None, "?", 3]))
    return found
