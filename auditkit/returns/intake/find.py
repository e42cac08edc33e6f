"""Walking the returns folder: every file in it, at any depth, and the bytes of one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import is_link
from auditkit.returns.guard.limits import Limits, megabytes, too_large
from auditkit.returns.intake import names
from auditkit.returns.intake.incoming import Incoming, incoming
from auditkit.returns.unreadable import UnreadableError

DEVICE = "it is a device, not a file"


@dataclass(frozen=True)
class Found:
    """A file of the returns folder, not opened yet.

    ``file`` is its path below the folder, with forward slashes, as it is shown; ``problem`` says why it isn't
    opened.
    """

    file: str
    path: Path
    problem: UnreadableError | None = None


@dataclass(frozen=True)
class _Folder:
    """A folder that is still to be listed; ``file`` is its path below the returns folder."""

    file: str
    path: Path


def find(folder: Path) -> Iterator[Found]:
    """Find all files in a folder and its sub-folders.

    Args:
        folder: The returns folder. Links in it, junctions too, are reported and never followed; a hidden
            folder counts as one file that is passed over.

    Returns:
        The files, sorted by their path; sub-folders are listed as their turn comes.

    Raises:
        AuditkitError: At once, if the folder isn't there or can't be listed.
    """
    if not folder.is_dir():
        raise AuditkitError(f"{folder} is not a folder. Make it, and put the returns there.")
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise AuditkitError(f"{folder} can't be listed ({error.strerror}).") from error
    return _walk(folder)


def load(found: Found, limits: Limits) -> Incoming:
    """Return the bytes of a file.

    Args:
        found: A file that :func:`find` returned.
        limits: How large it may be.

    Returns:
        What is in it.

    Raises:
        UnreadableError: If it is empty, too large or can't be opened.
    """
    if found.problem is not None:
        raise found.problem
    try:
        with found.path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            content = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise _unopenable(error) from error
    if len(content) > limits.file_bytes:
        raise too_large(megabytes(status.st_size), megabytes(limits.file_bytes))
    return incoming(found.file, content, _time(status))


def _walk(folder: Path) -> Iterator[Found]:
    waiting: list[Found | _Folder] = [_Folder("", folder)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Found):
            yield one
        else:
            waiting += sorted(_inside(one), key=_order, reverse=True)


def _order(one: Found | _Folder) -> tuple[str, bytes]:
    """Return what to sort by within a folder, so that all files together are sorted by their path."""
    return one.file + ("/" if isinstance(one, _Folder) else ""), os.fsencode(one.path)


def _inside(folder: _Folder) -> Iterator[Found | _Folder]:
    try:
        with os.scandir(folder.path) as listing:
            entries = list(listing)
    except OSError as error:
        yield Found(folder.file, folder.path, _unopenable(error))
        return
    above = f"{folder.file}/" if folder.file else ""
    for entry in entries:
        file, path = above + names.shown(entry.name), Path(entry.path)
        junk = names.passed_over(entry.name)
        if is_link(entry):
            yield Found(file, path, UnreadableError("file-link"))
        elif junk:
            yield Found(file, path, UnreadableError("passed-over", what=junk))
        elif entry.is_dir(follow_symlinks=False):
            yield _Folder(file, path)
        elif entry.is_file(follow_symlinks=False):
            yield Found(file, path)
        else:
            yield Found(file, path, UnreadableError("file-unopenable", reason=DEVICE))


def _unopenable(error: OSError) -> UnreadableError:
    return UnreadableError("file-unopenable", reason=error.strerror or type(error).__name__)


def _time(status: os.stat_result) -> dt.datetime:
    """Return a file's time; one that no calendar holds becomes the earliest."""
    try:
        return dt.datetime.fromtimestamp(status.st_mtime, dt.timezone.utc)
    except (OverflowError, OSError, ValueError):
        return dt.datetime.min.replace(tzinfo=dt.timezone.utc)
