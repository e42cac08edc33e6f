"""Files of the returns folder → their bytes → their sheets. One module a container.

To add a container: write its module beside :mod:`auditkit.returns.intake.xlsx`, with the same names, and list
it in :data:`CONTAINERS`. A file is known by its content; its name is for humans.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from auditkit.errors import AuditkitError
from auditkit.returns.intake import foreign, xlsx
from auditkit.returns.intake.unreadable import UnreadableError
from auditkit.returns.sheets import Workbook

MEGABYTE = 1024 * 1024
LARGEST = 50 * MEGABYTE

# What office programs and operating systems leave beside a file; names beginning with a dot are passed over
# too.
PASSED_OVER = frozenset({"thumbs.db", "desktop.ini"})
OFFICE_LOCK = "~$"
DEVICE = "it is a device, not a file"


class Container(Protocol):
    """The names that each module of a container defines."""

    def recognises(self, content: bytes) -> bool:
        """Tell by its content whether a file is of this kind."""

    def read(self, content: bytes) -> Workbook:
        """Return the sheets in it; UnreadableError if they can't be read."""


CONTAINERS: dict[str, Container] = {"xlsx": xlsx}


@dataclass(frozen=True)
class Found:
    """A file of the returns folder, not opened yet.

    ``file`` is its path below the folder, with forward slashes; ``problem`` says why it can't be opened.
    """

    file: str
    path: Path
    problem: UnreadableError | None = None


@dataclass(frozen=True)
class Incoming:
    """A file's bytes, its name for humans, and when it came: its own time on this computer (UTC)."""

    file: str
    content: bytes
    received: dt.datetime


def find(folder: Path) -> tuple[Found, ...]:
    """Find all files in a folder and its sub-folders, but for those that no person put there.

    Args:
        folder: The returns folder. Links in it are reported, never followed.

    Returns:
        The files, sorted by their path.

    Raises:
        AuditkitError: If the folder isn't there or can't be listed.
    """
    if not folder.is_dir():
        raise AuditkitError(f"{folder} is not a folder. Make it, and put the returns there.")
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise AuditkitError(f"{folder} can't be listed ({error.strerror}).") from error
    return tuple(sorted(_walk(folder, ""), key=lambda found: found.file))


def load(found: Found) -> Incoming:
    """Return the bytes of a file.

    Args:
        found: A file that :func:`find` returned.

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
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise _unopenable(error) from error
    if not content:
        raise UnreadableError("file-empty")
    if len(content) > LARGEST:
        size = f"{status.st_size / MEGABYTE:.0f} MB"
        raise UnreadableError("file-too-large", size=size, limit=f"{LARGEST // MEGABYTE} MB")
    return Incoming(found.file, content, _time(status))


def read(incoming: Incoming) -> Workbook:
    """Return the sheets of a file.

    Args:
        incoming: Its bytes.

    Returns:
        The sheets, and when the workbook says that it was saved.

    Raises:
        UnreadableError: If it is no workbook, or a damaged one.
    """
    for container in CONTAINERS.values():
        if container.recognises(incoming.content):
            return container.read(incoming.content)
    raise foreign.refusal(incoming.content)


def passed_over(name: str) -> bool:
    """Tell by its name whether a file or folder is one that no person put there."""
    return name.startswith((".", OFFICE_LOCK)) or name.casefold() in PASSED_OVER


def _walk(folder: Path, above: str) -> Iterator[Found]:
    """Yield the files at any depth; ``above`` is the folder's own path below the returns folder."""
    waiting = [(folder, above)]
    while waiting:
        folder, above = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as error:
            yield Found(above.rstrip("/"), folder, _unopenable(error))
            continue
        for entry in entries:
            if passed_over(entry.name):
                continue
            file, path = above + _printable(entry.name), Path(entry.path)
            if entry.is_symlink():
                yield Found(file, path, UnreadableError("file-link"))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append((path, file + "/"))
            elif entry.is_file(follow_symlinks=False):
                yield Found(file, path)
            else:
                yield Found(file, path, UnreadableError("file-unopenable", reason=DEVICE))


def _printable(name: str) -> str:
    """Return a file name that can be written anywhere: the odd name isn't valid Unicode."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _unopenable(error: OSError) -> UnreadableError:
    return UnreadableError("file-unopenable", reason=error.strerror or type(error).__name__)


def _time(status: os.stat_result) -> dt.datetime:
    """Return a file's time; one that no calendar holds becomes the earliest."""
    try:
        return dt.datetime.fromtimestamp(status.st_mtime, dt.timezone.utc)
    except (OverflowError, OSError, ValueError):
        return dt.datetime.min.replace(tzinfo=dt.timezone.utc)


__all__ = [
    "CONTAINERS",
    "Container",
    "Found",
    "Incoming",
    "UnreadableError",
    "find",
    "load",
    "passed_over",
    "read",
]
