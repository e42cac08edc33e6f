"""Sections of numbers and of a survey alike: every question is asked in one way, and nothing is rated."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from auditkit.definition.model import Section
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import quoted


def lacking(path: Path, section: Section, n: int, setting: str) -> Issue:
    """Return the problem that question ``n`` lacks a setting which others of its section have."""
    message = (
        f"{quoted(section.questions[n].id)} has no '{setting}' as other questions of its section have: "
        "give it one, or move it to another section"
    )
    return Issue((*path, "questions", n), message)


def columns(path: Path, section: Section, what: str, taken: Collection[str]) -> Iterator[Issue]:
    """Yield the columns of a section that are ratings, or have an id that the section itself gives to one.

    Args:
        path: Where the section stands.
        section: The section.
        what: What it is of, in words.
        taken: The ids of columns that it has of itself.
    """
    for n, field in enumerate(section.responses):
        if field.kind == "rating":
            yield Issue((*path, "responses", n), f"a section of {what} isn't rated: take this column out")
        if field.id.casefold() in taken:
            message = f"a section of {what} has a column {quoted(field.id)} already: choose another id"
            yield Issue((*path, "responses", n, "id"), message)
