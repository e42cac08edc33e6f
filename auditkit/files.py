"""Files as Windows has them: names that it takes, links, and writing whole or not at all.

The few places where the operating system matters are here.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from auditkit.errors import AuditkitError

# Characters that Windows refuses in a name, and the device names that it refuses whatever their ending.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
LONGEST_NAME = 80
SIBLINGS = 99
# The rights of a new folder for what only auditkit reads; one that is there keeps those that it was given. On
# Windows newer Pythons take 0o700 for "nobody but me", against the rights that a shared folder hands down.
PRIVATE = 0o777 if os.name == "nt" else 0o700
# What Windows calls a mount point: the tag of a junction.
JUNCTION = 0xA0000003
# How the name of a file ends that is still being written.
SCRATCH = ".auditkit.tmp"
# No file that auditkit writes begins with so many zeros.
FIRST_BYTES = 16


def is_link(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry of a folder leads elsewhere: a symbolic link, or on Windows a junction.

    A junction isn't a symbolic link to Python, and Python 3.12 is the first to name it. Other reparse points
    are no links: files that OneDrive keeps online are such, and are read like any other.
    """
    if entry.is_symlink():
        return True
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False  # whoever opens it says why it can't be
    return getattr(status, "st_reparse_tag", 0) == JUNCTION


def size_of(path: Path) -> int:
    """Return how many bytes a file has; links are followed.

    Raises:
        OSError: It isn't there, or is no file that ends: a pipe or a device.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    return status.st_size


def safe_name(text: str) -> str:
    """Return ``text`` as a file's name (without its ending) that every system takes and a person can read.

    Two texts may give the same name: who needs different ones adds an id.
    """
    name = _REFUSED.sub(" ", unicodedata.normalize("NFC", text))
    name = re.sub(r"\s+", " ", name).strip()
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME + 1].rsplit(" ", 1)[0][:LONGEST_NAME]
    name = name.strip(" .")
    if not name or _DEVICES.fullmatch(name):
        return f"_{name}"
    return name


# A file's content, or what writes it into the file that it is given.
Content = bytes | Callable[[IO[bytes]], object]


def atomic_write(path: Path, content: Content, *, flush: bool = True, siblings: bool = True) -> Path:
    """Write a file so that there is always either the old one or the new one, whole.

    A file that somebody has open can't be replaced on Windows: the content then goes to a numbered sibling,
    ``master (2).xlsx``.

    Args:
        path: Where to write; its folder must exist.
        content: The whole content, or what writes it.
        flush: Whether to wait until it is on the disk, which takes milliseconds. Without it, a power cut
            may leave a file that isn't :func:`is_written`.
        siblings: Whether it may go to a sibling. Not if whoever reads the folder would count both.

    Returns:
        The path that was written.

    Raises:
        AuditkitError: The folder can't be written to, the disk is full, or all that it may be written to is
            open.
    """
    return _write(path, content, SIBLINGS if siblings else 1, private=False, flush=flush)


def is_written(path: Path) -> bool:
    """Tell whether a file is there and holds something: not if a power cut left it empty or all zeros."""
    try:
        with path.open("rb") as file:
            return any(file.read(FIRST_BYTES))
    except FileNotFoundError:
        return False
    except OSError:  # another program has it open, so it is there
        return True


def is_open(path: Path) -> bool:
    """Tell whether another program has a file open, as far as that shows.

    Windows doesn't let a file be changed that is open in Excel; elsewhere Excel and LibreOffice lay a file
    beside it that says so.
    """
    if any((path.parent / name).exists() for name in (f"~${path.name}", f".~lock.{path.name}#")):
        return True
    try:
        path.open("r+b").close()
    except OSError:
        return True
    return False


def write_state(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file that only auditkit reads: whole or not at all, and never to a sibling.

    Args:
        path: Where to write; its folder is made if need be, for its owner only.
        content: The whole content.
        private: Whether only the owner of the file may read it.

    Raises:
        AuditkitError: The folder can't be written to, the disk is full, or another program has the file open.
    """
    try:
        path.parent.mkdir(PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{path.parent} can't be made ({error.strerror}).") from error
    _write(path, content, 1, private=private, flush=True)


def sweep(folder: Path) -> None:
    """Remove from a folder what a run that was cut off had begun to write; nothing else is touched."""
    for scratch in folder.glob(f".*{SCRATCH}"):
        with contextlib.suppress(OSError):
            shutil.rmtree(scratch) if scratch.is_dir() else scratch.unlink()


def _write(path: Path, content: Content, names: int, *, private: bool, flush: bool) -> Path:
    """Write to ``path`` or a sibling, as many names as may be tried; only whole files are ever seen."""
    with beside(path, content, names=names, private=private, flush=flush) as put:
        return put()


@contextlib.contextmanager
def beside(
    path: Path, content: Content, *, names: int = SIBLINGS, private: bool = False, flush: bool = True
) -> Iterator[Callable[[], Path]]:
    """Write a file beside its place, so that the block decides when it is put there, if it is.

    Args:
        path: Its place; its folder must exist.
        content: The whole content, or what writes it.
        names: How many names may be tried: ``path`` and its siblings.
        private: Whether only the owner of the file may read it.
        flush: Whether to wait until it is on the disk.

    Yields:
        What puts it in its place, whole, and returns the path that was written. In the end it is gone if it
        wasn't put there.

    Raises:
        AuditkitError: The folder can't be written to, the disk is full, or all that it may be written to is
            open.
    """
    try:
        # Shorter than the file's own name, which may be as long as names can be.
        handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=SCRATCH, dir=path.parent)
        scratch = Path(name)
    except OSError as error:
        raise AuditkitError(f"{path.parent} can't be written to ({error.strerror}).") from error

    def put() -> Path:
        with _told(path):
            return _replace(scratch, path, names)

    try:
        with _told(path):
            with os.fdopen(handle, "wb") as file:
                if callable(content):
                    content(file)
                else:
                    file.write(content)
                if flush:
                    file.flush()
                    os.fsync(file.fileno())
            if not private:
                _share(scratch, path)
        yield put
    finally:
        scratch.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say of an error in a block which file it kept from being written."""
    try:
        yield
    except OSError as error:
        raise AuditkitError(f"{path} can't be written ({error.strerror}).") from error


def _replace(scratch: Path, path: Path, names: int) -> Path:
    """Move ``scratch`` to ``path``, or to its first sibling that isn't open in another program."""
    for n in range(1, names + 1):
        target = path if n == 1 else path.with_name(f"{path.stem} ({n}){path.suffix}")
        if n > 1 and target.exists():
            continue  # somebody may have worked in it
        try:
            scratch.replace(target)
        except PermissionError:
            continue
        return target
    if names == 1:
        raise AuditkitError(f"{path} is open in another program. Close it and run this again.")
    raise AuditkitError(f"{path} and its copies are open in another program. Close them and run this again.")


def _share(scratch: Path, path: Path) -> None:
    """Give a new file the rights of the one it replaces, or those that any new file here gets.

    Temporary files are made readable by their owner only, which is wrong for a master on a shared drive.
    """
    if path.exists():
        scratch.chmod(path.stat().st_mode & 0o777)
    else:
        mask = os.umask(0)
        os.umask(mask)
        scratch.chmod(0o666 & ~mask)
