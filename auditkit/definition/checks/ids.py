"""Ids: plain, unique whatever their case, and not one of the words that workbooks use themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditkit.definition import ids
from auditkit.definition.checks import walk
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import quoted

# Keys that auditkit.workbook.layout gives to columns and rows of its own.
COLUMN_KEYS = frozenset({"ref", "question", "descriptors", "status"})
ROW_KEYS = frozenset({"ref"})
# In a rule, "any" stands for any answer.
ANY = frozenset({"any"})

Named = Iterable[tuple[Path, str]]


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any id."""
    yield from _plain([((), audit.id)])
    yield from _all("scale", [(("scales", i), scale.id) for i, scale in enumerate(audit.scales)])
    for i, scale in enumerate(audit.scales):
        points = [(("scales", i, "points", j), point.id) for j, point in enumerate(scale.points)]
        yield from _all("point of this scale", points, ANY)
    for path, listed in walk.response_lists(audit):
        columns: Named = [((*path, n), field.id) for n, field in enumerate(listed)]
        yield from _all("response column", columns, COLUMN_KEYS)
    cover: Named = [(("cover", n), field.id) for n, field in enumerate(audit.cover)]
    yield from _all("field of the cover", cover, ROW_KEYS)
    yield from _all("section", [(("sections", i), section.id) for i, section in enumerate(audit.sections)])
    questions: Named = [(path, question.id) for path, _, question in walk.questions(audit)]
    yield from _all("question", questions, ROW_KEYS)
    yield from _all("rule", [(path, rule.id) for path, rule, _ in walk.rules(audit)])
    yield from _all("plan", [(("plans", i), plan.id) for i, plan in enumerate(audit.plans)])
    yield from _all("theme", [(("themes", i), theme.id) for i, theme in enumerate(audit.themes)])
    for i, plan in enumerate(audit.plans):
        steps = [(("plans", i, "steps", j), step.id) for j, step in enumerate(plan.steps)]
        yield from _all("step of this plan", steps)


def _all(what: str, named: Named, reserved: frozenset[str] = frozenset()) -> Iterator[Issue]:
    named = list(named)
    yield from _plain(named)
    first: dict[str, Path] = {}
    for path, text in named:
        here, folded = (*path, "id"), text.casefold()
        if folded in reserved:
            yield Issue(here, f"{quoted(text)} means something else to auditkit: choose another id")
        if folded in first:
            message = f"another {what} has the id {quoted(text)} already; give one of the two another id"
            yield Issue(here, message, other=first[folded])
        first.setdefault(folded, here)


def _plain(named: Named) -> Iterator[Issue]:
    for path, text in named:
        if not ids.is_id(text):
            yield Issue((*path, "id"), f"{quoted(text)} can't be an id: {ids.RULE}")
