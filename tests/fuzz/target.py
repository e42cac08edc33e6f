"""What must hold of any bytes in the returns folder."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args
from unittest import mock

from auditkit.guard.limits import MEGABYTE, Limits
from auditkit.returns import reading
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.findings import said
from auditkit.returns.model import Outcome, Return
from auditkit.round import Round
from auditkit.tables import Collation, build, differences
from tests.fuzz.seeds import PASSWORD
from tests.rounds import ISSUED

LIMITS = Limits(
    file_bytes=2 * MEGABYTE,
    members=200,
    part_bytes=2 * MEGABYTE,
    workbook_bytes=4 * MEGABYTE,
    package_bytes=8 * MEGABYTE,
    ratio_from=MEGABYTE,
    depth=3,
    files=50,
    cells=100_000,
    strings=20_000,
    seconds=20,
)
OUTCOMES = get_args(Outcome)
AS_AT = dt.date(2026, 12, 1)
SENT = {"A1": ISSUED, "A2": ISSUED}
# What reading a file never does, as Python's audit events name it; writing is told from reading by its flags.
NEVER = ("os.", "shutil.", "subprocess.", "socket.", "tempfile.", "urllib.", "webbrowser.")
HARMLESS = ("os.scandir", "os.listdir", "os.add_dll_directory")
TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_watched: list[list[str]] = []


def check(round_: Round, content: bytes) -> tuple[Return, ...]:
    """Read one file of these bytes in this process, and check what must hold.

    Args:
        round_: A round; its returns folder holds nothing else.
        content: The file.

    Returns:
        What became of it.

    Raises:
        Exception: Whatever would otherwise end as the finding ``not-read``, as it was raised; AssertionError
            if something else doesn't hold, such as the proof that no answer is lost on its way to the tables.
    """
    (round_.returns / "file").write_bytes(content)
    with _as_raised(), watched() as done:
        returns = read(round_, isolated=False)
    assert not done, f"reading it did {done}"
    assert returns
    for one in returns:
        assert one.outcome in OUTCOMES
        assert one.outcome == "accepted" or one.findings
        for finding in one.findings:
            _as_written(*vars(said(finding)).values(), finding.file, finding.sheet, finding.value)
        _as_written(one.file, *(note.sheet for note in one.notes))
    if any(one.answers for one in returns):  # else there is nothing to lose, and tables take their time
        collation = Collation(round_.settings, round_.audit, round_.recipients, returns, AS_AT, SENT)
        lost = differences(collation, build(collation))
        assert lost == (), lost
    return returns


def read(round_: Round, *, isolated: bool) -> tuple[Return, ...]:
    """Read the round's returns folder; ``isolated`` as officers do it, in a process that may end over it."""
    return read_returns(
        round_.returns,
        Basis(
            round_.audit,
            round_.recipients,
            round_.settings.id,
            round_.key(),
            limits=LIMITS,
            passwords=[PASSWORD],
            sent=SENT,
        ),
        isolated=isolated,
        as_at=AS_AT,
    )


@contextmanager
def watched() -> Iterator[list[str]]:
    """Note what is done meanwhile that reading a file never does."""
    if not _watched:
        sys.addaudithook(_note)
    done: list[str] = []
    _watched[:] = [done]
    try:
        with mock.patch.object(sys, "dont_write_bytecode", True):
            yield done
    finally:
        _watched[:] = [[]]


def _note(event: str, args: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(args[2], int) and args[2] & TO_WRITE
    if writes or (event.startswith(NEVER) and event not in HARMLESS):
        _watched[0].append(f"{event} {args!r}"[:200])


@contextmanager
def _as_raised() -> Iterator[None]:
    """Let a bug be raised, instead of costing one file its outcome."""

    def raised(error: Exception) -> None:
        raise error

    with mock.patch.object(reading, "_bug", raised):
        yield


def _as_written(*texts: str) -> None:
    """Fail if a text can't be printed or written anywhere: it holds half a character."""
    for text in texts:
        text.encode()
