"""What is found in a returns folder, wherever that lies, and in which order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake.incoming import Incoming


@dataclass(frozen=True)
class Address:
    """The address of a folder in a store, as it was typed: ``s3://bucket/returns``."""

    url: str

    def __str__(self) -> str:
        return self.url


@dataclass(frozen=True)
class Stored:
    """A file or folder in a store: the returns folder's address, and the path by which the store knows it.

    No address is made of a path, since it is a stranger's, and an address can name other places than it seems
    to.
    """

    address: Address
    path: str


@dataclass(frozen=True)
class Found:
    """A file of the returns folder, not opened yet.

    ``file`` is its path below the folder, with forward slashes, as it is shown; ``problem`` says why it isn't
    opened. ``fetched`` are its bytes, where they were fetched for a process that can't get at them. For
    another computer, whose system may be another, ``path`` isn't one of this system.
    """

    file: str
    path: PurePath | Stored
    problem: UnreadableError | None = None
    fetched: Incoming | None = None


@dataclass(frozen=True)
class Folder:
    """A folder that is still to be listed; ``file`` is its path below the returns folder."""

    file: str
    path: Path | Stored


def walk(top: Folder, inside: Callable[[Folder], Iterable[Found | Folder]]) -> Iterator[Found]:
    """Yield all files in a folder, sorted by their path; each folder is listed as its turn comes.

    Args:
        top: The folder.
        inside: Lists one folder.
    """
    waiting: list[Found | Folder] = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Found):
            yield one
        else:
            waiting += sorted(inside(one), key=_order, reverse=True)


def _order(one: Found | Folder) -> tuple[str, bytes]:
    """Return what to sort by within a folder, so that all files together are sorted by their path."""
    # A store's names may hold half a character, and aren't of this computer's system.
    if isinstance(one.path, Stored):
        path = one.path.path.encode(errors="surrogatepass")
    else:
        path = os.fsencode(one.path)
    return one.file + ("/" if isinstance(one, Folder) else ""), path


def unopenable(error: OSError) -> UnreadableError:
    """Return why a file can't be opened, by what the system or the store says."""
    return UnreadableError("file-unopenable", reason=error.strerror or type(error).__name__)
