"""Going over a definition with the path of everything on the way."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.model import Audit, Field, Question, Rule, Section
from auditkit.definition.scale import Scale
from auditkit.definition.source import Path
from auditkit.definition.survey import AnswerType
from auditkit.definition.wording import closest


def scale_called(audit: Audit, scale_id: str) -> Scale | None:
    """Return the scale with this id, None if the definition has none."""
    return next((scale for scale in audit.scales if scale.id == scale_id), None)


def scale_meant(audit: Audit, scale_id: str) -> Scale | None:
    """Return the scale with this id, or the one that was probably meant, so that a slip hides nothing."""
    return scale_called(audit, scale_id) or scale_called(
        audit, closest(scale_id, (scale.id for scale in audit.scales)) or ""
    )


def scale_of(audit: Audit, section: Section) -> Scale | None:
    """Return the scale of a section's questions, None if it isn't rated or no scale can be meant."""
    rating = audit.rating_field(section)
    return scale_meant(audit, rating.scale) if rating else None


def response_lists(audit: Audit) -> Iterator[tuple[Path, tuple[Field, ...]]]:
    """Yield every list of response columns: the audit's own, then those of sections that have theirs."""
    yield ("responses",), audit.responses
    for i, section in enumerate(audit.sections):
        if section.responses:
            yield ("sections", i, "responses"), section.responses


def fields(audit: Audit) -> Iterator[tuple[Path, Field]]:
    """Yield every field, of responses and of the cover."""
    for path, listed in (*response_lists(audit), (("cover",), audit.cover)):
        for n, field in enumerate(listed):
            yield (*path, n), field


def questions(audit: Audit) -> Iterator[tuple[Path, Section, Question]]:
    """Yield every question."""
    for i, section in enumerate(audit.sections):
        for j, question in enumerate(section.questions):
            yield ("sections", i, "questions", j), section, question


def answers(audit: Audit) -> Iterator[tuple[Path, AnswerType]]:
    """Yield how questions of a survey are answered: as a section says for its own, or each question."""
    for i, section in enumerate(audit.sections):
        if section.answer is not None:
            yield ("sections", i, "answer"), section.answer
    for path, _, question in questions(audit):
        if question.answer is not None:
            yield (*path, "answer"), question.answer


def rules(audit: Audit) -> Iterator[tuple[Path, Rule, tuple[Field, ...]]]:
    """Yield every rule with the fields that it can be about."""
    responses = tuple(field for _, listed in response_lists(audit) for field in listed)
    for name, listed, fields in (
        ("rules", audit.rules, responses),
        ("cover_rules", audit.cover_rules, audit.cover),
    ):
        for n, rule in enumerate(listed):
            yield (name, n), rule, fields
