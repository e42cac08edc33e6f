"""The sheets of the master. One module a sheet; all define the names of :class:`Sheet`.

To add a sheet: write its module beside the others and list it in :data:`SHEETS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from auditkit.master.book import Book
from auditkit.master.places import Places, places_of
from auditkit.master.sheets import (
    about,
    actions,
    answers,
    by_agency,
    by_case,
    by_theme,
    changes,
    events,
    heatmap,
    learning,
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
from auditkit.tables import Tables, asks_what_was_found


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
    by_case,
    by_agency,
    by_theme,
    learning,
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
# Those of audits of cases, of audits with themes, and of those that ask what was found.
CASED: tuple[Sheet, ...] = (by_case, by_agency)
THEMED: tuple[Sheet, ...] = (by_theme,)
LEARNT: tuple[Sheet, ...] = (learning,)
# Sheets that only some masters have, with what tells whether one does.
SOMETIMES: tuple[tuple[tuple[Sheet, ...], Callable[[Tables], bool]], ...] = (
    (RATED, lambda tables: bool(places_of(tables).sections)),
    (UNRATED, lambda tables: not places_of(tables).sections),
    (ACTED, actions.wanted),
    (NUMBERED, lambda tables: tables.audit.has_numbers),
    (CASED, lambda tables: tables.audit.cases is not None),
    (THEMED, lambda tables: bool(tables.audit.themes)),
    (LEARNT, lambda tables: asks_what_was_found(tables.audit)),
    (EVENTFUL, lambda tables: any(section.events for section in tables.audit.sections)),
    (FOLLOWED, lambda tables: len(tables.progress) > 0 or len(tables.trail) > 0),
)
# What is said of sheets instead where a round has too many ratings for formulas, or for a sheet.
ABOUT_FIXED = {sheet.NAME: sheet.ABOUT_FIXED for sheet in (heatmap, ratings, questions, scoring)}


def wanted(tables: Tables) -> tuple[Sheet, ...]:
    """Return the sheets of the master of a round, in the order of the tabs."""
    out = [sheet for sheets, is_wanted in SOMETIMES if not is_wanted(tables) for sheet in sheets]
    return tuple(sheet for sheet in SHEETS if sheet not in out)


def what_is(sheet: Sheet, places: Places) -> str:
    """Return what a sheet is in the master of a round."""
    if sheet.NAME == ratings.NAME and not places.has_matrix:
        return ratings.ABOUT_ELSEWHERE
    return sheet.ABOUT if places.live else ABOUT_FIXED.get(sheet.NAME, sheet.ABOUT)


__all__ = [
    "CASED",
    "EVENTFUL",
    "FOLLOWED",
    "LEARNT",
    "NUMBERED",
    "RATED",
    "SHEETS",
    "SOMETIMES",
    "THEMED",
    "UNRATED",
    "Sheet",
    "wanted",
    "what_is",
]
