"""What stands beside the number of a question: for when it is."""

from __future__ import annotations

from auditkit.definition.measure import Measure
from auditkit.fields.days import british


def when(measure: Measure) -> str:
    """Return the day or the time that a measure is for, in words; empty if it isn't said."""
    if measure.census is not None:
        return f"On {british(measure.census)}"
    if measure.start is not None and measure.end is not None:
        return f"{british(measure.start)} to {british(measure.end)}"
    return measure.period
