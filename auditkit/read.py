"""Every file that came back, read by the round's settings and by what was decided so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from auditkit import decisions
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.files import Elsewhere, OnFile
from auditkit.returns.intake import Address
from auditkit.returns.model import Return
from auditkit.round import Round
from auditkit.workbook import carried, known
from auditkit.workbook.known import NOTHING_KNOWN, Known
from auditkit.workbook.log import first_issued, issued_audits, issued_packs, read_log, successors
from auditkit.workbook.pack import packs_of


def read(
    round_: Round,
    returns: Path | Address,
    *,
    as_at: dt.date | None = None,
    passwords: Sequence[str] = (),
    jobs: int | None = None,
    on_file: OnFile | None = None,
    anew: bool = False,
    elsewhere: Elsewhere | None = None,
) -> tuple[Return, ...]:
    """Read every file in ``returns`` and below, by the round's settings and what was decided so far.

    Args:
        round_: The round.
        returns: The returns folder, or its address in a store; nothing in it is changed.
        as_at: The day that dates in answers are held against; without it they aren't.
        passwords: What to try on locked files, besides what the round knows.
        jobs: How many processes read files at most; by default as many as there are processor cores.
        on_file: Called after each file.
        anew: Whether to read every file, though it is known from an earlier run what is in it.
        elsewhere: What reads files instead of processes of this computer (see :mod:`auditkit.cluster`).

    Returns:
        A return for each file, with its outcome.

    Raises:
        AuditkitError: There is no such folder, or the round's own records are damaged.
    """
    log, settings = read_log(round_), round_.settings
    now = successors(log, round_.recipients)
    basis = Basis(
        round_.audit,
        round_.recipients,
        settings.id,
        round_.key(),
        issued=issued_audits(round_, log),
        addressees=[pack.recipient for pack in round_.packs],
        packs=packs_of(round_),
        issued_packs=issued_packs(round_, log),
        successors=now,
        sent=first_issued(log, now),
        decisions=decisions.in_force(decisions.read(round_)),
        limits=settings.limits,
        passwords=(*filter(None, [settings.open_password]), *settings.file_passwords, *passwords),
        known=known.followed(_known(round_), now),
    )
    return read_returns(
        returns,
        basis,
        policy=settings.several_returns,
        as_at=as_at,
        on_file=on_file,
        jobs=jobs,
        cached=None if anew else round_.private / "returns.cache",
        scratch=round_.private,
        elsewhere=elsewhere,
    )


def _known(round_: Round) -> dict[str, Known]:
    """Return what recipients were shown; what was carried over is known by its own record too."""
    found = known.read(round_)
    for recipient_id, one in carried.read(round_).items():
        found[recipient_id] = found.get(recipient_id, NOTHING_KNOWN) | Known(carried=one.known())
    return found
