"""The round as it stands, for the tables: who is asked what, what came back, and what has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from auditkit import trail, veil
from auditkit.register import Recipient
from auditkit.returns import progress
from auditkit.returns.model import Return
from auditkit.round import Round
from auditkit.runs import Since
from auditkit.tables import Collation


def with_progress(
    round_: Round, files: tuple[Return, ...], as_at: dt.date, at: dt.datetime
) -> tuple[tuple[Return, ...], trail.Progress | None]:
    """Return the files with what progress returns changed, and the changes if this is such a round."""
    audits = {r.id: round_.audit_for(r) for r in round_.recipients}
    files, steps = progress.laid(files, audits, as_at)
    entries = trail.kept(round_, steps, at)
    followed = bool(entries) or any(file.outcome == "progress" for file in files)
    return files, trail.Progress(steps, entries) if followed else None


def of(
    round_: Round,
    files: tuple[Return, ...],
    as_at: dt.date,
    issued: Mapping[str, dt.date],
    since: Since | None,
    changes: trail.Progress | None,
) -> Collation:
    """Return the round as it stands; of an anonymous survey, what its tables may know."""
    asked, unasked = _asked(round_, files)
    packs = {member: pack.recipient for pack in round_.packs for member in pack.members}
    about = (asked, files, as_at, issued, since, packs, unasked, changes)
    collation = Collation(round_.settings, round_.audit, *about)
    if not round_.audit.survey_policy.anonymous:
        return collation
    files, asked = veil.veiled(files, asked, round_.key())
    # What changed since the last run would tell whose answers came between the two.
    return replace(collation, recipients=asked, returns=files, issued={}, since=None, unasked=())


def _asked(round_: Round, files: tuple[Return, ...]) -> tuple[tuple[Recipient, ...], tuple[Recipient, ...]]:
    """Return whom the sums are about, all who are asked or whose return counts anyway, and the others."""
    if not round_.places:
        return round_.recipients, ()
    counts = {file.recipient_id for file in files if file.outcome == "accepted"}
    sums = {r.id for r in round_.recipients if round_.asks(r) or r.id in counts}
    asked, rest = ([r for r in round_.recipients if (r.id in sums) is is_in] for is_in in (True, False))
    return tuple(asked), tuple(rest)
