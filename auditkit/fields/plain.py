"""What kinds share: plain text of any cell, and telling a near miss of a list from a wrong value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from auditkit.fields.kind import Typed, Value

# What Excel shows in a cell whose formula fails.
ERRORS = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"))


def as_text(typed: Typed) -> str:
    """Return what a person sees in the cell: ``12`` not ``12.0``, dates in British order."""
    if type(typed) is str:  # nearly always
        return typed
    if isinstance(typed, bool):
        return "TRUE" if typed else "FALSE"
    if isinstance(typed, float) and typed.is_integer() and abs(typed) < 1e15:
        return str(int(typed))
    if isinstance(typed, dt.datetime):
        return typed.strftime("%d/%m/%Y" if typed.time() == dt.time() else "%d/%m/%Y %H:%M")
    if isinstance(typed, dt.date):
        return typed.strftime("%d/%m/%Y")
    return str(typed)


def as_json(value: Value) -> str | float | dict[str, str]:
    """Return a value as JSON holds it."""
    return {"date": value.isoformat()} if isinstance(value, dt.date) else value


def from_json(kept: str | float | dict[str, str]) -> Value:
    """Return a value that JSON held."""
    return dt.date.fromisoformat(kept["date"]) if isinstance(kept, dict) else kept


def number(typed: Typed) -> float | None:
    """Return the number in a cell, None if it holds none; true and false aren't numbers."""
    if isinstance(typed, bool):
        return None
    if isinstance(typed, (int, float)):
        return float(typed)
    if isinstance(typed, str) and re.fullmatch(r"\s*[+-]?\d+(\.\d+)?\s*", typed):
        return float(typed)
    return None


def trimmed(value: float) -> str:
    """Return a number without a needless fraction: ``5`` for 5.0, ``2.5`` for 2.5."""
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def near(text: str, choices: Iterable[str]) -> str | None:
    """Return the one choice that ``text`` plainly means, None if none or several do.

    Case, spaces and any symbol (``● Green`` without its dot) don't count; a missing letter does.
    """
    wanted = _letters(text)
    found = [choice for choice in choices if _letters(choice) == wanted] if wanted else []
    return found[0] if len(found) == 1 else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
