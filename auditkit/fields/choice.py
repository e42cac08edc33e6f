"""One of a list of words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import as_text, near

OPTIONS: frozenset[str] = frozenset({"choices", "closed"})
REQUIRES: frozenset[str] = frozenset({"choices"})
FORMAT = "answer_choice"
WIDTH = 13.0
HINT = "from the list"


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return the field's own choices."""
    return field.choices


def limits(field: Field, audit: Audit) -> str:
    """Return the choices as a sentence's end."""
    return "one of: " + ", ".join(field.choices)


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a dropdown over ``source``."""
    return {"validate": "list", "source": source}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the choice that was picked, or that the text plainly means."""
    return one_of(as_text(typed), field.choices)


def one_of(text: str, choices: tuple[str, ...]) -> Parsed:
    """Return the choice equal to ``text``; a near miss comes with a note, anything else is no value."""
    if text in choices:
        return Parsed(text)
    close = near(text, choices)
    return Parsed(close, "near-miss") if close else Parsed(None, "not-in-list")
