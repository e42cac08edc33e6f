"""A date of sign-off that can't be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from auditkit.fields.date import british
from auditkit.returns.content.seen import Seen, about
from auditkit.returns.model import Finding

CODES = ("sign-off-early", "sign-off-in-future")


def find(seen: Seen) -> Iterator[Finding]:
    """Yield a finding for a sign-off before the audit was issued, or after the day of the run."""
    answer = seen.cover("signoff_date")
    if answer is None or not isinstance(answer.value, dt.date):
        return
    signed, issued, as_at = answer.value, seen.known.issued, seen.known.as_at
    if issued is not None and signed < issued:
        yield about("sign-off-early", seen, [answer], date=british(signed), issued=british(issued))
    if as_at is not None and signed > as_at:
        yield about("sign-off-in-future", seen, [answer], date=british(signed))
