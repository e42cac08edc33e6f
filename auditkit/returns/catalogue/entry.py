"""What the catalogue says about one kind of finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# `rejected`: the file can't be read. `held`: it waits for the officer's decision. `query`: it counts, and
# someone has to look or ask. `note`: it was dealt with; nothing to do unless it looks wrong.
Severity = Literal["rejected", "held", "query", "note"]


@dataclass(frozen=True)
class Entry:
    """One kind of finding, in words.

    ``happened`` says what is the matter and ``to_do`` what the officer should do; ``respondent`` is what to
    tell the person who filled in the workbook. ``{names}`` in them are filled from the finding: ``file``,
    ``sheet``, ``cell``, ``question``, ``value``, and what its ``data`` holds.
    """

    code: str
    severity: Severity
    title: str
    happened: str
    to_do: str
    respondent: str
