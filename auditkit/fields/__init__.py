"""The kinds of answer. One module a kind; all define the names of :class:`~auditkit.fields.kind.Kind`.

To add a kind: write its module beside the others and list it in :data:`KINDS`.
"""

from __future__ import annotations

from auditkit.definition.model import Audit, Field
from auditkit.fields import (
    choice,
    date,
    decimal,
    percent,
    person,
    rating,
    several,
    text,
    time,
    uncertain_date,
    whole_number,
    yes_no,
)
from auditkit.fields.kind import Kind, Parsed, Typed, Value
from auditkit.fields.plain import as_text

KINDS: dict[str, Kind] = {
    "rating": rating,
    "choice": choice,
    "yes_no": yes_no,
    "several": several,
    "text": text,
    "person": person,
    "whole_number": whole_number,
    "decimal": decimal,
    "percent": percent,
    "date": date,
    "uncertain_date": uncertain_date,
    "time": time,
}


def kind_of(field: Field) -> Kind:
    """Return the kind module of ``field``; KeyError if the definition named none that exists."""
    return KINDS[field.kind]


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Understand what was typed in a cell that isn't blank: as the kind of its field does.

    The choices of a field whose kind has none are words that may stand there instead ("Not collected").
    """
    parsed = KINDS[field.kind].parse(typed, field, audit)
    if parsed.value is None and field.choices:
        word = choice.one_of(as_text(typed), field.choices)
        return parsed if word.value is None else word
    return parsed


__all__ = ["KINDS", "Kind", "Parsed", "Typed", "Value", "kind_of", "parse"]
