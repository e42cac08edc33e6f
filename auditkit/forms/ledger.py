"""What became of a form's cells, and what the officer has to know: kept while a draft is put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from auditkit.forms.workbook import Cell, Place, Sheet


@dataclass
class Ledger:
    """Cells that have a place in the draft, and decisions that were taken or are left to the officer."""

    placed: set[Place] = field(default_factory=set)
    decisions: list[str] = field(default_factory=list)

    def place(self, sheet: Sheet, cells: Iterable[Cell]) -> None:
        """Note that cells of a sheet have their place."""
        self.placed |= {Place(sheet.name, *cell) for cell in cells}

    def decide(self, sentence: str) -> None:
        """Note what the officer has to know, once."""
        if sentence not in self.decisions:
            self.decisions.append(sentence)
