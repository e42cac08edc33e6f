"""One run at a time on one round: the lock, and what becomes of one that a dead run left behind."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import PRIVATE, sweep
from auditkit.round import Round

# No run takes this long: an older lock was left behind by one that died on another computer.
LONGEST = dt.timedelta(hours=6)
# How long a lock may be there without anything in it: its run is about to write who it is.
PATIENCE_SECONDS = 1.0
STEP_SECONDS = 0.1
ATTEMPTS = 5


@dataclass(frozen=True)
class Holder:
    """Who holds the lock: a run, by its process and computer.

    ``since`` is in UTC, as ISO writes it; ``token`` is the run's own.
    """

    doing: str
    user: str
    host: str
    pid: int
    since: str
    token: str

    @property
    def started(self) -> dt.datetime:
        """When the run began."""
        return dt.datetime.fromisoformat(self.since)


@contextlib.contextmanager
def alone(round_: Round, doing: str) -> Iterator[None]:
    """Let nobody else work on a round while the block runs.

    Args:
        round_: The round.
        doing: What is done, as the command is called.

    Raises:
        AuditkitError: Another run is at work on the round, or its folder can't be written to.
    """
    path = round_.private / "lock"
    holder = Holder(
        doing,
        user(),
        socket.gethostname(),
        os.getpid(),
        dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds"),
        secrets.token_hex(8),
    )
    _take(path, holder)
    try:
        for folder in (round_.folder, round_.private, round_.workbooks, round_.tables):
            sweep(folder)
        yield
    finally:
        if _holder(path) == holder:
            with contextlib.suppress(OSError):
                path.unlink()


def user() -> str:
    """Return the name under which the person is logged in on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what it raises where there is no such name differs by version
        return "unknown"


def _take(path: Path, holder: Holder) -> None:
    for _ in range(ATTEMPTS):
        if _make(path, holder):
            return
        other = _patiently(path)
        if other is not None and not _stale(other):
            raise AuditkitError(_busy(path, other))
        _remove(path, other)
    raise AuditkitError(f"{path} keeps coming back: another run is at work on this round. Try again later.")


def _make(path: Path, holder: Holder) -> bool:
    """Make the lock file unless there is one; tell whether it was made."""
    try:
        path.parent.mkdir(PRIVATE, exist_ok=True)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
    except FileExistsError:
        return False
    except OSError as error:
        raise AuditkitError(f"{path.parent} can't be written to ({error.strerror}).") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(holder), file)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise AuditkitError(f"{path} can't be written ({error.strerror}).") from error
    return True


def _patiently(path: Path) -> Holder | None:
    """Return who holds the lock, None if nobody does or nothing in it says who, not even after a while."""
    end = time.monotonic() + PATIENCE_SECONDS
    while (holder := _holder(path)) is None and path.exists() and time.monotonic() < end:
        time.sleep(STEP_SECONDS)
    return holder


def _holder(path: Path) -> Holder | None:
    try:
        holder = Holder(**json.loads(path.read_text(encoding="utf-8")))
        known = isinstance(holder.pid, int) and holder.started.tzinfo is not None
    except (OSError, ValueError, TypeError):
        return None
    return holder if known else None


def _stale(holder: Holder) -> bool:
    """Tell whether the run that took the lock is over, though it didn't give it back."""
    age = dt.datetime.now(dt.timezone.utc) - holder.started
    return age > LONGEST or (holder.host == socket.gethostname() and not _alive(holder.pid))


def _remove(path: Path, stale: Holder | None) -> None:
    """Remove a lock that was left behind, unless somebody else has done so and taken it meanwhile."""
    aside = path.with_name(f"lock.{secrets.token_hex(4)}")
    with contextlib.suppress(OSError):
        path.rename(aside)
        if _holder(aside) != stale:
            aside.rename(path)
            return
        aside.unlink()


def _busy(path: Path, other: Holder) -> str:
    began = other.started.astimezone()
    return (
        f"auditkit {other.doing} is at work on this round: {other.user} started it on {other.host} at "
        f"{began:%H:%M on %d/%m/%Y}. Wait until it has ended, then run this again. If you are sure that it "
        f"isn't running any more, delete {path}"
    )


if sys.platform == "win32":  # pragma: no cover

    def _alive(pid: int) -> bool:
        """Tell whether a process of this computer is running (os.kill would end it here)."""
        import ctypes

        query, running, denied = 0x1000, 259, 5
        kernel = ctypes.windll.kernel32
        process = kernel.OpenProcess(query, False, pid)
        if not process:
            return bool(kernel.GetLastError() == denied)
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(process, ctypes.byref(code))
        kernel.CloseHandle(process)
        return code.value == running

else:

    def _alive(pid: int) -> bool:
        """Tell whether a process of this computer is running."""
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, OverflowError):
            return False
        except PermissionError:
            return True
        return True
