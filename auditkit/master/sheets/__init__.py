"""The sheets of the master. One module a sheet; all define the names of :class:`Sheet`.

To add a sheet: write its module beside the others and list it in :data:`SHEETS`.
"""

from __future__ import annotations

from typing import Protocol

from auditkit.master.book import Book
from auditkit.master.places import Places
from auditkit.master.sheets import (
    about,
    actions,
    answers,
    changes,
    events,
    heatmap,
    not_returned,
    notes,
    numbers,
    progress,
    progress_by_section,
    queries,
    questions,
    ratings,
    recipients,
    returns,
    scoring,
    summary,
    totals,
    trail,
)
from auditkit.tables import Tables


class Sheet(Protocol):
    """The names that each module here defines."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """The sheet's name."""

    @property
    def ABOUT(self) -> str:  # noqa: N802
        """What the sheet is, in a sentence."""

    def write(self, book: Book, tables: Tables) -> None:
        """Add the sheet to ``book``."""


# In the order of the tabs.
SHEETS: tuple[Sheet, ...] = (
    summary,
    heatmap,
    recipients,
    ratings,
    questions,
    answers,
    numbers,
    totals,
    events,
    actions,
    progress,
    progress_by_section,
    trail,
    returns,
    queries,
    notes,
    changes,
    not_returned,
    scoring,
    about,
)
# Those that an audit without ratings has no use for, and that of one with ratings.
RATED: tuple[Sheet, ...] = (heatmap, ratings, questions, scoring)
UNRATED: tuple[Sheet, ...] = (recipients,)
# That of actions, which no column may ask for.
ACTED: tuple[Sheet, ...] = (actions,)
# Those that an audit without numbers has no use for.
NUMBERED: tuple[Sheet, ...] = (numbers, totals)
# That of chronologies.
EVENTFUL: tuple[Sheet, ...] = (events,)
# Those that a round has no use for in which no progress was returned.
FOLLOWED: tuple[Sheet, ...] = (progress, progress_by_section, trail)
# What is said of sheets instead where a round has too many ratings for formulas, or for a sheet.
ABOUT_FIXED = {sheet.NAME: sheet.ABOUT_FIXED for sheet in (heatmap, ratings, questions, scoring)}


def sheets_for(tables: Tables, places: Places) -> tuple[Sheet, ...]:
    """Return the sheets that a round has a use for, in order."""
    audit = tables.audit
    uses = (
        (RATED, bool(places.sections)),
        (UNRATED, not places.sections),
        (NUMBERED, audit.has_numbers),
        (EVENTFUL, any(section.events for section in audit.sections)),
        (ACTED, actions.wanted(tables)),
        (FOLLOWED, len(tables.progress) or len(tables.trail)),
    )
    unused = {sheet.NAME for sheets, used in uses if not used for sheet in sheets}
    return tuple(sheet for sheet in SHEETS if sheet.NAME not in unused)


def what_is(sheet: Sheet, places: Places) -> str:
    """Return what a sheet is in the master of a round."""
    if sheet.NAME == ratings.NAME and not places.has_matrix:
        return ratings.ABOUT_ELSEWHERE
    return sheet.ABOUT if places.live else ABOUT_FIXED.get(sheet.NAME, sheet.ABOUT)


__all__ = ["EVENTFUL", "FOLLOWED", "NUMBERED", "SHEETS", "UNRATED", "Sheet", "sheets_for", "what_is"]
