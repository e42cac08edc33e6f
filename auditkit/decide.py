"""The officer's decisions, taken: whether a file can be decided, the record of it, and what it leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit import decisions
from auditkit.decisions import Decision
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import AuditkitError
from auditkit.lock import alone, user
from auditkit.read import read
from auditkit.register import Recipient
from auditkit.returns.completion import begun, is_nil
from auditkit.returns.files import OnFile
from auditkit.returns.findings import said, severity
from auditkit.returns.meant import meant
from auditkit.returns.model import Return
from auditkit.returns.propose import typeable
from auditkit.round import Round
from auditkit.workbook.log import read_log

# What has become of files that need no decision.
COUNTED = ("accepted", "superseded", "progress")


@dataclass(frozen=True)
class Decided:
    """A decision as it was recorded, and the other files with the same content, which it holds for too.

    Of a file that was accepted, ``against`` is what stood against it, in titles of findings; ``superseded``
    the recipient's files that counted, or would now, and are superseded, each with why. ``is_blank`` tells
    whether it holds no answer to any question, so that it is no reply.
    """

    decision: Decision
    copies: tuple[str, ...]
    against: tuple[str, ...] = ()
    superseded: tuple[tuple[str, str], ...] = ()
    is_blank: bool = False


def accept(
    round_: Round,
    returns: Path,
    name: str,
    recipient_id: str,
    *,
    why: str = "",
    passwords: Sequence[str] = (),
    jobs: int | None = None,
    on_file: OnFile | None = None,
) -> Decided:
    """Record that a file counts as the return of a recipient.

    Args:
        round_: The round.
        returns: The returns folder.
        name: The file: its path, or its name as collate shows it.
        recipient_id: Whose return it is.
        why: Why.
        passwords: What to try on locked files, besides what the round knows.
        jobs: How many processes read files at most; by default as many as there are processor cores.
        on_file: Called after each file.

    Returns:
        The decision.

    Raises:
        AuditkitError: There is no such file or recipient, the file isn't a workbook that can be read, or it
            counts already.
    """
    recipient = _recipient(round_, recipient_id)
    with alone(round_, "accept"):
        files = read(round_, returns, passwords=passwords, jobs=jobs, on_file=on_file)
        one = meant(name, files, returns)
        members = _members(round_, recipient.id)
        _must_be_acceptable(round_, one, recipient, members)
        decided = _record(round_, "accept", one, files, why, recipient.id)
        parts = [f for f in files if f is one or _is_same(f, one)]
        now = read(round_, returns, passwords=passwords, jobs=jobs)
        return replace(
            decided,
            against=_against(parts),
            superseded=_superseded(one, files, now, {recipient.id, *members}),
            is_blank=not any(begun(p.answers) or is_nil(round_.audit, p.answers) for p in parts),
        )


def exclude(
    round_: Round,
    returns: Path,
    name: str,
    *,
    why: str,
    passwords: Sequence[str] = (),
    jobs: int | None = None,
    on_file: OnFile | None = None,
) -> Decided:
    """Record that nothing in a file ever counts.

    Args:
        round_: The round.
        returns: The returns folder.
        name: The file: its path, or its name as collate shows it.
        why: Why.
        passwords: What to try on locked files, besides what the round knows.
        jobs: How many processes read files at most; by default as many as there are processor cores.
        on_file: Called after each file.

    Returns:
        The decision.

    Raises:
        AuditkitError: There is no such file, its content isn't known, no reason is given, or it was
            excluded before.
    """
    if not why.strip():
        raise AuditkitError("Say why, for whoever asks later: --why …")
    with alone(round_, "exclude"):
        files = read(round_, returns, passwords=passwords, jobs=jobs, on_file=on_file)
        one = meant(name, files, returns)
        held_by = decisions.in_force(decisions.read(round_)).get(one.sha256)
        if not one.sha256:
            raise AuditkitError(f"{one.file} can't be excluded: {_reason(one)} Move it elsewhere instead.")
        if held_by and held_by.kind == "exclude":
            raise AuditkitError(f"{one.file} was already excluded. {_to_undo(held_by)}")
        return _record(round_, "exclude", one, files, why)


def undo(round_: Round, number: int, *, why: str = "") -> Decision:
    """Take a decision back.

    Args:
        round_: The round.
        number: The decision.
        why: Why.

    Returns:
        The decision that was taken back.

    Raises:
        AuditkitError: There is no such decision, or it was taken back before.
    """
    with alone(round_, "decisions"):
        return decisions.undo(round_, number, who=user(), now=_now(), why=why)


def _recipient(round_: Round, recipient_id: str) -> Recipient:
    # Whom packs were for that were issued, whether there still is such a pack or not.
    packs = [Recipient(e.recipient_id, e.recipient) for e in read_log(round_) if e.members]
    by_id = {recipient.id: recipient for recipient in (*packs, *round_.addressees)}
    if recipient_id not in by_id:
        near = did_you_mean(recipient_id, by_id)
        raise AuditkitError(f"The register has no recipient with the id {quoted(recipient_id)}{near}")
    return by_id[recipient_id]


def _members(round_: Round, recipient_id: str) -> set[str]:
    """Return the ids of those in a pack, now or when it was issued; none if it is a recipient's own id."""
    now = [pack.members for pack in round_.packs if pack.recipient.id == recipient_id]
    then = [entry.members for entry in read_log(round_) if entry.recipient_id == recipient_id]
    return {member for members in (*now, *then) for member in members}


def _must_be_acceptable(round_: Round, one: Return, recipient: Recipient, members: Collection[str]) -> None:
    """Raise AuditkitError if a file can't be accepted as the return of a recipient, or needs no decision."""
    if not one.was_read:
        raise AuditkitError(_without_answers(one))
    _fit(one, recipient, members)
    held_by = decisions.in_force(decisions.read(round_)).get(one.sha256)
    if held_by and (held_by.kind, held_by.recipient_id) == ("accept", recipient.id):
        raise AuditkitError(f"{one.file} was already accepted so. {_to_undo(held_by)}")
    by = one.recipient_id if not one.pack or one.identity is None else one.identity.recipient_id
    if held_by is None and one.outcome in COUNTED and by == recipient.id:
        raise AuditkitError(f"{one.file} is known to be from {recipient.id}: there is nothing to decide.")


def _fit(one: Return, recipient: Recipient, members: Collection[str]) -> None:
    """Raise AuditkitError if a pack is to count as the return of one recipient, or the other way round."""
    if one.pack and not members:
        raise AuditkitError(
            f"{one.pack} is a pack, with answers of several recipients, so it can't be the return of "
            f"{recipient.id} alone. Accept it as the pack that it is: --as and the pack's id, which "
            "workbooks/issued.csv has."
        )
    # A sheet of shared questions that was saved on its own says neither.
    if members and not one.pack and one.identity is not None:
        raise AuditkitError(
            f"{one.file} is no pack, so it can't count for everybody in {recipient.id}. Name the recipient "
            "whose workbook it is."
        )


def _is_same(a: Return, b: Return) -> bool:
    """Tell whether two returns are parts of one file."""
    return bool(a.pack) and a.pack == b.pack


def _against(parts: Sequence[Return]) -> tuple[str, ...]:
    """Return what stood against a file, in titles of findings."""
    held = (f for part in parts for f in part.findings if severity(f) == "held")
    return tuple(dict.fromkeys(said(f).title for f in held))


def _superseded(
    one: Return, before: Sequence[Return], now: Sequence[Return], whose: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return which files that counted, or would now, are superseded once one was accepted, and why."""
    counted = {f.file for f in before if f.outcome == "accepted" and f.recipient_id in whose}
    return tuple(
        (f.file, said(f.findings[0]).happened)
        for f in now
        if f.outcome == "superseded" and (f.file in {*counted, one.file} or _is_same(f, one))
    )


def _record(
    round_: Round,
    kind: decisions.Kind,
    one: Return,
    files: Sequence[Return],
    why: str,
    recipient_id: str = "",
) -> Decided:
    entry = decisions.add(
        round_,
        kind,
        who=user(),
        now=_now(),
        why=why.strip(),
        file=one.pack or one.file,
        sha256=one.sha256,
        recipient_id=recipient_id,
    )
    same = [o for o in files if o.sha256 == one.sha256 and o.file != one.file and not _is_same(o, one)]
    return Decided(entry, tuple(dict.fromkeys(other.pack or other.file for other in same)))


def _without_answers(one: Return) -> str:
    """Return what to say when a file is accepted in which there is nothing to read."""
    exclude = f' To leave this file out: auditkit exclude "{typeable(one.file)}" --why …'
    return (
        f"{one.file} can't be accepted: {_reason(one)} There are no answers in it that could count, so ask "
        f"for the workbook itself.{exclude if one.sha256 and one.outcome != 'passed over' else ''}"
    )


def _reason(one: Return) -> str:
    return said(one.findings[0]).happened if one.findings else "its content isn't known."


def _to_undo(decision: Decision) -> str:
    return f"To take that back: auditkit decisions --undo {decision.number}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
