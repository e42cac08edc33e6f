"""The sheets of a triangulation. One module a sheet; all define ``NAME``, ``ABOUT`` and ``write``.

To add a sheet: write its module beside the others and list it in :data:`SHEETS`.
"""

from __future__ import annotations

from typing import Protocol

from auditkit.master.book import Book
from auditkit.triangulation.model import Triangulation
from auditkit.triangulation.sheets import about, by_standard, charts, differences, not_matched


class Sheet(Protocol):
    """The names that each module here defines."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """The sheet's name."""

    @property
    def ABOUT(self) -> str:  # noqa: N802
        """What the sheet is, in a sentence."""

    def write(self, book: Book, made: Triangulation) -> None:
        """Add the sheet to ``book``."""


# In the order of the tabs.
SHEETS: tuple[Sheet, ...] = (differences, charts, by_standard, not_matched, about)

__all__ = ["SHEETS", "Sheet"]
