"""What a progress workbook asks: what has become of questions that weren't good yet, and of their actions.

Its sections have ids of their own, and so have its blocks: whatever becomes of its identity on the way, it is
never taken for a return of the audit, nor the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from auditkit.definition.model import Audit, Field, Section, field_with_role
from auditkit.definition.wording import listed
from auditkit.workbook.layout import PROGRESS

# What makes a section one to follow up, and what is asked for again on the cover.
FOLLOWED = frozenset({"rating", "action", "evidence"})
COVER_ROLES = ("author", "author_role", "contact")
LEFT_OUT = ("nil_return", "nil_reason", "signoff_name", "signoff_role", "signoff_date")


def form(audit: Audit, questions: Collection[str] | None = None) -> Audit:
    """Return the audit as a progress workbook asks it.

    Args:
        audit: The audit, as narrowed to the recipient.
        questions: The ids of the questions that it carries; by default all that it could.

    Returns:
        The questions with the columns in which something can change. Nothing in it has to be filled in but
        who fills it in: what is left empty stays as it was.
    """
    sections = []
    for section in audit.sections:
        responses = _responses(audit, section)
        own = tuple(q for q in section.questions if questions is None or q.id in questions)
        if responses and own:
            key = PROGRESS + section.id
            sections.append(replace(section, id=key, questions=own, responses=responses))
    cover = tuple(f for f in audit.cover if f.role in COVER_ROLES)
    if field_with_role(cover, "author") is None:
        cover = tuple(f for f in audit.cover if f.role not in LEFT_OUT) or audit.cover
    return replace(
        audit,
        sections=tuple(sections),
        cover=cover,
        rules=(),
        cover_rules=(),
        purpose="This workbook carries the questions that weren't good yet, the actions that are open and "
        "the evidence that is still to come. Tell us how far you are now.",
        instructions=tuple(_steps(audit)),
    )


def _responses(audit: Audit, section: Section) -> tuple[Field, ...]:
    """Return the columns of a section in which something can change; none if nothing is followed up."""
    if section.is_numbers:
        return ()
    ruled = {field_id for rule in audit.rules for field_id in (*rule.when, *rule.require)}
    fields = (f for f in audit.responses_of(section) if f.role or f.id in ruled)
    found = tuple(replace(f, required=False) for f in fields)
    return found if FOLLOWED & {f.role for f in found} else ()


def _steps(audit: Audit) -> Iterator[str]:
    if audit.cover:
        yield "Say on the cover sheet who you are: what you change is recorded under your name."
    yield (
        "Beside each question stands in grey what you said so far. Fill in only what has changed since; what "
        "you leave empty stays as it is."
    )
    fields = [f for section in audit.sections for f in _responses(audit, section)]
    progress = field_with_role(tuple(fields), "progress")
    if progress is not None and progress.closed:
        words = listed([f"“{choice}”" for choice in progress.closed], "or")
        yield f"When an action is finished, choose {words} under {progress.label}."
    evidence = field_with_role(tuple(fields), "evidence")
    if evidence is not None and audit.following.promised:
        yield f"Where you promised evidence, say under {evidence.label} what shows it now."
    if field_with_role(tuple(fields), "action") is not None:
        word = audit.following.withdrawn
        yield (
            f"To withdraw an action or evidence that you promised, type {word} in its place and say why, "
            f"such as “{word}: the service has moved”. An empty cell withdraws nothing."
        )
