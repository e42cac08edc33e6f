"""What the sheets and the picture share: paper, and the agencies' colours."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

from auditkit.chronology.event import Chronology
from auditkit.chronology.rules import shipped

A3 = 8


def colours(chronology: Chronology) -> Mapping[str, str]:
    """Return the colour of each agency, by its id: the first colours for those whose ids come first."""
    ids = sorted({event.recipient_id for event in chronology.events})
    return dict(zip(ids, cycle(shipped().colours), strict=False))
