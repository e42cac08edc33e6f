"""Rows of what has become of things since the audit: positions then and now, and the trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditkit.definition.model import Audit, Section, field_with_role
from auditkit.definition.scale import Point
from auditkit.fields import Value
from auditkit.rating import Result, rate
from auditkit.returns.model import Answer
from auditkit.returns.progress import Step
from auditkit.tables.answers import overdue
from auditkit.tables.model import OVERALL, WHOLE, Given, Own, who
from auditkit.tables.schema import NO, YES
from auditkit.tables.table import Row
from auditkit.trail import key
from auditkit.workbook.layout import COVER

# What became of an action, in the order of its columns.
OPEN, DONE, WITHDRAWN = "open", "done", "withdrawn"
BETTER, WORSE, SAME = "better", "worse", "same"
# How many figures of a section add up to one of the whole.
FIGURES = 9

# A question and a response column.
Place = tuple[str, str]


@dataclass(frozen=True)
class _State:
    """What one recipient answered at one time, by question and column."""

    audit: Audit
    said: Mapping[Place, Value]

    def rating(self, section: Section, question_id: str) -> Point | None:
        field = self.audit.rating_field(section)
        value = self.said.get((question_id, field.id)) if field else None
        return None if field is None or value is None else self.audit.scale(field.scale).point_for(value)

    def to_do(self, section: Section) -> int | None:
        """Return how many of a section's questions are at a point at which something is left to do."""
        scale = self.audit.scale_of(section)
        if scale is None:
            return None
        return sum(not scale.is_done(self.rating(section, q.id)) for q in section.questions)

    def actions(self, section: Section) -> Iterator[str]:
        """Yield what has become of each action of a section."""
        fields = self.audit.responses_of(section)
        action, progress = field_with_role(fields, "action"), field_with_role(fields, "progress")
        for question in section.questions:
            text = self.said.get((question.id, action.id)) if action else None
            if text is not None:
                far = self.said.get((question.id, progress.id)) if progress else None
                closed = progress is not None and far in progress.closed
                withdrawn = self.audit.following.is_withdrawn(text, far)
                yield WITHDRAWN if withdrawn else DONE if closed else OPEN

    def promised(self, section: Section) -> int:
        """Return at how many of a section's questions evidence is still to come."""
        field = field_with_role(self.audit.responses_of(section), "evidence")
        said = (self.said.get((q.id, field.id)) for q in section.questions) if field else ()
        return sum(map(self.audit.following.is_promised, said))


def progress_rows(given: Given, own: Own) -> Iterator[Row]:
    """Yield a recipient's position at the start and now: overall, and for each section (``progress``)."""
    changes = given.collation.progress
    if changes is None or own.counts is None:
        return
    recipient, audit = own.recipient, given.audits[own.recipient.id]
    answers = {(a.row_key, a.column_key): a for a in own.counts.file.answers if a.block != COVER}
    steps = changes.by_recipient.get(recipient.id, ())
    now = _State(audit, {place: a.value for place, a in answers.items() if a.value is not None})
    then = _State(audit, _at_start(now.said, steps))
    late = _late(given, audit, answers)
    results_then, results_now = rate(audit, _ratings(then)), rate(audit, _ratings(now))
    whose = who(recipient.id, recipient)
    sections = [s for s in audit.sections if not (s.is_numbers or s.is_survey or s.events)]
    parts = [_part(section, then, now, late, steps) for section in sections]
    whole = [_sum(column) for column in zip(*(part[:FIGURES] for part in parts), strict=True)]
    whole = whole or [None] * FIGURES
    last = max((step.when for step in steps if step.when), default=None)
    rated = _rated(results_then.overall, results_now.overall, audit)
    yield (*whose, OVERALL, WHOLE, *rated, *whole, len(steps), last)
    for section, part in zip(sections, parts, strict=True):
        pair = (results_then.sections.get(section.id), results_now.sections.get(section.id))
        rated = (None,) * 5 if pair[0] is None or pair[1] is None else _rated(pair[0], pair[1], audit)
        yield (*whose, section.id, section.title, *rated, *part)


def trail_rows(given: Given) -> Iterator[Row]:
    """Yield every change that a progress return ever made, the oldest first (``trail``)."""
    changes = given.collation.progress
    if changes is None:
        return
    people = {r.id: r for r in (*given.collation.recipients, *given.collation.unasked)}
    count = {key(step): step for step in changes.steps}
    for entry in changes.trail:
        # By what its question and its recipient are called by now, if it still counts.
        step = count.get(key(entry.step), entry.step)
        _, section, question = given.order.questions.get(step.question_id, (0, None, None))
        title = section.title if section else None
        what = (step.section_id, title, step.question_id, question.text if question else None)
        yield (
            *(entry.number, entry.recorded, step.when, step.who or None),
            *who(step.recipient_id, people.get(step.recipient_id)),
            *(*what, step.field_id, step.field, step.old, step.new, step.file, step.sha256),
            YES if key(step) in count else NO,
        )


def _at_start(now: Mapping[Place, Value], steps: tuple[Step, ...]) -> dict[Place, Value]:
    """Return what was answered before all changes."""
    said: dict[Place, Value | None] = dict(now)
    for step in reversed(steps):
        said[step.question_id, step.field_id] = step.old
    return {place: value for place, value in said.items() if value is not None}


def _ratings(state: _State) -> dict[str, Value]:
    """Return the usable ratings of each question."""
    found = {}
    for section, question in state.audit.questions():
        field = state.audit.rating_field(section)
        if field is not None and state.rating(section, question.id) is not None:
            found[question.id] = state.said[question.id, field.id]
    return found


def _late(given: Given, audit: Audit, answers: Mapping[Place, Answer]) -> frozenset[str]:
    """Return the questions whose action is late now."""
    found = set()
    for section, question in audit.questions():
        action = given.action_fields[section.id][1]
        planned = action is not None and (question.id, action.id) in answers
        if planned and overdue(given, section, question.id, answers) == YES:
            found.add(question.id)
    return frozenset(found)


def _part(section: Section, then: _State, now: _State, late: frozenset[str], steps: tuple[Step, ...]) -> Row:
    """Return the figures of one section."""
    before, after = list(then.actions(section)), list(now.actions(section))
    ids = {question.id for question in section.questions}
    own = [step for step in steps if step.question_id in ids]
    return (
        *(then.to_do(section), now.to_do(section), before.count(OPEN)),
        *(after.count(OPEN), after.count(DONE), after.count(WITHDRAWN), len(late & ids)),
        *(then.promised(section), now.promised(section)),
        *(len(own), max((step.when for step in own if step.when), default=None)),
    )


def _sum(column: tuple[int | None, ...]) -> int | None:
    figures = [figure for figure in column if figure is not None]
    return sum(figures) if figures else None


def _rated(then: Result, now: Result, audit: Audit) -> Row:
    """Return two ratings as text and score, and whether the second is better."""
    texts = tuple(result.point.text if result.point else None for result in (then, now))
    return (*texts, then.score, now.score, _change(then.point, now.point, audit))


def _change(then: Point | None, now: Point | None, audit: Audit) -> str | None:
    if then is None or now is None:
        return None
    for scale in audit.scales:
        if then in scale.ranked and now in scale.ranked:
            places = scale.ranked.index(then) - scale.ranked.index(now)
            return BETTER if places > 0 else WORSE if places < 0 else SAME
    return None
