"""What a question of a section of numbers counts or measures, and what an audit does with its numbers.

The numbers themselves are answers like any other; what is different is here, as data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from auditkit.definition.field import Field

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

    def field_of(self, measure: Measure) -> Field:
        """Return the field of a number. Its choices are words that may stand there instead."""
        words = self.not_collected
        label = {"percent": "Percentage", "date": "Date"}.get(measure.kind, "Number")
        of = f" of {measure.unit}" if measure.unit and label == "Number" else ""
        return Field(
            VALUE,
            label,
            measure.kind,
            help=f"Leave it empty and choose “{words}” if you don't hold it."
            if measure.not_collected
            else "",
            noun=f"the {label.lower()}{of}",
            choices=(words,) if measure.not_collected else (),
            minimum=measure.minimum,
            maximum=measure.maximum,
        )

    def columns_beside(self, responses: tuple[Field, ...]) -> tuple[Field, ...]:
        """Return the columns of a section of numbers after the number itself, ``responses`` among them."""
        words = self.not_collected
        missing = Field(
            NOT_COLLECTED,
            f"{words}?",
            "choice",
            help="Only if you don't hold the number: it isn't the same as 0.",
            noun=f"“{words}”",
            choices=(words,),
        )
        return (missing, *(responses or (Field("comment", "Comment", "text", width=34.0),)))
