"""Files as they come in, opened in a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from auditkit.guard import Limits
from auditkit.returns import intake
from auditkit.returns.intake import Leaf, UnreadableError
from auditkit.returns.sheets import Workbook

NOW = dt.datetime(2026, 9, 7, 12, tzinfo=dt.timezone.utc)


def leaves(
    content: bytes,
    name: str = "f",
    passwords: Sequence[str] = (),
    own: Mapping[str, str] | None = None,
    **limits: int,
) -> list[Leaf]:
    opening = intake.opening(
        Limits(**limits),
        intake.Passwords(tuple(passwords), {key: (one,) for key, one in (own or {}).items()}),
    )
    opened = intake.leaves(intake.incoming(name, content, NOW), opening)
    return [one for one in opened if isinstance(one, intake.Leaf)]


def told(content: bytes, **limits: int) -> dict[str, str]:
    """Return what becomes of each file: "read" or the code of the reason."""
    return {
        leaf.incoming.file: leaf.problem.code if leaf.problem else "read"
        for leaf in leaves(content, **limits)
    }


def book(content: bytes, **limits: int) -> Workbook:
    (leaf,) = leaves(content, **limits)
    if leaf.problem:
        raise leaf.problem
    assert leaf.look is not None
    return intake.read(leaf.look, Limits(**limits))


def problem(content: bytes, **limits: int) -> tuple[str, dict[str, str]]:
    try:
        book(content, **limits)
    except UnreadableError as error:
        return error.code, dict(error.data)
    raise AssertionError("it was read")
