"""The catalogue of findings: the one place with words for what can be the matter with a return.

Code elsewhere records a :class:`~auditkit.returns.model.Finding` with a code and its data; what it says to
an officer or to a respondent is looked up here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import get_args

from auditkit.definition.content import Content
from auditkit.fields import Typed
from auditkit.fields.plain import as_text
from auditkit.returns.catalogue import completeness, content, files, identity, structure, values, versions
from auditkit.returns.catalogue.entry import Entry, Severity
from auditkit.returns.details import details, names_person
from auditkit.returns.model import Finding
from auditkit.returns.words import words_for

# Most serious first.
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

CATALOGUE: dict[str, Entry] = {
    entry.code: entry
    for subject in (files, identity, versions, structure, values, completeness, content)
    for entry in subject.ENTRIES
}

# How much of what was typed a finding shows, and what instead of a text that may identify somebody.
SHOWN = 200
WITHHELD = "[not shown: it may identify somebody]"


@dataclass(frozen=True)
class Said:
    """A finding in words."""

    severity: Severity
    title: str
    happened: str
    to_do: str
    respondent: str


def said(finding: Finding) -> Said:
    """Return what the catalogue says of a finding.

    Args:
        finding: Any finding with a code of the catalogue.

    Returns:
        Its severity and sentences, with the names in them filled.

    Raises:
        KeyError: If the code isn't in the catalogue, or the finding lacks data that its sentences name.
    """
    entry = CATALOGUE[finding.code]
    names = {
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "question": finding.question,
        "value": finding.value,
        **dict(finding.data),
    }
    happened, to_do, respondent = (
        sentence.format_map(names) for sentence in (entry.happened, entry.to_do, entry.respondent)
    )
    return Said(entry.severity, entry.title, happened, to_do, respondent)


def severity(finding: Finding) -> Severity:
    """Return how serious a finding is; KeyError if its code isn't in the catalogue."""
    return CATALOGUE[finding.code].severity


def holding(findings: Iterable[Finding], day: dt.date | None) -> tuple[Finding, ...]:
    """Return the findings that hold on a day, without saying on which others they would.

    Args:
        findings: What is known of a file, whatever the day.
        day: The day to which a run speaks; None leaves out whatever depends on one.
    """
    return tuple(
        replace(one, since=None, until=None) if one.since or one.until else one
        for one in findings
        if (one.since is None and one.until is None)
        or (day is not None and (one.since or day) <= day <= (one.until or day))
    )


def shown(typed: Typed) -> str:
    """Return what was typed as a report shows it: the text that a person sees, cut if it is long.

    A text that seems to identify somebody is withheld: findings are printed, mailed and pasted into tickets.
    """
    words = words_for(Content())
    if details(typed, words.not_names) or names_person(typed, words):
        return WITHHELD
    text = as_text(typed)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


__all__ = ["CATALOGUE", "SEVERITIES", "Entry", "Said", "Severity", "holding", "said", "severity", "shown"]
