"""What a plan is written as. To add one: write its module with ``NAME`` and ``content``, and list it here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from auditkit import edited
from auditkit.files import atomic_write
from auditkit.plan import diary, sheet
from auditkit.plan.due import Schedule

OUTPUTS = {module.NAME: module.content for module in (sheet, diary)}


@dataclass(frozen=True)
class Written:
    """Where a plan was written, and the copies of what somebody had changed there."""

    paths: tuple[Path, ...]
    kept: tuple[Path, ...]


def write(folder: Path, private: Path, made: Schedule, title: str, today: dt.date, round_id: str) -> Written:
    """Write a plan into a folder in every form; what somebody worked in since then is kept beside it.

    Args:
        folder: The folder.
        private: Where it is noted what was written.
        made: The days.
        title: What stands above them.
        today: The day on which they are written.
        round_id: The round.

    Raises:
        AuditkitError: One of them can't be written.
    """
    paths, kept = [], []
    for name, content in OUTPUTS.items():
        mark = private / f"{name}.sha256"
        kept.append(edited.keep(folder / name, mark))
        path = atomic_write(folder / name, content(made, title, today, round_id))
        if path == folder / name:
            edited.remember(path, mark)
        paths.append(path)
    return Written(tuple(paths), tuple(filter(None, kept)))
