"""Every file of the returns folder, read: the whole return path in one call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.returns import cache, files, intake, reader, reading
from auditkit.returns.aside import Aside
from auditkit.returns.basis import Basis, shared
from auditkit.returns.content.across import across
from auditkit.returns.content.again import again
from auditkit.returns.decided import excluded
from auditkit.returns.findings import holding
from auditkit.returns.model import Parts, Return
from auditkit.returns.pool import cores
from auditkit.returns.progress import settled
from auditkit.returns.serve import Work
from auditkit.returns.supersede import supersede
from auditkit.returns.unlocking import passwords_by_id

if TYPE_CHECKING:
    from auditkit.round import Policy


def read_returns(
    folder: Path | intake.Address,
    basis: Basis,
    *,
    policy: Policy = "latest",
    as_at: dt.date | None = None,
    on_file: files.OnFile | None = None,
    jobs: int | None = None,
    isolated: bool = True,
    cached: Path | None = None,
    scratch: Path | None = None,
    elsewhere: files.Elsewhere | None = None,
) -> tuple[Return, ...]:
    """Read every file of the returns folder.

    Args:
        folder: The returns folder, or its address in a store; nothing in it is changed.
        basis: Whose files they are, and what they are read by.
        policy: Which of several returns of one recipient counts.
        as_at: The day that dates in answers are held against; without it they aren't.
        on_file: Called after each file.
        jobs: How many processes read files at most; by default as many as there are processor cores.
        isolated: Whether files are parsed in processes of their own, so that one which crashes its parser
            costs only its own outcome. Turn it off only to debug.
        cached: Where what was read is kept and, as long as it holds, used again; by default it isn't, and
            never for a store: to know a file again, all of it would have to be fetched.
        scratch: A folder for answers that wait, should they be too many for memory; by default the
            system's own.
        elsewhere: What reads files instead of processes of this computer (see :mod:`auditkit.cluster`).

    Returns:
        One return for each file, and for each file in an archive or message, sorted by file, every one with
        its outcome. What is the matter with a file stands in its findings: no file ever stops the run.

    Raises:
        AuditkitError: If the folder isn't there or can't be listed, or no process can be started.
    """
    keep = partial(_put_aside, Aside(scratch), as_at)
    through: files.Through = partial(_kept, keep)
    if cached is not None and not isinstance(folder, intake.Address):
        through = partial(cache.through, cached, cache.rests(basis), keep)
    returns = files.read_all(
        *(intake.find(folder), partial(_begin, basis), basis.limits),
        jobs=jobs or cores(),
        isolated=isolated,
        on_file=on_file,
        elsewhere=elsewhere,
        through=through,
    )
    audits = {each.id: basis.audit.for_recipient(each.row()) for each in basis.recipients}
    decided = settled(supersede(excluded(tuple(returns), basis.decisions), policy, audits))
    return _compared(decided, basis)


def _put_aside(aside: Aside, as_at: dt.date | None, one: Return) -> Return:
    """Let a return wait for the others, with what the day makes of its dates."""
    return aside.keep(replace(one, findings=holding(one.findings, as_at)))


def _compared(returns: tuple[Return, ...], basis: Basis) -> tuple[Return, ...]:
    """Return the returns with what only shows beside those of others, or beside what was said before."""
    known = {recipient.id: recipient for recipient in basis.recipients}
    checks = basis.audit.checks
    others = across(returns, lambda i: known[i].group, checks, lambda i: known[i].name)
    before = again(returns, basis.known, checks)
    return tuple(
        replace(one, findings=(*one.findings, *others.get(one.file, ()), *before.get(one.file, ())))
        if one.file in others or one.file in before
        else one
        for one in returns
    )


def _kept(keep: Callable[[Return], Return], found: Iterable[intake.Found], read: files.Read) -> files.Reads:
    """Read files, and do with each return what is to be done before it waits for the others."""
    with closing(read(found)) as reads:
        for place, returns in reads:
            yield place, list(map(keep, returns))


def _begin(basis: Basis) -> Work[reading.Task, reading.Begun | Return | Parts]:
    """Return what reads one file of the folder; called in the process that does."""
    passwords = intake.Passwords(tuple(basis.passwords), passwords_by_id(basis))
    read = partial(reader.read, reader=reader.reader_for(shared(basis)))
    return partial(reading.read_file, read=read, limits=basis.limits, passwords=passwords)
