"""What a question of a section of numbers counts or measures, and what an audit does with its numbers.

The numbers themselves are answers like any other; what is different is here, as data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# The columns of a section of numbers that every such section has: the number, and that there is none.
VALUE, NOT_COLLECTED = "value", "not_collected"


@dataclass(frozen=True)
class Measure:
    """A number, a percentage or a date that is asked for: of what, for when, and how it hangs together.

    It is for one day (``census``), for the days from ``start`` to ``end``, or for a time in words
    (``period``). The others name questions by id: it is no more than each of ``subset_of``, the sum of
    ``sum_of``, or the first of ``ratio_of`` divided by the second, give or take ``tolerance``.
    """

    unit: str = ""
    kind: str = "whole_number"
    census: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    period: str = ""
    minimum: float | dt.date | None = None
    maximum: float | dt.date | None = None
    required: bool = True
    not_collected: bool = True
    subset_of: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    ratio_of: tuple[str, ...] = ()
    tolerance: float | None = None

    @property
    def allowance(self) -> float:
        """How far it may be from what its sum or ratio comes to; of a percentage as a fraction."""
        usual = {"percent": 1.0, "decimal": 0.1}.get(self.kind, 0.0) if self.ratio_of else 0.0
        allowed = usual if self.tolerance is None else self.tolerance
        return allowed / 100 if self.kind == "percent" else allowed

    @property
    def last_day(self) -> dt.date | None:
        """The day before which nobody can know the number; None if it isn't said."""
        return self.census or self.end


@dataclass(frozen=True)
class Measures:
    """What an audit does with its sections of numbers.

    Without ``ask`` they are left out altogether. ``totals_by`` names columns of the register; counts below
    ``small`` (but not nought) are marked as not to be published.
    """

    ask: bool = True
    totals_by: tuple[str, ...] = ("group",)
    small: int | None = None
    not_collected: str = "Not collected"
