"""Themes: every one that a question or section names is there, and every one that is there is named."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.checks import walk
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import closest, did_you_mean, quoted


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any theme, ids and wording apart."""
    known = [theme.id for theme in audit.themes]
    named = set[str | None]()
    for path, ids in _named(audit):
        for n, theme in enumerate(ids):
            if theme not in known:
                message = f"there is no theme {quoted(theme)}{did_you_mean(theme, known)}"
                yield Issue((*path, n), message if known else f"{message}: list it under 'themes'")
            elif theme in ids[:n]:
                yield Issue((*path, n), f"the theme {quoted(theme)} is named twice here")
        named.update(theme if theme in known else closest(theme, known) for theme in ids)
    if _has_events(audit):
        return  # which themes respondents name there isn't known yet
    for n, theme in enumerate(known):
        if theme not in named:
            message = (
                f"no question and no section has the theme {quoted(theme)}: name it there, or take it out"
            )
            yield Issue(("themes", n), message)


def _named(audit: Audit) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the themes of every section and question."""
    for i, section in enumerate(audit.sections):
        yield ("sections", i, "themes"), section.themes
    for path, _, question in walk.questions(audit):
        yield (*path, "themes"), question.themes


def _has_events(audit: Audit) -> bool:
    """Tell whether respondents name themes themselves, beside events."""
    return any(s.events and any(field.role == "theme" for field in s.responses) for s in audit.sections)
