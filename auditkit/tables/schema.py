"""What a table holds: its key and its columns, with their types and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# How a column of type "yes or no" says it.
YES, NO = "Yes", "No"

ColumnType = Literal["text", "number", "date", "date and time", "yes or no", "any"]


@dataclass(frozen=True)
class Column:
    """One column. ``any`` is an answer's own type: text, number or date. Blanks are None in every type."""

    name: str
    type: ColumnType
    what: str
    unit: str = ""


@dataclass(frozen=True)
class Schema:
    """One table: what a row is, the columns that no two rows share the values of, and all columns."""

    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]
