"""The sheets of the integrated chronology. One module a sheet; all define ``NAME``, ``ABOUT`` and ``write``.

To add a sheet: write its module beside the others and list it in :data:`SHEETS`.
"""

from __future__ import annotations

from typing import Protocol

from auditkit.chronology.event import Chronology
from auditkit.chronology.sheets import about, integrated, side_by_side, timeline, to_ask, without
from auditkit.master.book import Book


class Sheet(Protocol):
    """The names that each module here defines."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """The sheet's name."""

    @property
    def ABOUT(self) -> str:  # noqa: N802
        """What the sheet is, in a sentence."""

    def write(self, book: Book, chronology: Chronology) -> None:
        """Add the sheet to ``book``."""


# In the order of the tabs.
SHEETS: tuple[Sheet, ...] = (integrated, side_by_side, without, to_ask, timeline, about)

__all__ = ["SHEETS", "Sheet"]
