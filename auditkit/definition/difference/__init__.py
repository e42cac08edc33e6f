"""What changed between two editions of an audit, in words, and what that does to comparisons.

One function a subject, each ``(before, after, crosswalk) -> Iterator[Change]``, listed in :data:`SUBJECTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auditkit.definition.checks.follows import unknown
from auditkit.definition.crosswalk import Crosswalk, Link
from auditkit.definition.difference import likeness, lists, questions
from auditkit.definition.difference.change import Change
from auditkit.definition.difference.trends import Trend, trends
from auditkit.definition.model import Audit
from auditkit.definition.wording import listed, quoted

__all__ = ["SUBJECTS", "Change", "Difference", "Link", "Trend", "compare"]

SUBJECTS: dict[str, Callable[[Audit, Audit, Crosswalk], Iterator[Change]]] = {
    "audit": lists.audit,
    "standards": lists.sections,
    "questions": questions.changes,
    "scales": lists.scales,
    "columns": lists.columns,
    "rules": lists.rules,
    "roll-ups": lists.roll_ups,
    "cover": lists.cover,
    "plans": lists.plans,
    "themes": lists.themes,
}


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two editions.

    ``warnings`` are what the officer should look at before issuing; ``proposed`` the links to paste into
    ``follows`` if it is true that these questions continue those that they resemble.
    """

    before: Audit
    after: Audit
    changes: tuple[Change, ...]
    trends: tuple[Trend, ...]
    warnings: tuple[str, ...]
    proposed: tuple[Link, ...]


def compare(before: Audit, after: Audit) -> Difference:
    """Return what changed from ``before`` to ``after``, two sound definitions.

    What ``after`` says in ``follows`` counts only if it is said of the edition that ``before`` is.
    """
    follows = after.follows if after.follows and after.follows.edition == before.edition else None
    walk = follows or Crosswalk()
    changes = tuple(change for subject in SUBJECTS.values() for change in subject(before, after, walk))
    return Difference(
        before,
        after,
        changes,
        trends(before, after, walk),
        tuple(_warnings(before, after, walk, changes)),
        likeness.proposed(before, after, walk),
    )


def _warnings(before: Audit, after: Audit, walk: Crosswalk, changes: tuple[Change, ...]) -> Iterator[str]:
    if before.follows and before.follows.edition == after.edition:
        yield (
            f"edition {before.edition} says that it follows {after.edition}: name the older of the two first"
        )
    elif after.follows and after.follows.edition != before.edition:
        yield (
            f"edition {after.edition} says what it continues of edition {after.follows.edition}, not of "
            f"{before.edition}, so only ids are compared here"
        )
    if changes and before.edition == after.edition:
        yield f"both call themselves edition {quoted(after.edition)}: give the newer one another 'edition'"
    yield from (issue.message for issue in unknown(before, walk))
    again = likeness.used_again(before, after, walk)
    if again:
        yield (
            f"{listed(again, 'and')}: the text is so different that the id seems to be used for another "
            "question. Answers of the edition before would land on it: give it a new id, or say under "
            "follows what it was"
        )
