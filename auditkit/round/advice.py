"""What an officer should know about a sound round before sending it out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from auditkit import passwords, rota
from auditkit.definition.checks.applicability import unmatched, without_number
from auditkit.definition.wording import listed, quoted
from auditkit.fields.date import british
from auditkit.register import alike, packs, without_email
from auditkit.round.folder import SETTINGS
from auditkit.round.model import Round

# A number of a day that is further than this before the deadline was probably asked for last time.
YEAR = dt.timedelta(days=366)


def notes(round_: Round, today: dt.date) -> list[str]:
    """Return what an officer should know about a sound round before sending it out."""
    found = []
    if round_.is_undrawn:
        found.append("nobody is chosen yet: run auditkit rota")
    if round_.places:
        found += rota.notes(round_.recipients, round_.places)
    closed = [recipient.name for recipient in round_.recipients if recipient.is_closed(today)]
    alone = (r for r in round_.recipients if r.id not in round_.in_packs and round_.asks(r))
    unreachable = without_email(r for r in alone if not r.is_closed(today))
    if unreachable:
        names = ", ".join(recipient.name for recipient in unreachable)
        found.append(f"recipients without an email address in the register: {len(unreachable)} ({names})")
    unreachable = without_email(pack.recipient for pack in round_.packs)
    if unreachable:
        names = ", ".join(recipient.name for recipient in unreachable)
        column = round_.settings.pack_by + packs.EMAIL
        found.append(f"packs without an email address in the register's column {column}: {names}")
    if closed:
        found.append(
            f"recipients that have closed, so they aren't asked: {len(closed)} ({', '.join(closed)})"
        )
    for ids in alike(round_.recipients):
        found.append(f"{listed(ids, 'and')} are different recipients, though their ids are nearly the same")
    if round_.settings.deadline < today:
        found.append(f"the deadline in {SETTINGS}, {round_.settings.deadline:%d/%m/%Y}, has passed")
    found += _days(round_)
    silent = [recipient.name for recipient in round_.recipients if not round_.audit_for(recipient).sections]
    if silent:
        found.append(f"no question applies to {', '.join(silent)}")
    own = {r.id: r.open_password for r in round_.addressees if r.open_password}
    for ids in passwords.shared(own):
        found.append(f"{listed(ids, 'and')} have the same password, so they can open each other's workbooks")
    rows = [recipient.row() for recipient in round_.recipients]
    nobody: dict[str, list[str]] = {}
    for column, value in unmatched(round_.audit, rows):
        nobody.setdefault(column, []).append(quoted(value))
    for column, values in nobody.items():
        found.append(
            f"some questions are only for {column} {listed(values)}, which nobody in the register has"
        )
    for column, count in without_number(round_.audit, rows).items():
        found.append(
            f"recipients without a number in the register's column {column}, though questions depend on it: "
            f"{count}; for them it is neither 'at least' nor 'at most' anything"
        )
    return found


def _days(round_: Round) -> Iterator[str]:
    """Yield the numbers whose day can't be right for the round, or was probably left from the one before."""
    deadline = round_.settings.deadline
    days = {q.id: q.measure.last_day for _, q in round_.audit.questions() if q.measure}
    late = [key for key, day in days.items() if day and day > deadline]
    if late:
        yield f"the numbers {listed(late, 'and')} are for a day after the deadline in {SETTINGS}"
    old: dict[dt.date, list[str]] = {}
    for key, day in days.items():
        if day and day < deadline - YEAR:
            old.setdefault(day, []).append(key)
    for day, keys in sorted(old.items()):
        yield (
            f"the numbers {listed(keys, 'and')} are for {british(day)}, more than a year before the deadline "
            f"in {SETTINGS}, {british(deadline)}: is that still the day of last time's edition?"
        )
