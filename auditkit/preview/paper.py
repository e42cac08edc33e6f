"""The questions on paper, as a Word document for consultation: what is asked, and room for comments.

Headings, lists and tables are Word's own styles, so that it can be navigated, restyled and read aloud.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from auditkit.definition.model import Audit, Field, Question, Section
from auditkit.definition.survey import SEVERAL, is_first, whole
from auditkit.definition.wording import listed
from auditkit.fields import kind_of
from auditkit.fields.plain import as_text
from auditkit.preview import word
from auditkit.preview.types import RecipientType
from auditkit.round import Round
from auditkit.workbook.measures import how
from auditkit.workbook.rows import asked_and_choice

if TYPE_CHECKING:
    from docx.document import Document

INTRO = (
    "This is a paper copy for consultation: it shows what would be asked, of whom, and how answers would be "
    "given. Please write in the boxes for comments what is unclear, missing or asked twice. Answers can't be "
    "taken from it; they are given in the workbook that each recipient is sent."
)
COMMENTS = "Comments"
# How an answer is given that isn't chosen from a list, by its kind.
KINDS = {
    "text": "in words",
    "person": "a name or job title",
    "whole_number": "a whole number",
    "decimal": "a number",
    "percent": "a percentage",
    "date": "a date",
    "uncertain_date": "a date, or as much as is known of it",
    "time": "a time of day",
}


def paper(round_: Round, types: Sequence[RecipientType], audit: Audit, today: dt.date) -> bytes:
    """Return the paper copy of an audit's questions.

    Args:
        round_: The round.
        types: The types of recipient that are asked.
        audit: The questions that are shown; each says whom it is asked of.
        today: The day that is printed on it.

    Returns:
        A Word document.
    """
    document = word.document(f"{audit.title}: the questions", round_.settings.partnership, today)
    _head(document, round_, audit, today)
    _who(document, types)
    _scales(document, audit)
    _columns(document, audit.responses, audit, "What is filled in beside each question")
    if audit.rules or audit.cover_rules:
        document.add_heading("What is checked", 1)
        word.bullets(document, (rule.message for rule in (*audit.rules, *audit.cover_rules)))
    _columns(document, audit.cover, audit, "About the recipient, and sign-off")
    for number, section in enumerate(audit.sections, start=1):
        _section(document, audit, section, number)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _head(document: Document, round_: Round, audit: Audit, today: dt.date) -> None:
    document.add_paragraph(f"{audit.title}: the questions", style="Title")
    said = f"{round_.settings.partnership} · edition {audit.edition} · {today:%d/%m/%Y}"
    document.add_paragraph(said, style="Subtitle")
    document.add_paragraph(INTRO)
    for label, text in (("Written for", audit.guidance), ("What the audit is", audit.purpose)):
        if text:
            word.labelled(document, label, text)
    if audit.instructions:
        document.add_heading("How it is filled in", 1)
        word.numbered(document, audit.instructions)


def _who(document: Document, types: Sequence[RecipientType]) -> None:
    document.add_heading("Who is asked", 1)
    rows = [(t.name, str(len(t.recipients)), str(t.questions)) for t in types]
    word.table(document, ("Asked the same", "Recipients", "Questions"), rows, (10.4, 3, 3))


def _scales(document: Document, audit: Audit) -> None:
    used = {field.scale for section in audit.sections for field in audit.responses_of(section)}
    for scale in audit.scales:
        if scale.id not in used:
            continue
        document.add_heading(scale.title or "What the ratings mean", 1)
        if scale.numbers:
            low, high, step = (
                as_text(number)
                for number in (scale.numbers.minimum, scale.numbers.maximum, scale.numbers.step)
            )
            unit = f" {scale.numbers.unit}" if scale.numbers.unit else ""
            document.add_paragraph(f"A number from {low} to {high}{unit}, in steps of {step}.")
        rows = [(point.text, point.meaning) for point in scale.points]
        colours = {point.text: point.colour for point in scale.points}
        word.table(document, ("Rating", "What it means"), rows, (3.4, 13), colours)


def _columns(document: Document, fields: Iterable[Field], audit: Audit, heading: str, level: int = 1) -> None:
    rows = [(field.label, field.help, _how(field, audit)) for field in fields]
    if rows:
        document.add_heading(heading, level)
        word.table(document, ("Column", "Help", "How it is answered"), rows, (3.6, 8, 4.8))


def _how(field: Field, audit: Audit) -> str:
    """Return how a field is answered: what to choose from, or the kind of answer."""
    choices = kind_of(field).choices(field, audit)
    if field.kind == "rating" and audit.scale(field.scale).numbers:
        return "a number from the list"
    if choices:
        return f"one of: {', '.join(as_text(choice) for choice in choices)}"
    return KINDS.get(field.kind, field.kind)


def _section(document: Document, audit: Audit, section: Section, number: int) -> None:
    document.add_heading(f"{number}  {section.title}", 1)
    if section.intro:
        document.add_paragraph(section.intro).paragraph_format.keep_with_next = True
    who = conditions(section)
    if who:
        word.labelled(document, "Who is asked", who, keep=True)
    if section.responses or section.is_numbers:
        beside = audit.responses_of(section)[1:] if section.is_numbers else section.responses
        each = "each event" if section.events else "each of these"
        _columns(document, beside, audit, f"What is filled in beside {each}", 2)
    if section.events:
        word.box(document, COMMENTS)
    for question in section.questions:
        if is_first(question.id):
            _question(document, audit, section, question)


def _question(document: Document, audit: Audit, section: Section, question: Question) -> None:
    """Add a question, all of it on one page: nobody can tell what a box alone is for."""
    text, _ = asked_and_choice(question)
    document.add_heading(f"{whole(question.id)}  {text}", 2)
    who = conditions(question)
    if who:
        word.labelled(document, "Who is asked", who, keep=True)
    if question.good:
        label = "Note" if section.is_numbers else "What good looks like"
        word.labelled(document, label, question.good, keep=True)
    if question.measure is not None:
        word.labelled(document, "How it is answered", how(question.measure, audit), keep=True)
    if section.is_survey:
        word.labelled(document, "How it is answered", _answered(audit, section, question), keep=True)
    scale = audit.scale_of(section)
    if scale and question.descriptors:
        rows = [(p.text, question.descriptors[p.id]) for p in scale.points if p.id in question.descriptors]
        colours = {point.text: point.colour for point in scale.points}
        word.table(document, ("Rating", "Choose it when"), rows, (3.4, 13), colours, keep=True)
    word.box(document, f"{COMMENTS} on {whole(question.id)}")


def _answered(audit: Audit, section: Section, question: Question) -> str:
    """Return how a question of a survey is answered; of several choices, all that it has."""
    own = [q for q in section.questions if whole(q.id) == whole(question.id)]
    fields = [audit.fields_of(section, q)[0] for q in own]
    if fields[0].kind == SEVERAL:
        return f"any of: {', '.join(field.choices[0] for field in fields)}"
    return _how(fields[0], audit) + ("" if fields[0].required else "; may be left blank")


def conditions(item: Section | Question) -> str:
    """Return who is asked a section or question, in words; nothing if everybody is."""

    def said(columns: Mapping[str, tuple[str, ...]], last: str) -> str:
        each = (f"{column.replace('_', ' ')} is {listed(values)}" for column, values in columns.items())
        return f", {last} ".join(each)

    only = f"only where {said(item.applies_to, 'and')}" if item.applies_to else ""
    never = f"not where {said(item.except_for, 'or')}" if item.except_for else ""
    return "; ".join(filter(None, (only, never)))
