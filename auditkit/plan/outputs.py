"""What a plan is written as. To add one: write its module with ``NAME`` and ``content``, and list it here."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from auditkit.files import atomic_write
from auditkit.plan import diary, sheet
from auditkit.plan.due import Schedule

OUTPUTS = {module.NAME: module.content for module in (sheet, diary)}


def write(folder: Path, made: Schedule, title: str, today: dt.date, round_id: str) -> list[Path]:
    """Write a plan into a folder in every form; return where each of them is.

    Args:
        folder: The folder.
        made: The days.
        title: What stands above them.
        today: The day on which they are written.
        round_id: The round.

    Raises:
        AuditkitError: One of them can't be written.
    """
    return [
        atomic_write(folder / name, content(made, title, today, round_id))
        for name, content in OUTPUTS.items()
    ]
