"""A measure in words: for when it is, and how it is answered."""

from __future__ import annotations

from auditkit.definition.measure import Measure
from auditkit.definition.model import Audit
from auditkit.definition.wording import listed
from auditkit.fields import kind_of
from auditkit.fields.days import british


def unit_of(measure: Measure) -> str:
    """Return the unit of a measure, that of a percentage if it has no other; empty if it has none."""
    return measure.unit or ("%" if measure.kind == "percent" else "")


def when(measure: Measure) -> str:
    """Return the day or the time that a measure is for, in words; empty if it isn't said."""
    if measure.census is not None:
        return f"On {british(measure.census)}"
    if measure.start is not None and measure.end is not None:
        return f"{british(measure.start)} to {british(measure.end)}"
    return measure.period


def how(measure: Measure, audit: Audit) -> str:
    """Return how a number is answered, as somebody who hasn't the workbook needs to know it."""
    field = audit.number_policy.field_of(measure)
    said = [kind_of(field).limits(field, audit) + (f" ({measure.unit})" if measure.unit else "")]
    day = when(measure)
    if day:
        said.append(day[0].lower() + day[1:])
    if measure.subset_of:
        said.append(f"no more than {listed(measure.subset_of)}")
    if measure.sum_of:
        said.append(f"the sum of {listed(measure.sum_of, 'and')}")
    if measure.ratio_of:
        said.append(" divided by ".join(measure.ratio_of))
    if measure.not_collected:
        said.append(f"or “{audit.number_policy.not_collected}”")
    if not measure.required:
        said.append("may be left blank")
    return "; ".join(said)
