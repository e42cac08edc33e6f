"""Rows that say neither what was done nor why nothing was."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.chronology.event import Given, Mark

KIND = "no action and no reason"


def find(given: Given) -> Iterator[Mark]:
    """Yield each row without an action and without a reason; "none" is neither."""
    for event in given.events:
        if given.rules.says_nothing(event.action) and given.rules.says_nothing(event.no_action_reason):
            said = f" It says “{event.action}”." if event.action else ""
            yield Mark(KIND, (event.number,), f"Neither an action nor a reason for none.{said}")
