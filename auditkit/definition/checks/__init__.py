"""The checks of a definition. One module a subject; all define ``issues(audit) -> Iterator[Issue]``.

To add a check: write it in the module of its subject; to add a subject, write its module beside the others
and list it in :data:`CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditkit.definition.checks import (
    applicability,
    cases,
    content,
    events,
    fields,
    follows,
    ids,
    measures,
    plans,
    questions,
    roll_ups,
    rules,
    scales,
    survey,
    texts,
)
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue

CHECKS: tuple[Callable[[Audit], Iterator[Issue]], ...] = (
    ids.issues,
    texts.issues,
    scales.issues,
    fields.issues,
    rules.issues,
    questions.issues,
    roll_ups.issues,
    applicability.issues,
    content.issues,
    follows.issues,
    measures.issues,
    events.issues,
    plans.issues,
    survey.issues,
    cases.issues,
)
