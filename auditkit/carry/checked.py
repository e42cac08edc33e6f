"""The crosswalk that an officer has checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.definition import yaml
from auditkit.definition.checks.follows import crosswalk_issues, unknown
from auditkit.definition.crosswalk import Crosswalk
from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError, ProblemsError

NOBODY = "NOBODY YET"


@dataclass(frozen=True, kw_only=True)
class Checked(Crosswalk):
    """A crosswalk in a file of its own; ``checked_by`` is who read it."""

    checked_by: str = ""


def checked(path: Path, theirs: Audit, ours: Audit) -> Crosswalk:
    """Return the crosswalk in a file, once it is sound and somebody has checked it.

    Args:
        path: The file.
        theirs: What the other workbook asks.
        ours: The audit of this round, not narrowed to anyone.

    Raises:
        AuditkitError: Nobody has checked it.
        ProblemsError: With everything that is wrong with it.
    """
    walk, places = yaml.read_yaml_as(path, Checked)
    if walk.checked_by == NOBODY:
        raise AuditkitError(
            f"{path} is a draft that nobody has checked. Read it line by line, correct it, and write your "
            "name behind checked_by."
        )
    issues = [*crosswalk_issues(ours, walk), *unknown(theirs, replace(walk, points={}))]
    if issues:
        raise ProblemsError(places.problems(issues))
    return walk
