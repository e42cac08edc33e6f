"""A whole number, by default not below zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields import decimal
from auditkit.fields.kind import Parsed, Typed

OPTIONS: frozenset[str] = frozenset({"minimum", "maximum"})
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_number"
WIDTH = 11.0
HINT = "as a number"


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return nothing: a number is typed freely."""
    return ()


def limits(field: Field, audit: Audit) -> str:
    """Return the allowed range as a sentence's end."""
    return "a whole number" + decimal.span(field)


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a validation for whole numbers in the field's range."""
    return {**decimal.validation(field, audit, source), "validate": "integer"}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the number if it is whole and in range; one that was typed as text comes with a note."""
    parsed = decimal.parse(typed, field, audit)
    if isinstance(parsed.value, float) and not parsed.value.is_integer():
        return Parsed(None, "not-whole")
    return parsed
