"""A point of one of the audit's scales, or a number on a number scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditkit.definition.model import Audit, Field
from auditkit.definition.scale import NumberRange, Scale
from auditkit.fields.choice import one_of
from auditkit.fields.kind import Parsed, Typed
from auditkit.fields.plain import as_text, near, number, trimmed

OPTIONS: frozenset[str] = frozenset({"scale"})
REQUIRES: frozenset[str] = frozenset({"scale"})
FORMAT = "answer_rating"
WIDTH = 14.0
HINT = "from the list"


def choices(field: Field, audit: Audit) -> tuple[str | float, ...]:
    """Return the points' texts; on a number scale every allowed number, then the points outside it (N/A)."""
    scale = audit.scale(field.scale)
    if scale.numbers is None:
        return tuple(point.text for point in scale.points)
    return (*steps(scale.numbers), *_words(scale))


def limits(field: Field, audit: Audit) -> str:
    """Return the scale as a sentence's end."""
    scale = audit.scale(field.scale)
    if scale.numbers is None:
        return "one of: " + ", ".join(point.text for point in scale.points)
    n = scale.numbers
    span = f"a number from {trimmed(n.minimum)} to {trimmed(n.maximum)} in steps of {trimmed(n.step)}"
    return " or ".join((span, *_words(scale)))


def validation(field: Field, audit: Audit, source: str) -> Mapping[str, Any]:
    """Return a dropdown over ``source``."""
    return {"validate": "list", "source": source}


def parse(typed: Typed, field: Field, audit: Audit) -> Parsed:
    """Return the text of the point, or the number, that was picked or is plainly meant."""
    scale = audit.scale(field.scale)
    text = as_text(typed)
    if scale.numbers is None:
        if scale.point_for(text) is not None:
            return Parsed(text)
        exact = one_of(text, tuple(point.text for point in scale.points))
        if exact.value is not None:
            return exact
        label = near(text, (point.label for point in scale.points))
        meant = next((point.text for point in scale.points if point.label == label), None)
        return Parsed(meant, "near-miss") if meant else Parsed(None, "not-in-list")
    value = number(text.removesuffix(scale.numbers.unit) if isinstance(typed, str) else typed)
    if value is None:
        return one_of(text, _words(scale))
    if value not in steps(scale.numbers):
        return Parsed(None, "out-of-range")
    return Parsed(value, "near-miss" if isinstance(typed, str) else "")


def steps(numbers: NumberRange) -> tuple[float, ...]:
    """Return every number that a number scale allows, lowest first."""
    count = round((numbers.maximum - numbers.minimum) / numbers.step)
    return tuple(round(numbers.minimum + i * numbers.step, 9) for i in range(count + 1))


def _words(scale: Scale) -> tuple[str, ...]:
    return tuple(point.text for point in scale.points if point.not_applicable)
