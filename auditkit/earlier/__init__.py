"""What recipients said last time, or so far, put beside what they are asked now.

:func:`read` looks into the folders of other rounds, and changes nothing there. What it gives is where
:func:`auditkit.workbook.issue.generate` finds each recipient's own texts.
"""

from __future__ import annotations

from auditkit.earlier.compared import last_time
from auditkit.earlier.earlier import Earlier
from auditkit.earlier.position import Position, position
from auditkit.earlier.rounds import Rounds
from auditkit.earlier.setting import chosen, remember
from auditkit.earlier.source import read
from auditkit.round import Round


def source(round_: Round) -> Earlier | Rounds | None:
    """Return what was said last time, if the round's settings say that it is shown."""
    folders = chosen(round_, ())
    return read(folders, round_) if folders else None


__all__ = ["Earlier", "Position", "Rounds", "chosen", "last_time", "position", "read", "remember", "source"]
