"""A file that somebody worked in is kept when a new one is put in its place: a master, a plan."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import write_state


def keep(path: Path, mark: Path) -> Path | None:
    """Copy a file aside if it isn't as auditkit wrote it.

    Args:
        path: The file; it needn't exist.
        mark: Where :func:`remember` noted what was written.

    Returns:
        The copy, named after the day and minute of the last change; None if there was nothing to keep.

    Raises:
        AuditkitError: If the copy can't be made.
    """
    if not path.exists():
        return None
    written = mark.read_text(encoding="ascii", errors="replace") if mark.exists() else ""
    if _digest(path) == written:
        return None
    changed = dt.datetime.fromtimestamp(path.stat().st_mtime)
    base = path.with_name(f"{path.stem} edited {changed:%Y-%m-%d %H.%M}{path.suffix}")
    copy, n = base, 2
    while copy.exists() and _digest(copy) != _digest(path):
        copy, n = base.with_stem(f"{base.stem} ({n})"), n + 1
    try:
        shutil.copy2(path, copy)
    except OSError as error:
        raise AuditkitError(
            f"{path} was edited, and a copy of it can't be kept as {copy.name} ({error.strerror}). "
            "Move it elsewhere and run this again."
        ) from error
    return copy


def remember(path: Path, mark: Path) -> None:
    """Note what a file is like as it was written, so that :func:`keep` sees whether it was edited."""
    write_state(mark, _digest(path).encode("ascii"))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
