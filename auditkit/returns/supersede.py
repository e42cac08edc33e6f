"""Several returns of one recipient: which one counts.

The one saved last wins as a whole. The order in which files are found makes no difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from auditkit.fields.date import british
from auditkit.returns.model import Finding, Return

NEVER = dt.datetime.min.replace(tzinfo=dt.timezone.utc)


@dataclass(frozen=True)
class _Version:
    """One content, however many copies of it came. The first by name stands for all."""

    first: Return
    copies: tuple[Return, ...]
    saved: dt.datetime


def supersede(returns: Iterable[Return]) -> tuple[Return, ...]:
    """Let one accepted return of each recipient count.

    Args:
        returns: All returns of the round, in any order.

    Returns:
        The same files, sorted: of several accepted returns of a recipient the one saved last stays accepted
        (among equals the last by name), copies of one file count as one, and the rest is superseded, each
        with a finding that says by what. A superseded return keeps its answers; its other findings go, since
        nobody needs to act on them any more.
    """
    result: dict[str, Return] = {}
    of_recipient: dict[str, list[Return]] = {}
    for one in returns:
        result[one.file] = one
        if one.outcome == "accepted":
            of_recipient.setdefault(one.recipient_id, []).append(one)
    for accepted in of_recipient.values():
        result.update((decided.file, decided) for decided in _decide(accepted))
    return tuple(result[file] for file in sorted(result))


def _decide(accepted: list[Return]) -> list[Return]:
    by_content: dict[str, list[Return]] = {}
    for one in sorted(accepted, key=lambda r: r.file):
        by_content.setdefault(one.sha256, []).append(one)
    versions = sorted(map(_version, by_content.values()), key=lambda v: (v.saved, v.first.file))
    *earlier, last = versions
    decided = []
    for version in versions:
        for copy in version.copies:
            decided.append(_superseded(copy, Finding("identical-duplicate", copy.file, data=_by(version))))
        if version is not last:
            data = (*_by(last), ("saved", _time(version.saved)))
            decided.append(_superseded(version.first, Finding("superseded", version.first.file, data=data)))
    return [*decided, _winner(last.first, [version.first for version in earlier])]


def _version(same: Sequence[Return]) -> _Version:
    # A copy made later, of a file that doesn't say when it was saved, must not look like a later return.
    return _Version(same[0], tuple(same[1:]), min(one.saved or NEVER for one in same))


def _winner(winner: Return, earlier: list[Return]) -> Return:
    fullest = max(earlier, key=lambda r: (len(r.answers), r.file), default=winner)
    if len(fullest.answers) <= len(winner.answers):
        return winner
    data = (
        ("earlier", fullest.file),
        ("more", str(len(fullest.answers))),
        ("fewer", str(len(winner.answers))),
    )
    return replace(winner, findings=(Finding("earlier-is-fuller", winner.file, data=data), *winner.findings))


def _superseded(one: Return, finding: Finding) -> Return:
    return replace(one, outcome="superseded", findings=(finding,))


def _by(version: _Version) -> tuple[tuple[str, str], ...]:
    return (("by", version.first.file), ("by_saved", _time(version.saved)))


def _time(saved: dt.datetime) -> str:
    return f"{british(saved.date())} at {saved:%H:%M}" if saved != NEVER else "at an unknown time"
