"""Likely duplicates: rows that may be of one event and contradict each other in nothing."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.chronology.event import Given, Mark
from auditkit.chronology.pairs import differences

KIND = "likely duplicate"


def find(given: Given) -> Iterator[Mark]:
    """Yield each pair of rows that says the same in nearly the same words."""
    for pair in given.pairs:
        if pair.alike and not differences(pair, given.rules):
            whose = "of the same agency" if pair.of_one_agency else "of two agencies"
            numbers = (pair.one.number, pair.other.number)
            yield Mark(KIND, numbers, f"Rows {whose} read {pair.alike}% alike.", alike=pair.alike)
