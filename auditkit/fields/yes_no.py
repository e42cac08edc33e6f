"""Yes or No."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields import choice
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import as_text

OPTIONS: frozenset[str] = frozenset()
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_choice"
WIDTH = 9.0
HINT = "from the list"
YES, NO = "Yes", "No"


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return Yes and No."""
    return (YES, NO)


def limits(field: Field, audit: Audit) -> str:
    """Return the two answers as a sentence's end."""
    return "Yes or No"


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a dropdown over ``source``."""
    return choice.validation(field, audit, source)


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return Yes or No; Y, N and a cell's own TRUE and FALSE are near misses."""
    text = as_text(typed)
    short = {"y": YES, "true": YES, "n": NO, "false": NO}.get(text.strip().casefold())
    return Parsed(short, "near-miss") if short else choice.one_of(text, (YES, NO))
