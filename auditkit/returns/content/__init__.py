"""The checks of what a return says, beyond the rules of its definition. One module a check.

All define the names of :class:`~auditkit.returns.content.seen.Check`. To add a check: write its module with
the others, list it in :data:`CHECKS`, give its codes words in :mod:`auditkit.returns.catalogue.content`, and
a place in :data:`auditkit.definition.content.ContentCode`. Words and thresholds are in ``words.yaml`` beside
:mod:`auditkit.returns.words`, and an audit's ``checks`` change them.
"""

from __future__ import annotations

from auditkit.returns.content import (
    contrary,
    events,
    examples,
    formulas,
    hidden,
    numbers,
    outside,
    overdue,
    personal,
    persons,
    pictures,
    placeholders,
    same,
    sign_off,
    subsets,
    thin,
    wording,
)
from auditkit.returns.content.seen import Check, Circumstances, Seen
from auditkit.returns.model import Finding

CHECKS: dict[str, Check] = {
    "thin": thin,
    "placeholders": placeholders,
    "examples": examples,
    "same": same,
    "contrary": contrary,
    "overdue": overdue,
    "sign_off": sign_off,
    "subsets": subsets,
    "numbers": numbers,
    "personal": personal,
    "persons": persons,
    "pictures": pictures,
    "wording": wording,
    "formulas": formulas,
    "hidden": hidden,
    "outside": outside,
    "events": events,
}


def check(seen: Seen) -> tuple[Finding, ...]:
    """Look at what a return says.

    Args:
        seen: The return, its answers parsed.

    Returns:
        What is the matter with it, but for what the audit's ``checks`` turn off.
    """
    off = set(seen.words.content.off)
    return tuple(
        finding
        for each in CHECKS.values()
        if not off.issuperset(each.CODES)
        for finding in each.find(seen)
        if finding.code not in off
    )


__all__ = ["CHECKS", "Check", "Circumstances", "Seen", "check"]
