"""Files put into a folder of this computer or into a store, and what is there already."""

from __future__ import annotations

import contextlib
import os
import posixpath
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import atomic_write
from auditkit.returns.intake import Address
from auditkit.returns.intake.address import opened


def write(place: Path | Address, name: str, content: bytes) -> None:
    """Write a file, in place of one of the same name.

    Args:
        place: The folder, or its address.
        name: Its path below that, with forward slashes.
        content: All of it.

    Raises:
        AuditkitError: If it can't be written; also if another program has it open.
    """
    if isinstance(place, Path):
        path = place / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise AuditkitError(f"{path.parent} can't be made ({error.strerror}).") from error
        atomic_write(path, content, siblings=False)
        return
    store, top = opened(place)
    path_there = f"{top.rstrip('/')}/{name}"
    try:
        store.makedirs(path_there.rpartition("/")[0], exist_ok=True)
        store.pipe_file(path_there, content)
    except Exception as error:
        raise _refused(place, error) from error


def read(place: Path | Address, name: str) -> bytes:
    """Return what is in a file that :func:`write` wrote; AuditkitError if it can't be read."""
    if isinstance(place, Path):
        return (place / name).read_bytes()
    store, top = opened(place)
    try:
        content: bytes = store.cat_file(f"{top.rstrip('/')}/{name}")
    except Exception as error:
        raise _refused(place, error) from error
    return content


def content(place: Path | Address, name: str) -> bytes | None:
    """Return what is in a file, None if there is no such file."""
    if isinstance(place, Path):
        path = place / name
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    store, top = opened(place)
    try:
        found: bytes | None = store.cat_file(f"{top.rstrip('/')}/{name}")
    except FileNotFoundError:
        return None
    except Exception as error:
        raise _refused(place, error) from error
    return found


def remove(place: Path | Address, name: str) -> None:
    """Take a file away, and its folder if that is empty then; AuditkitError if it can't be."""
    if isinstance(place, Path):
        path = place / name
        try:
            path.unlink()
        except OSError as error:
            raise AuditkitError(
                f"{path} is of an earlier run and can't be deleted ({error.strerror}). If it is open in "
                "another program, close it there, and run this again."
            ) from error
        with contextlib.suppress(OSError):  # something else is in it
            path.parent.rmdir()
        return
    store, top = opened(place)
    try:
        store.rm_file(f"{top.rstrip('/')}/{name}")
        folder = f"{top.rstrip('/')}/{name}".rpartition("/")[0]
        store.invalidate_cache()
        if store.isdir(folder) and not store.ls(folder):
            store.rmdir(folder)
    except Exception as error:
        raise _refused(place, error) from error


def folders(place: Path | Address, name: str) -> list[str]:
    """Return the names of what is in a folder below a place; none if it isn't there."""
    if isinstance(place, Path):
        return sorted(path.name for path in (place / name).glob("*"))
    store, top = opened(place)
    try:
        own = f"{top.rstrip('/')}/{name}"
        store.invalidate_cache()
        inside = store.ls(own, detail=False) if store.isdir(own) else []
    except Exception as error:
        raise _refused(place, error) from error
    names = {path.rstrip("/").rpartition("/")[2] for path in inside}
    return sorted(names - {name, ""})


def overlap(one: Path | Address, other: Path | Address) -> bool:
    """Tell whether one of two places is the other, holds it or lies in it."""
    if isinstance(one, Path) and isinstance(other, Path):
        return _holds(one, other) or _holds(other, one)
    if isinstance(one, Address) and isinstance(other, Address):
        (store, top), (another, below) = opened(one), opened(other)
        above, under = (posixpath.normpath(f"/{path}").strip("/").split("/") for path in (top, below))
        # The root has no name.
        return store == another and all(a == b for a, b in zip(above, under, strict=False) if a and b)
    return False


def _holds(folder: Path, path: Path) -> bool:
    """Tell whether a path leads to a folder or into it, however both are written."""
    real = Path(os.path.realpath(path))
    wanted = Path(os.path.realpath(folder))
    return any(one == wanted or _is_same(one, wanted) for one in (real, *real.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them isn't there yet
        return False


def _refused(place: Path | Address, error: Exception) -> AuditkitError:
    return AuditkitError(f"{place} can't be used: {type(error).__name__}: {error}"[:300])
