"""A master that somebody worked in is kept: a run of collate puts a new one in its place."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import write_state


def keep(master: Path, mark: Path) -> Path | None:
    """Copy the master aside if it isn't as auditkit wrote it.

    Args:
        master: The master's path; it needn't exist.
        mark: Where :func:`remember` noted what was written.

    Returns:
        The copy, named after the day and minute of the last change; None if there was nothing to keep.

    Raises:
        AuditkitError: If the copy can't be made.
    """
    if not master.exists():
        return None
    written = mark.read_text(encoding="ascii", errors="replace") if mark.exists() else ""
    if _digest(master) == written:
        return None
    changed = dt.datetime.fromtimestamp(master.stat().st_mtime)
    base = master.with_name(f"{master.stem} edited {changed:%Y-%m-%d %H.%M}{master.suffix}")
    copy, n = base, 2
    while copy.exists() and _digest(copy) != _digest(master):
        copy, n = base.with_stem(f"{base.stem} ({n})"), n + 1
    try:
        shutil.copy2(master, copy)
    except OSError as error:
        raise AuditkitError(
            f"{master} was edited, and a copy of it can't be kept as {copy.name} ({error.strerror}). "
            "Move it elsewhere and run this again."
        ) from error
    return copy


def remember(master: Path, mark: Path) -> None:
    """Note what the master is like as it was written, so that :func:`keep` sees whether it was edited."""
    write_state(mark, _digest(master).encode("ascii"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
