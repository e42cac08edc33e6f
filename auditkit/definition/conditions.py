"""What a condition on a column of the register names: a value, or a bound for numbers (``at least 16``)."""

from __future__ import annotations

import re
from collections.abc import Mapping

BOUND = re.compile(r"at (least|most) (-?\d+(?:\.\d+)?)", re.IGNORECASE)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def is_bound(value: str) -> bool:
    """Tell whether a value that a condition names is a bound for numbers."""
    return BOUND.fullmatch(value.strip()) is not None


def is_number(actual: str) -> bool:
    """Tell whether what the register says can be held against a bound."""
    return NUMBER.fullmatch(actual.strip()) is not None


def matches(value: str, actual: str) -> bool:
    """Tell whether what the register says is what a condition names.

    Args:
        value: What the condition names. Case and surrounding spaces don't matter.
        actual: What the register says of a recipient. What is no number is within no bound.
    """
    bound = BOUND.fullmatch(value.strip())
    if bound is None:
        return value.strip().casefold() == actual.strip().casefold()
    if not is_number(actual):
        return False
    number, limit = float(actual), float(bound[2])
    return number >= limit if bound[1].casefold() == "least" else number <= limit


def hold(conditions: Mapping[str, tuple[str, ...]], register_row: Mapping[str, str]) -> list[bool]:
    """Return for each column of some conditions whether the register's row has one of its values."""
    return [
        any(matches(value, register_row.get(column, "")) for value in values)
        for column, values in conditions.items()
    ]
