"""Whether a definition makes sense beyond its form: everything that is wrong, in one go.

What is looked at is in :mod:`auditkit.definition.checks`.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditkit.definition.checks import CHECKS, applicability, cases, measures, survey
from auditkit.definition.checks.ids import issues as wrong_ids
from auditkit.definition.gaps import is_in
from auditkit.definition.ids import is_id
from auditkit.definition.model import Audit
from auditkit.definition.reading import Reading
from auditkit.definition.source import Issue, Path, Places
from auditkit.errors import Problem
from auditkit.register import Recipient
from auditkit.register.columns import ALIASES

# A name that isn't there may be the one that couldn't be read; so many are tried.
MOST_NAMES = 40


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
    return (places or Places()).problems(_issues(audit, recipients, register))


def all_problems(
    reading: Reading, recipients: Sequence[Recipient] | None = None, register: str = "the register"
) -> list[Problem]:
    """Return everything that is wrong with a definition, in the order of its file: its form and its sense.

    What only follows from something that couldn't be read, or from an id that has to be changed, isn't said.

    Args:
        reading: The definition, as far as it could be read.
        recipients: The register, if conditions are to be checked against it.
        register: The register's file name, for messages.
    """
    found: list[Issue] = []
    if reading.audit is not None:
        found = [
            issue
            for issue in _issues(reading.audit, recipients, register)
            if not is_in(issue.path, reading.settled)
        ]
    if found and reading.audit is not None:
        ids = frozenset(issue.path for issue in wrong_ids(reading.audit))
        names = dict.fromkeys(filter(is_id, map(reading.named, found))) if ids or reading.gaps else ()
        for audit in reading.otherwise(list(names)[:MOST_NAMES], ids):
            told = {_spot(issue) for issue in _issues(audit, recipients, register)}
            found = [issue for issue in found if issue.path in ids or _spot(issue) in told]
    return reading.places.problems([*reading.issues, *found])


def _spot(issue: Issue) -> tuple[Path, bool, Path | None]:
    """Return what is the same of an issue whatever stands in gaps elsewhere."""
    return issue.path, issue.at_name, issue.other


def _issues(audit: Audit, recipients: Sequence[Recipient] | None, register: str) -> list[Issue]:
    issues = [issue for check in CHECKS for issue in check(audit)]
    if recipients is not None:
        rows = [recipient.row() for recipient in recipients]
        issues += applicability.register_issues(audit, rows, ALIASES, register)
        issues += measures.register_issues(audit, rows, register)
        issues += survey.register_issues(audit, rows, register)
        issues += cases.register_issues(audit, rows, register)
    return issues
