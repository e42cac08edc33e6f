"""Moderated ratings: chosen in the words of the scale of the ratings that they stand instead of."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.checks import walk
from auditkit.definition.model import Audit, Section, field_with_role
from auditkit.definition.scale import Scale
from auditkit.definition.source import Issue
from auditkit.definition.wording import did_you_mean, quoted


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield each choice of a moderated rating that is no point of the scale that it is held against."""
    is_rated = any(audit.rating_field(section) for section in audit.sections)
    told = set[tuple[str | int, ...]]()
    for i, section in enumerate(audit.sections):
        field, scale = field_with_role(audit.responses_of(section), "moderated"), _scale(audit, section)
        if field is None or (scale is None and is_rated):
            continue
        own = section.responses if field in section.responses else audit.responses
        path = ("sections", i, "responses") if field in section.responses else ("responses",)
        here = (*path, own.index(field)) if field in own else path
        if here in told:
            continue
        told.add(here)
        if scale is None or not is_rated:
            message = "nothing in this audit is rated, so there is no rating that it stands instead of"
            yield Issue(here, f"{message}: give it another role, or ask for ratings")
            continue
        if field.kind != "choice":
            message = f"a moderated rating is a 'choice' of the words of a scale, not {quoted(field.kind)}"
            yield Issue((*here, "kind"), message)
            continue
        if scale.numbers is not None:
            message = f"ratings on {quoted(scale.id)} are numbers, which have no moderated one: take this out"
            yield Issue(here, message)
            continue
        words = [point.label for point in scale.points]
        for n, choice in enumerate(field.choices):
            if scale.point_called(choice) is None:
                message = f"the scale {quoted(scale.id)} has no point {quoted(choice)}"
                yield Issue((*here, "choices", n), f"{message}{did_you_mean(choice, words)}")
    yield from _whole(audit)


def _whole(audit: Audit) -> Iterator[Issue]:
    """Yield each further question at which everybody could moderate the whole return."""
    first = ""
    for path, section, question in walk.questions(audit):
        is_whole = walk.scale_of(audit, section) is None
        if not is_whole or field_with_role(audit.responses_of(section), "moderated") is None:
            continue
        if any((section.applies_to, section.except_for, question.applies_to, question.except_for)):
            continue
        if first:
            message = f"the whole return is moderated at {quoted(first)} already: ask for it at one question"
            yield Issue(path, message)
        first = first or question.id


def _scale(audit: Audit, section: Section) -> Scale | None:
    """Return the scale of a section's ratings; without any, that of the whole return."""
    own = walk.scale_of(audit, section)
    if own is not None:
        return own
    first = next((found for each in audit.sections if (found := walk.scale_of(audit, each))), None)
    named = audit.overall.scale if audit.overall else ""
    return walk.scale_meant(audit, named) if named else first
