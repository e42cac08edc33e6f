"""Several returns of one recipient: which one counts.

By default the one saved last wins as a whole; the round's ``several_returns`` may say otherwise. The order in
which files are found makes no difference.

When a workbook was saved it says itself, by the clock of its author; if it doesn't, only when it came is
known, by another clock. Where what counts hangs on holding the one against the other, or on less than a
minute, a query says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditkit.definition.model import Audit
from auditkit.fields.days import british
from auditkit.returns.merge import merged
from auditkit.returns.model import Finding, Return
from auditkit.returns.shared import completed, is_left_blank, set_aside
from auditkit.workbook.layout import COVER

if TYPE_CHECKING:
    from auditkit.round import Policy

CLOSE = dt.timedelta(minutes=1)
NEVER = dt.datetime.min.replace(tzinfo=dt.timezone.utc)


@dataclass(frozen=True)
class Version:
    """One content, however many copies of it came. The first by name stands for all.

    ``saved`` is when it says that it was saved, if it does, ``received`` when the first of them came: a copy
    made later must not look like a later return.
    """

    first: Return
    copies: tuple[Return, ...]
    saved: dt.datetime | None
    received: dt.datetime | None

    @property
    def time(self) -> dt.datetime:
        """When it was saved, else when it came: versions are put in order by it."""
        return self.saved or self.received or NEVER


def supersede(
    returns: Iterable[Return], policy: Policy = "latest", audits: Mapping[str, Audit] | None = None
) -> tuple[Return, ...]:
    """Let one accepted return of each recipient count.

    Args:
        returns: All returns of the round, in any order.
        policy: Which of several counts.
        audits: The definition as narrowed to each recipient, by id; merging needs it.

    Returns:
        The same files, sorted: of several accepted returns of a recipient one stays accepted (among equals
        the last by time, then by name), copies of one file count as one, and the rest is superseded, each
        with a finding that says by what. A superseded return keeps its answers; its other findings go, since
        nobody needs to act on them any more. Merged returns are one accepted return, the last, whose answers
        say which file they come from. Whatever the policy, parts of one workbook are merged (see
        :func:`are_parts`), and a part of a pack with nothing but shared answers only completes a return of
        the recipient's own (:mod:`auditkit.returns.shared`).
    """
    result: dict[str, Return] = {}
    of_recipient: dict[str, list[Return]] = {}
    for one in returns:
        result[one.file] = one
        if one.outcome == "accepted" or is_left_blank(one):
            of_recipient.setdefault(one.recipient_id, []).append(one)
    for recipient_id, own in of_recipient.items():
        decided = _decided(own, policy, (audits or {}).get(recipient_id))
        result.update((one.file, one) for one in decided)
    return tuple(result[file] for file in sorted(result))


def _decided(returns: Sequence[Return], policy: Policy, audit: Audit | None) -> list[Return]:
    """Return what becomes of the returns of one recipient."""
    accepted = [one for one in returns if one.outcome == "accepted"]
    own = [one for one in accepted if not one.is_shared]
    if not own or are_parts([version.first for version in versions(accepted)]):
        return _of_several(accepted, policy, audit)
    *others, counts = _of_several(own, policy, audit)
    shared = [one for one in accepted if one.is_shared]
    if shared:
        assert audit is not None
        counts = completed(counts, _of_several(shared, policy, audit)[-1], audit)
    return [*others, counts, *(set_aside(one, counts) for one in returns if one.is_shared)]


def _of_several(returns: Sequence[Return], policy: Policy, audit: Audit | None) -> list[Return]:
    """Return these returns, the one that counts last."""
    if not returns:
        return []
    in_order = versions(returns)
    copies = [duplicate(version, copy) for version in in_order for copy in version.copies]
    if len(in_order) == 1:
        decided = [in_order[0].first]
    elif policy == "merge by section" or are_parts([version.first for version in in_order]):
        assert audit is not None
        *decided, whole = merged([version.first for version in in_order], audit)
        decided.append(_doubted(whole, in_order[-1], in_order[:-1]))
    elif policy == "most complete":
        decided = _most_complete(in_order)
    else:
        decided = _latest(in_order)
    return [*copies, *decided]


def are_parts(returns: Sequence[Return]) -> bool:
    """Tell whether returns are parts of one workbook: each lacks sheets, and none answers what another does.

    So come sheets that were saved as CSV one by one, or handed to different colleagues. Put together, they
    contradict nothing; to let one of them replace the others would lose the others.
    """
    # Before the answers: to look at those of every return of the round takes a while.
    if not all(any(f.code == "missing-sheets" for f in one.findings) for one in returns):
        return False
    # The cover of a pack is on two sheets.
    blocks = [{(a.block, a.row_key if a.block == COVER else "") for a in one.answers} for one in returns]
    return sum(map(len, blocks)) == len(set().union(*blocks))


def versions(returns: Iterable[Return]) -> list[Version]:
    """Return the different contents among returns, in the order in which they were saved or came.

    Args:
        returns: Returns of one recipient, in any order.
    """
    by_content: dict[str, list[Return]] = {}
    for one in sorted(returns, key=lambda r: r.file):
        by_content.setdefault(one.sha256, []).append(one)
    return sorted(map(_version, by_content.values()), key=lambda v: (v.time, v.first.file))


def _version(same: Sequence[Return]) -> Version:
    saved = min((one.saved for one in same if one.saved), default=None)
    received = min((one.received for one in same if one.received), default=None)
    return Version(same[0], tuple(same[1:]), saved, received)


def _latest(in_order: list[Version]) -> list[Return]:
    *earlier, last = in_order
    decided = [_superseded(v.first, "superseded", (*_by(last), ("saved", said_when(v)))) for v in earlier]
    fullest = max(earlier, key=lambda v: (len(v.first.answers), v.first.file)).first
    winner = last.first
    if len(fullest.answers) > len(winner.answers):
        data = (
            ("earlier", fullest.file),
            ("more", str(len(fullest.answers))),
            ("fewer", str(len(winner.answers))),
        )
        winner = _noted(winner, "earlier-is-fuller", data)
    return [*decided, _doubted(winner, last, earlier)]


def _most_complete(in_order: list[Version]) -> list[Return]:
    winner = max(in_order, key=lambda v: (_used(v.first), v.time, v.first.file))
    decided = []
    for version in in_order:
        if version is not winner:
            fewer = (("more", str(_used(winner.first))), ("fewer", str(_used(version.first))))
            decided.append(_superseded(version.first, "less-complete", (*_by(winner), *fewer)))
    last, counts = in_order[-1].first, winner.first
    if last is not counts:
        data = (("later", last.file), ("more", str(_used(counts))), ("fewer", str(_used(last))))
        counts = _noted(counts, "later-holds-less", data)
    equals = [v for v in in_order if v is not winner and _used(v.first) == _used(winner.first)]
    return [*decided, _doubted(counts, winner, equals)]


def _used(one: Return) -> int:
    """Return how many answers to questions a return has that can be used."""
    return sum(a.block != COVER and a.value is not None for a in one.answers)


def duplicate(version: Version, copy: Return) -> Return:
    """Return a copy of a version as what it is: superseded by the first."""
    return _superseded(copy, "identical-duplicate", _by(version))


def _superseded(one: Return, code: str, data: tuple[tuple[str, str], ...]) -> Return:
    return replace(one, outcome="superseded", findings=(Finding(code, one.file, data=data),))


def _noted(one: Return, code: str, data: tuple[tuple[str, str], ...]) -> Return:
    return replace(one, findings=(Finding(code, one.file, data=data), *one.findings))


def _doubted(counts: Return, later: Version, earlier: Iterable[Version]) -> Return:
    """Return the one that counts, with a query if it isn't certain that it is the later one."""
    why = [doubt for version in earlier if (doubt := _doubt(later, version))]
    return _noted(counts, "order-uncertain", (("why", "; ".join(why)),)) if why else counts


def _doubt(later: Version, earlier: Version) -> str:
    """Return why it isn't certain which of two versions is the later, "" if it is or makes no difference."""
    if _said(later.first) == _said(earlier.first):
        return ""
    other = earlier.first.file
    if (later.saved is None) == (earlier.saved is None):
        happened = "came" if later.saved is None else "was saved"
        return f"{other} {happened} within a minute of it" if later.time - earlier.time < CLOSE else ""
    if later.received and earlier.received and later.received - earlier.received >= CLOSE:
        return ""  # the one clock that both have gives the same order
    mine, theirs = _when(later), _when(earlier)
    if later.saved is None:
        return f"it doesn't say when it was saved and came {mine}; {other} was saved {theirs}"
    return f"it was saved {mine}; {other} doesn't say when it was saved and came {theirs}"


def _said(one: Return) -> set[tuple[str, str, str, str]]:
    return {(a.block, a.row_key, a.column_key, repr(a.typed)) for a in one.answers}


def _by(version: Version) -> tuple[tuple[str, str], ...]:
    return (("by", version.first.file), ("by_saved", said_when(version)))


def _when(version: Version) -> str:
    time = version.time
    return f"{british(time.date())} at {time:%H:%M} UTC" if time != NEVER else "at an unknown time"


def said_when(version: Version) -> str:
    """Return when a version was saved, or came if it does not say, as findings say it."""
    return f"{'received' if version.saved is None and version.received else 'saved'} {_when(version)}"
