"""The containers that are known: the one table of them.

To add one: write its module with the names of its siblings, and list it here. The order matters only where
two recognise one file: the particular comes before the general.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from auditkit.guard.limits import Limits
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import archive, delimited, eml, encrypted, msg, ods, xls, xlsb, xlsx
from auditkit.returns.intake.incoming import Incoming, Look
from auditkit.returns.intake.opening import Opening
from auditkit.returns.sheets import Workbook


class Format(Protocol):
    """The names that each module of a container of sheets defines."""

    @property
    def KIND(self) -> str:  # noqa: N802
        """What it is, in words."""

    def recognises(self, look: Look) -> bool:
        """Tell by its content whether a file is of this kind."""

    def read(self, look: Look, limits: Limits) -> Workbook:
        """Return the sheets in it; UnreadableError if they can't be read."""


class Package(Protocol):
    """The names that each module of a container of files defines."""

    @property
    def KIND(self) -> str:  # noqa: N802
        """What it is, in words."""

    def recognises(self, look: Look) -> bool:
        """Tell by its content whether a file is of this kind."""

    def unpack(self, outer: Incoming, look: Look, opening: Opening) -> Iterator[Incoming]:
        """Yield the files in it; UnreadableError if there are no more to be had."""

    def empty(self, look: Look, limits: Limits) -> UnreadableError:
        """Return what to say of one from which no file came."""


FORMATS: dict[str, Format] = {"xlsx": xlsx, "xlsb": xlsb, "xls": xls, "ods": ods, "delimited": delimited}
PACKAGES: dict[str, Package] = {"encrypted": encrypted, "msg": msg, "eml": eml, "archive": archive}
