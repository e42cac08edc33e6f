"""The words by which tables of cases are read: data, in ``words.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from auditkit.definition.yaml import read_yaml_as
from auditkit.register.columns import same

SHIPPED = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True)
class Words:
    """Headings of the columns ``case`` and ``agency``, and what a cell of a grid may hold."""

    case: tuple[str, ...]
    agency: tuple[str, ...]
    on: tuple[str, ...]
    off: tuple[str, ...]

    def is_case(self, heading: str) -> bool:
        """Tell whether a heading is that of cases."""
        return any(same(heading, word) for word in self.case)

    def is_agency(self, heading: str) -> bool:
        """Tell whether a heading is that of agencies."""
        return any(same(heading, word) for word in self.agency)

    def is_on(self, cell: str) -> bool | None:
        """Tell whether a cell of a grid is a cross; None if it can't be told."""
        folded = cell.casefold()
        return True if folded in self.on else False if not folded or folded in self.off else None


@lru_cache(maxsize=1)
def shipped() -> Words:
    """Return the words that auditkit comes with."""
    return read_yaml_as(SHIPPED, Words)[0]
