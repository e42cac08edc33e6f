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
# Those that an audit without ratings has no use for.
RATED: tuple[Sheet, ...] = (ratings, questions, scoring)
# Those that an audit without numbers has no use for.
NUMBERED: tuple[Sheet, ...] = (numbers, totals)
# That of chronologies.
EVENTFUL: tuple[Sheet, ...] = (events,)
# Those that a round has no use for in which no progress was returned.
FOLLOWED: tuple[Sheet, ...] = (progress, progress_by_section, trail)
# What is said of sheets instead where a round has too many ratings for formulas, or for a sheet.
ABOUT_FIXED = {sheet.NAME: sheet.ABOUT_FIXED for sheet in (heatmap, ratings, questions, scoring)}


def what_is(sheet: Sheet, places: Places) -> str:
    """Return what a sheet is in the master of a round."""
    if sheet.NAME == ratings.NAME and not places.has_matrix:
        return ratings.ABOUT_ELSEWHERE
    return sheet.ABOUT if places.live else ABOUT_FIXED.get(sheet.NAME, sheet.ABOUT)


__all__ = ["EVENTFUL", "FOLLOWED", "NUMBERED", "RATED", "SHEETS", "Sheet", "what_is"]
