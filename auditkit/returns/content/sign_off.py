"""A date of sign-off that can't be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from auditkit.fields.date import british
from auditkit.returns.content.seen import Seen, about
from auditkit.returns.model import Finding

CODES = ("sign-off-early", "sign-off-in-future")
DAY = dt.timedelta(days=1)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield a finding for a sign-off before the audit was issued, and one for the days before it."""
    answer = seen.cover("signoff_date")
    if answer is None or not isinstance(answer.value, dt.date):
        return
    signed, issued = answer.value, seen.known.issued
    if issued is not None and signed < issued:
        yield about("sign-off-early", seen, [answer], date=british(signed), issued=british(issued))
    if signed > dt.date.min:
        early = about("sign-off-in-future", seen, [answer], date=british(signed))
        yield replace(early, until=signed - DAY)
