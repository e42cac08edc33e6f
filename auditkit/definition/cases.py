"""What makes an audit one of cases: several agencies answer on each case, and meet about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cases:
    """Which columns of the register say what a recipient's workbook is about, and whose it is.

    ``case`` is the column of the case, ``agency`` that of the agency; ``meeting`` is the value of the column
    ``agency`` that stands for the multi-agency meeting on the case.
    """

    case: str
    agency: str
    meeting: str

    def case_of(self, register_row: Mapping[str, str]) -> str:
        """Return the case that a recipient's workbook is about; nothing if the register doesn't say."""
        return register_row.get(self.case, "").strip()

    def agency_of(self, register_row: Mapping[str, str]) -> str:
        """Return whose workbook it is: an agency's, or that of the meeting."""
        return register_row.get(self.agency, "").strip()

    def is_meeting(self, register_row: Mapping[str, str]) -> bool:
        """Tell whether a recipient's workbook is that of the meeting on its case."""
        return folded(self.agency_of(register_row)) == folded(self.meeting)

    def key_of(self, register_row: Mapping[str, str]) -> tuple[str, str]:
        """Return which case and agency a recipient's workbook is about, as they are compared."""
        return folded(self.case_of(register_row)), folded(self.agency_of(register_row))


def folded(name: str) -> str:
    """Return the name of a case, agency or theme as it is compared: capitals and spaces don't matter."""
    return " ".join(name.split()).casefold()
