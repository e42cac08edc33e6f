"""A difference as lines to read, as settings to paste, and as data for other programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from auditkit.definition.crosswalk import Link
from auditkit.definition.difference import SUBJECTS, Difference
from auditkit.definition.wording import listed
from auditkit.definition.xlsx.cells import EMPTY_LIST

EFFECTS = {"broken": "Can't be compared", "care": "Compare with care"}
# More ids than this are counted, not listed.
LISTED = 8


def lines(difference: Difference, in_excel: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the lines that say what differs, each with whether it is a heading.

    Args:
        difference: What differs.
        in_excel: Whether the newer definition is a workbook, for the lines to paste into it.
    """
    for subject in SUBJECTS:
        found = [change for change in difference.changes if change.subject == subject]
        if found:
            yield subject.capitalize(), True
        for change in found:
            yield (
                f"  {change.id}: {change.what}" if change.subject == "questions" else f"  {change.what}",
                False,
            )
    if difference.trends:
        yield "Comparisons with the edition before", True
    for trend in difference.trends:
        yield f"  {EFFECTS[trend.effect]}: {_which(trend.of, trend.ids)}: {trend.sentence}", False
    if difference.warnings:
        yield "Please look at", True
    for warning in difference.warnings:
        yield f"  {warning}", False
    if difference.proposed:
        where = "the sheet settings of the newer definition" if in_excel else "the newer definition"
        yield f"Alike: if these questions are the same, paste into {where}", True
        pasted = cells(difference) if in_excel else settings(difference)
        yield from ((f"  {line}", False) for line in pasted)


def _which(of: str, ids: tuple[str, ...]) -> str:
    if of == "the overall rating":
        return of
    named = listed(ids, "and") if len(ids) <= LISTED else f"{', '.join(ids[:LISTED])} … ({len(ids)} in all)"
    return f"{of if len(ids) > 1 else of.removesuffix('s')} {named}"


def settings(difference: Difference) -> list[str]:
    """Return the proposed links as lines of YAML: with what ``follows`` has already."""
    return [
        "follows:",
        f"  edition: {_quoted(difference.before.edition)}",
        "  questions:",
        *(
            f"    - {{id: {_quoted(link.id)}, was: [{', '.join(map(_quoted, link.was))}]}}"
            for link in _links(difference)
        ),
    ]


def cells(difference: Difference) -> list[str]:
    """Return the proposed links as the Excel form has them: what to type into which cells."""
    return [
        f"follows edition: {difference.before.edition}",
        "follows questions (all of these lines in its one cell):",
        *(f"  {link.id} | {', '.join(link.was) or EMPTY_LIST}" for link in _links(difference)),
    ]


def _links(difference: Difference) -> tuple[Link, ...]:
    """Return the links that are said already and those that are proposed."""
    follows = difference.after.follows
    said = follows.questions if follows and follows.edition == difference.before.edition else ()
    return (*said, *difference.proposed)


def _quoted(text: str) -> str:
    # JSON's way of writing a text is one of YAML's.
    return json.dumps(text, ensure_ascii=False)


def data(difference: Difference) -> dict[str, Any]:
    """Return a difference as plain data, for ``--json``."""

    def which(audit: Any) -> dict[str, str]:
        return {"id": audit.id, "title": audit.title, "edition": audit.edition}

    def link(one: Link) -> dict[str, Any]:
        return {"id": one.id, "was": list(one.was)}

    return {
        "before": which(difference.before),
        "after": which(difference.after),
        "changes": [dataclasses.asdict(change) for change in difference.changes],
        "trends": [
            {"effect": t.effect, "why": t.why, "of": t.of, "ids": list(t.ids), "what": t.sentence}
            for t in difference.trends
        ],
        "warnings": list(difference.warnings),
        "proposed": [link(one) for one in difference.proposed],
    }
