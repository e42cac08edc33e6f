"""Whether a definition makes sense beyond its form: everything that is wrong, in one go.

What is looked at is in :mod:`auditkit.definition.checks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.definition.checks import CHECKS, applicability, measures, survey
from auditkit.definition.model import Audit
from auditkit.definition.source import Places
from auditkit.errors import Problem
from auditkit.register import Recipient
from auditkit.register.columns import ALIASES


def problems(
    audit: Audit,
    places: Places | None = None,
    recipients: Sequence[Recipient] | None = None,
    register: str = "the register",
) -> list[Problem]:
    """Return everything that is wrong with ``audit``, in the order of its file; nothing if it is sound.

    Args:
        audit: The definition.
        places: Where everything in it stands, as its reader returned; without, problems have no place.
        recipients: The register, if conditions are to be checked against it.
        register: The register's file name, for messages.
    """
    places = places or Places()
    issues = [issue for check in CHECKS for issue in check(audit)]
    if recipients is not None:
        rows = [recipient.row() for recipient in recipients]
        issues += applicability.register_issues(audit, rows, ALIASES, register)
        issues += measures.register_issues(audit, rows, register)
        issues += survey.register_issues(audit, rows, register)
    return places.problems(issues)
