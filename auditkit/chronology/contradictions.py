"""Contradictions: rows of two agencies that may be of one event, and differ in a fact."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.chronology.event import Given, Mark
from auditkit.chronology.pairs import differences
from auditkit.definition.wording import listed

KIND = "contradiction"


def find(given: Given) -> Iterator[Mark]:
    """Yield each pair of rows that may be of one event but names another day, time, or who was seen."""
    for pair in given.pairs:
        facts = [] if pair.of_one_agency else differences(pair, given.rules)
        if facts:
            numbers = (pair.one.number, pair.other.number)
            yield Mark(KIND, numbers, f"They differ in {listed(facts, 'and')}.", alike=pair.alike)
