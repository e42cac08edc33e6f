"""One of several choices that may be chosen together: its own cell, with Yes or nothing in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields import choice, yes_no
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import as_text, near
from auditkit.fields.yes_no import NO, YES

OPTIONS: frozenset[str] = frozenset({"choices"})
REQUIRES: frozenset[str] = frozenset({"choices"})
FORMAT = "answer_choice"
WIDTH = 13.0
HINT = "from the list"

# What people mark a choice with.
MARKS = frozenset({"x", "✓", "✔", "☑", "✗", "*", "1"})


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return Yes: what isn't chosen is left blank."""
    return (YES,)


def limits(field: Field, audit: Audit) -> str:
    """Return what to do as a sentence's end."""
    return "Yes, or leave it blank"


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a dropdown over ``source``."""
    return choice.validation(field, audit, source)


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the words of the choice if it was chosen, No if that was typed.

    The words themselves are the value, so that it never passes for another choice: neither if the definition
    gets others later, nor in a table where Yes alone would say nothing.
    """
    text = as_text(typed)
    (own,) = field.choices if len(field.choices) == 1 else (None,)
    if own is None:
        return choice.one_of(text, field.choices)
    if text in (YES, own):
        return Parsed(own)
    if text.strip().casefold() in MARKS or near(text, (own,)):
        return Parsed(own, "near-miss")
    said = yes_no.parse(typed, field, audit)
    if said.value == YES:
        return Parsed(own, "near-miss")
    return Parsed(NO, said.code) if said.value == NO else Parsed(None, "not-in-list")
