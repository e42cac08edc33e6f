"""What every kind of answer defines, and what parsing a cell gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from auditkit.definition.model import Audit, Field

# What a spreadsheet cell can hold when it comes back (python-calamine's types).
Typed = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta
# What an answer is once it is understood.
Value = str | float | dt.date


class Parsed(NamedTuple):
    """A cell understood, or not; a named tuple, since there is one for each answer.

    ``value`` is None when what was typed can't be used. ``code`` is then the finding that says why; with a
    value, a code means that it was read with some latitude, which the officer is told.
    """

    value: Value | None
    code: str = ""


class Kind(Protocol):
    """The names that each module of :mod:`auditkit.fields` defines."""

    @property
    def OPTIONS(self) -> frozenset[str]:  # noqa: N802
        """The optional attributes of a Field that this kind takes."""

    @property
    def REQUIRES(self) -> frozenset[str]:  # noqa: N802
        """Those of OPTIONS that it can't do without."""

    @property
    def FORMAT(self) -> str:  # noqa: N802
        """Name of the cell style of an answer (a key of auditkit.workbook.style)."""

    @property
    def WIDTH(self) -> float:  # noqa: N802
        """Column width, in characters, where the definition gives none."""

    @property
    def HINT(self) -> str:  # noqa: N802
        """How it must be given, after its name: "from the list"; empty if any text will do."""

    def choices(self, field: Field, audit: Audit) -> tuple[str | float, ...]:
        """Return what the dropdown offers, in order; empty for a field that is typed freely."""

    def limits(self, field: Field, audit: Audit) -> str:
        """Return what is allowed, as the end of "Please enter …"; empty if anything is."""

    def validation(self, field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
        """Return XlsxWriter's data validation for the field; ``source`` is the range of its choices."""

    def parse(self, typed: Typed, field: Field, audit: Audit) -> Parsed:
        """Understand what was typed in a cell that isn't blank."""
