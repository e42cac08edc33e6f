"""The table of hostile and broken files: each with the outcome and the finding that it should have.

All are made from one good return, of a recipient whom no good file of the test belongs to: should a broken copy
be read after all, it can't take the place of somebody's answers.
"""

from __future__ import annotations

from tests.corpus import bombs, damaged, kinds, wrapped
from tests.corpus.case import Case


def cases(good: bytes, csv_sheet: bytes, password: str) -> list[Case]:
    """Return all files."""
    made = [
        *damaged.broken(good),
        *damaged.truncated(good),
        *damaged.flipped(good),
        *bombs.bombs(good),
        *bombs.far_cells(good),
        *damaged.xml_attacks(good),
        *wrapped.zip_attacks(good),
        *kinds.harmless(good),
        *kinds.names(good),
        *kinds.other_kinds(good, csv_sheet),
        *wrapped.packages(good),
        *wrapped.messages(good),
        *kinds.binary(good),
        *kinds.locked(good, password),
    ]
    assert len({case.name for case in made}) == len(made)
    return made
