"""The kinds of answer. One module a kind; all define the names of :class:`~auditkit.fields.kind.Kind`.

To add a kind: write its module beside the others and list it in :data:`KINDS`.
"""

from __future__ import annotations

from auditkit.definition.model import Field
from auditkit.fields import choice, date, decimal, percent, person, rating, text, whole_number, yes_no
from auditkit.fields.kind import Kind, Parsed, Typed, Value

KINDS: dict[str, Kind] = {
    "rating": rating,
    "choice": choice,
    "yes_no": yes_no,
    "text": text,
    "person": person,
    "whole_number": whole_number,
    "decimal": decimal,
    "percent": percent,
    "date": date,
}


def kind_of(field: Field) -> Kind:
    """Return the kind module of ``field``; KeyError if the definition named none that exists."""
    return KINDS[field.kind]


__all__ = ["KINDS", "Kind", "Parsed", "Typed", "Value", "kind_of"]
