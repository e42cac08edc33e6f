"""Walking the returns folder: every file in it, at any depth, and the bytes of one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from auditkit.errors import AuditkitError
from auditkit.files import is_link
from auditkit.guard.limits import Limits, megabytes, too_large
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import address, names
from auditkit.returns.intake.found import Address, Folder, Found, Stored, unopenable, walk
from auditkit.returns.intake.incoming import Incoming, incoming

DEVICE = "it is a device, not a file"


def find(folder: Path | Address) -> Iterator[Found]:
    """Find all files in a folder and its sub-folders.

    Args:
        folder: The returns folder, or the address of one in a store. Links in it, junctions too, are reported
            and never followed; a hidden folder counts as one file that is passed over.

    Returns:
        The files, sorted by their path; sub-folders are listed as their turn comes.

    Raises:
        AuditkitError: At once, if the folder isn't there or can't be listed.
    """
    if isinstance(folder, Address):
        return address.find(folder)
    if not folder.is_dir():
        raise AuditkitError(f"{folder} is not a folder. Make it, and put the returns there.")
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise AuditkitError(f"{folder} can't be listed ({error.strerror}).") from error
    return walk(Folder("", folder), _inside)


def load(found: Found, limits: Limits) -> Incoming:
    """Return the bytes of a file.

    Args:
        found: A file that :func:`find` returned.
        limits: How large it may be.

    Returns:
        What is in it.

    Raises:
        UnreadableError: If it is empty, too large or can't be opened.
        AuditkitError: If it lies in a store that doesn't answer.
    """
    if found.problem is not None:
        raise found.problem
    if found.fetched is not None:
        return found.fetched
    if isinstance(found.path, Stored):
        return address.load(found.file, found.path, limits)
    assert isinstance(found.path, Path)
    try:
        with found.path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            content = stream.read(limits.file_bytes + 1)
    except OSError as error:
        raise unopenable(error) from error
    if len(content) > limits.file_bytes:
        raise too_large(megabytes(status.st_size), megabytes(limits.file_bytes))
    return incoming(found.file, content, _time(status))


def fetched(found: Found, limits: Limits, *, elsewhere: bool = False) -> Found:
    """Return a file with its bytes, to be read by a process that can't get at it.

    Args:
        found: A file that :func:`find` returned.
        limits: How large it may be.
        elsewhere: Whether to fetch it for another computer. By default only files in stores are fetched.

    Returns:
        The file with its bytes, or with why it can't be opened.

    Raises:
        AuditkitError: If its store doesn't answer.
    """
    if not elsewhere and isinstance(found.path, Path):
        return found
    path = PurePosixPath(found.file) if elsewhere else found.path
    try:
        return replace(found, path=path, fetched=load(found, limits))
    except UnreadableError as problem:
        return replace(found, path=path, problem=problem)


def is_shared(found: Found) -> bool:
    """Tell whether other computers can get at a file by themselves: it lies in a store that lasts."""
    return isinstance(found.path, Stored) and not address.is_passing(found.path.address)


def _inside(folder: Folder) -> Iterator[Found | Folder]:
    assert isinstance(folder.path, Path)
    try:
        with os.scandir(folder.path) as listing:
            entries = list(listing)
    except OSError as error:
        yield Found(folder.file, folder.path, unopenable(error))
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
            yield Folder(file, path)
        elif entry.is_file(follow_symlinks=False):
            yield Found(file, path)
        else:
            yield Found(file, path, UnreadableError("file-unopenable", reason=DEVICE))


def _time(status: os.stat_result) -> dt.datetime:
    """Return a file's time; one that no calendar holds becomes the earliest."""
    try:
        return dt.datetime.fromtimestamp(status.st_mtime, dt.timezone.utc)
    except (OverflowError, OSError, ValueError):
        return dt.datetime.min.replace(tzinfo=dt.timezone.utc)
