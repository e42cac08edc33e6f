"""Free text of any length, over several lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import as_text

OPTIONS: frozenset[str] = frozenset()
REQUIRES: frozenset[str] = frozenset()
FORMAT = "answer_text"
WIDTH = 32.0
HINT = ""


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return nothing: text is typed freely."""
    return ()


def limits(field: Field, audit: Audit) -> str:
    """Return nothing: any text will do."""
    return ""


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a validation that allows anything, so that the cell can carry its input message."""
    return {"validate": "any"}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the text as it was typed; a number or a date in a text cell is the text a person sees."""
    return Parsed(as_text(typed))
