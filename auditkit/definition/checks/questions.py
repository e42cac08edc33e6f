"""Sections and questions: some of each, with weights that count and descriptors of points that exist."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.checks import walk
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.fields.plain import trimmed


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any section or question, ids and wording apart."""
    if not audit.sections:
        yield Issue(("sections",), "there are no sections, so nothing is asked: write at least one question")
    for i, section in enumerate(audit.sections):
        if not section.questions and section.events is None:
            message = f"the section {quoted(section.id)} has no questions: add some or delete the section"
            yield Issue(("sections", i, "questions"), message)
        if section.weight <= 0:
            yield Issue(("sections", i, "weight"), _weight(section.weight))
    for path, section, question in walk.questions(audit):
        if question.weight <= 0:
            yield Issue((*path, "weight"), _weight(question.weight))
        if audit.rating_field(section) is None:
            if question.descriptors:
                message = (
                    "descriptors say when to choose a rating, and this section has no rating: leave them out"
                )
                yield Issue((*path, "descriptors"), message, at_name=True)
            continue
        scale = walk.scale_of(audit, section)
        points = [point.id for point in scale.points] if scale else []
        for point in question.descriptors:
            if scale and point not in points:
                message = (
                    f"the scale {quoted(scale.id)} has no point {quoted(point)}{did_you_mean(point, points)}"
                )
                yield Issue((*path, "descriptors", point), message, at_name=True)


def _weight(weight: float) -> str:
    return (
        f"a weight must be more than 0, not {trimmed(weight)}; a question that shouldn't count "
        "can stand in a section without a rating"
    )
