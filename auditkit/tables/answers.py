"""Rows of what was typed: answers, cover fields, actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from auditkit.definition.model import Field, Section, field_with_role
from auditkit.fields import Typed, Value
from auditkit.fields.plain import as_text
from auditkit.returns.model import Answer, Return
from auditkit.tables.model import Given, Opened, Own, who
from auditkit.tables.schema import NO, YES
from auditkit.tables.table import Row
from auditkit.workbook.layout import COVER


def shown(answer: Answer) -> Value:
    """Return what outputs show for an answer: its value, else what was typed, as a cell can hold it."""
    return answer.value if answer.value is not None else as_typed(answer.shown)


def as_typed(typed: Typed) -> Value:
    """Return something typed as text, number or date; the rest (true, 10:30) as the text a person sees."""
    if isinstance(typed, (str, int, float)) and not isinstance(typed, bool):
        return typed
    if isinstance(typed, dt.date) and not isinstance(typed, dt.datetime):
        return typed
    return as_text(typed)


def cover_rows(given: Given, opened: Opened) -> Iterator[Row]:
    """Yield what the cover of a file says (``cover``)."""
    order, file = {field.id: i for i, field in enumerate(given.collation.audit.cover)}, opened.file
    on_cover = [a for a in file.answers if a.block == COVER]
    for a in sorted(on_cover, key=lambda a: order.get(a.row_key, len(order))):
        what = (a.row_key, a.field.label, a.field.kind, a.field.role or None)
        where = (a.sheet, a.cell)
        yield (file.file, file.recipient_id or None, file.outcome, *what, shown(a), _usable(a), *where)


def answer_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield the answers of the return that counts (``answers``), those to unknown questions last."""
    if own.counts is None:
        return
    file, order = own.counts.file, given.order
    whose = who(file.recipient_id, own.recipient)
    for a in sorted((a for a in file.answers if a.block != COVER), key=order.place):
        _, section = order.sections.get(a.block, (0, None))
        _, section, question = order.questions.get(a.row_key, (0, section, None))
        title = section.title if section else a.block
        text = question.text if question else None
        what = (a.column_key, a.field.label, a.field.kind, a.field.role or None)
        where = (a.file or file.file, a.sheet, a.cell)
        yield (*whose, a.block, title, a.row_key, text, *what, shown(a), _usable(a), *where, _unconfirmed(a))


def action_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield the actions of the return that counts (``actions``)."""
    if own.counts is None:
        return
    file = own.counts.file
    by_key = {(a.row_key, a.column_key): a for a in file.answers if a.block != COVER}
    for section, question in given.collation.audit.questions():
        fields = given.action_fields[section.id]
        found = [by_key.get((question.id, field.id)) if field else None for field in fields]
        action = found[1]
        if action is not None and not action.unconfirmed:
            late = overdue(given, section, question.id, by_key)
            what = (section.id, section.title, question.id, question.text)
            yield (*who(file.recipient_id, own.recipient), *what, *(a and shown(a) for a in found), late)


def overdue(
    given: Given, section: Section, question_id: str, answers: Mapping[tuple[str, str], Answer]
) -> str | None:
    """Tell whether an action is late: Yes, No, or None without a usable date.

    Args:
        given: The collation, whose day decides.
        section: The section of the question under which it was planned.
        question_id: That question.
        answers: What its recipient answered, by question and column.
    """
    fields = given.action_fields[section.id]
    found = (answers.get((question_id, field.id)) if field else None for field in fields)
    _, action, _, due, progress = (answer.value if answer else None for answer in found)
    if not isinstance(due, dt.date):
        return None
    if due >= given.collation.as_at:
        return NO
    closed = fields[-1].closed if fields[-1] else ()
    over = progress in closed or given.collation.audit.following.is_withdrawn(action, progress)
    return NO if over else YES


def _usable(answer: Answer) -> str:
    return YES if answer.value is not None else NO


def _unconfirmed(answer: Answer) -> str:
    return YES if answer.unconfirmed else NO


def cover_value(file: Return, fields: tuple[Field, ...], role: str) -> Value | None:
    """Return what the cover of ``file`` says in the field that plays ``role``; None if nothing."""
    field = field_with_role(fields, role)
    if field is None:
        return None
    return next((shown(a) for a in file.answers if a.block == COVER and a.row_key == field.id), None)
