"""The crosswalk that an officer has checked: one in which nothing is left open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.definition import yaml_source
from auditkit.definition.checks.follows import crosswalk_issues, unknown
from auditkit.definition.crosswalk import Crosswalk
from auditkit.definition.fill import fit
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Raw
from auditkit.definition.source import Path as Place
from auditkit.errors import ProblemsError

# What of ours a blank line waits for, by the setting that it stands under.
WAITED_FOR = {"questions": "question", "fields": "column", "points": "point"}


@dataclass(frozen=True, kw_only=True)
class Checked(Crosswalk):
    """A crosswalk in a file of its own; ``checked_by`` is who read it."""

    checked_by: str = ""


def checked(path: Path, theirs: Audit, ours: Audit) -> Crosswalk:
    """Return the crosswalk in a file, once each of its lines is decided and it is sound.

    Args:
        path: The file.
        theirs: What the other workbook asks.
        ours: The audit of this round, not narrowed to anyone.

    Raises:
        ProblemsError: With every line that waits for a decision, and everything that is wrong.
    """
    source = yaml_source.read(path)
    walk, found = fit(source, Checked, tuple(_undecided(source.data, ())))
    issues = [*source.issues, *found]
    if walk is not None and not issues:
        issues = [*crosswalk_issues(ours, walk), *unknown(theirs, replace(walk, points={}))]
    if walk is None or issues:
        raise ProblemsError(source.places.problems(issues))
    return walk


def _undecided(raw: Raw, path: Place) -> Iterator[Issue]:
    """Yield an issue for each line that was left blank; a whole setting of which nothing is left may be."""
    if raw is None and path == ("checked_by",):
        yield Issue(path, "nobody has checked this: when no line waits any more, write your name here")
    elif raw is None and len(path) > 1 and path[0] in WAITED_FOR:
        ours = WAITED_FOR[str(path[0])]
        yield Issue(path, f"this waits for you: write the id of our {ours} that is meant, or delete the line")
    inside = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for step, value in inside:
        yield from _undecided(value, (*path, step))
