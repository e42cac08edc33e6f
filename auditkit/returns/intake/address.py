"""Returns in a store that has an address: ``s3://``, ``abfs://``, ``sftp://`` and whatever else fsspec knows.

Each store speaks its own way of failing. What it says of one file (gone, not yours) is that file's finding;
anything else, no answer or no credentials, would turn every file into one, and so ends the run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from auditkit.errors import AuditkitError
from auditkit.guard.limits import Limits, megabytes, too_large
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import names
from auditkit.returns.intake.found import Address, Folder, Found, Stored, unopenable, walk
from auditkit.returns.intake.incoming import Incoming, incoming

# What a store says of one file; anything else it says of itself.
OF_ONE_FILE = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


def find(address: Address) -> Iterator[Found]:
    """Find all files below an address, as :func:`auditkit.returns.intake.find` does in a folder.

    Args:
        address: The address of the returns folder.

    Returns:
        The files, sorted by their path.

    Raises:
        AuditkitError: At once, if there is no such folder, or its store can't be asked.
    """
    store, top = opened(address)
    try:
        if not store.isdir(top):
            raise AuditkitError(f"There is no folder {address}, or you may not list it.")
    except Exception as error:
        raise _unanswered(address, error) from error
    return walk(Folder("", Stored(address, top)), _inside)


def load(file: str, stored: Stored, limits: Limits) -> Incoming:
    """Return the bytes of a file.

    Args:
        file: Its path below the returns folder.
        stored: Where it lies.
        limits: How large it may be.

    Returns:
        What is in it.

    Raises:
        UnreadableError: If it is too large, gone, or not to be opened by this user.
        AuditkitError: If the store doesn't answer.
    """
    store, _ = opened(stored.address)
    try:
        received = store.modified(stored.path)
        with store.open(stored.path, "rb") as stream:
            content = stream.read(limits.file_bytes + 1)
            size = len(content) if len(content) <= limits.file_bytes else store.size(stored.path)
    except NotImplementedError:
        raise UnreadableError("file-unopenable", reason="its store doesn't say when a file came") from None
    except OF_ONE_FILE as error:
        raise unopenable(error) from error
    except Exception as error:
        raise _unanswered(stored.address, error) from error
    if len(content) > limits.file_bytes:
        raise too_large(megabytes(size or len(content)), megabytes(limits.file_bytes))
    if received.tzinfo is None:
        received = received.replace(tzinfo=dt.timezone.utc)
    return incoming(file, content, received.astimezone(dt.timezone.utc))


def opened(address: Address) -> tuple[Any, str]:
    """Return the store of an address, and the path there that the address names.

    Raises:
        AuditkitError: If what it takes isn't installed, or nobody knows such addresses.
    """
    try:
        import fsspec
    except ImportError:
        raise needed("Reading at an address needs") from None
    if "::" in address.url:
        raise AuditkitError(f"{address} names one store within another, which auditkit doesn't read.")
    try:
        store, path = fsspec.core.url_to_fs(address.url)
    except (ImportError, ValueError) as error:
        raise AuditkitError(f"{address} can't be opened: {_said(error)}") from error
    except Exception as error:
        raise _unanswered(address, error) from error
    # Links and devices of this computer are known to intake.find, and to no store.
    if "file" in _protocols(store):
        raise AuditkitError(f"{address} is a folder of this computer: name it by its path, without file://")
    return store, path


def needed(what: str) -> AuditkitError:
    """Return what to tell when the extra isn't installed; ``what`` begins the sentence."""
    return AuditkitError(f'{what} more than auditkit alone. Install it with: pip install "auditkit[cluster]"')


def is_passing(address: Address) -> bool:
    """Tell whether a store exists only in the process that filled it, so that nobody else can ask it."""
    return "memory" in _protocols(opened(address)[0])


def _protocols(store: Any) -> tuple[str, ...]:
    return (store.protocol,) if isinstance(store.protocol, str) else tuple(store.protocol)


def _inside(folder: Folder) -> Iterator[Found | Folder]:
    assert isinstance(folder.path, Stored)
    address, own = folder.path.address, folder.path.path
    store, _ = opened(address)
    try:
        entries = store.ls(own, detail=True)
    except OF_ONE_FILE as error:
        yield Found(folder.file, folder.path, unopenable(error))
        return
    except Exception as error:
        raise _unanswered(address, error) from error
    above = f"{folder.file}/" if folder.file else ""
    for entry in entries:
        path = entry["name"]
        # Stores without real folders mark one by an empty file of its name.
        if path.strip("/") == own.strip("/"):
            continue
        name = path.rstrip("/").rsplit("/", 1)[-1]
        file, stored = above + names.shown(name), Stored(address, path)
        junk = names.passed_over(name)
        if entry["type"] == "link" or entry.get("islink"):
            yield Found(file, stored, UnreadableError("file-link"))
        elif junk:
            yield Found(file, stored, UnreadableError("passed-over", what=junk))
        elif entry["type"] == "directory":
            yield Folder(file, stored)
        elif entry["type"] == "file":
            yield Found(file, stored)
        else:
            yield Found(file, stored, UnreadableError("file-unopenable", reason="it is not a file"))


def _unanswered(address: Address, error: Exception) -> AuditkitError:
    if isinstance(error, AuditkitError):
        return error
    return AuditkitError(
        f"{address} doesn't answer: {_said(error)}. No master was written. Look at the address, at what "
        "opens the store for you (its own settings and variables, never auditkit's), and at the network."
    )


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
