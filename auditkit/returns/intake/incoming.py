"""What every container yields: bytes with a name, and what is plain about them at first look."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Literal

from auditkit.guard import archive, ole
from auditkit.guard.limits import Limits
from auditkit.guard.unreadable import UnreadableError

Came = Literal["file", "in an archive", "attached", "in a message", "with a password"]


@dataclass(frozen=True)
class Incoming:
    """A file's bytes, wherever they were.

    Attributes:
        file: Its path below the returns folder, as it is shown; inside a container it goes on from the
            container's: ``mail.eml/Return.xlsx``. For humans: nothing is opened by it.
        content: All of it.
        received: When it came (UTC): the message's own date, else the file's time on this computer.
        sha256: The digest of what an officer can lay hands on: of an encrypted file as it came.
        sender: Who sent it, if a message says.
        came: How it came.
        problem: Why it isn't looked into, though it is there.
    """

    file: str
    content: bytes = field(repr=False)
    received: dt.datetime
    sha256: str
    sender: str = ""
    came: Came = "file"
    problem: UnreadableError | None = None


@dataclass(frozen=True)
class Look:
    """A file at first look: its bytes, and the directory of its parts if it is an archive or an OLE file."""

    content: bytes = field(repr=False)
    archive: archive.Archive | None = None
    streams: ole.Streams | None = None
    names: frozenset[str] = frozenset()


def incoming(
    file: str,
    content: bytes,
    received: dt.datetime,
    *,
    sender: str = "",
    came: Came = "file",
    problem: UnreadableError | None = None,
) -> Incoming:
    """Return bytes with their name and digest."""
    return Incoming(file, content, received, hashlib.sha256(content).hexdigest(), sender, came, problem)


def look(content: bytes, limits: Limits) -> Look:
    """Look at the beginning of a file and, if it has one, at the directory of its parts.

    Args:
        content: The whole file.
        limits: What the directory is held against.

    Returns:
        What is plain about it.

    Raises:
        UnreadableError: If it is empty, or its directory is broken or unsafe.
    """
    if not content:
        raise UnreadableError("file-empty")
    if content.startswith(archive.BEGINNINGS):
        opened = archive.opened(content, limits)
        return Look(content, archive=opened, names=opened.names)
    if content.startswith(ole.BEGINNING):
        streams = ole.opened(content, limits)
        return Look(content, streams=streams, names=streams.names)
    return Look(content)
