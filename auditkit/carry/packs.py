"""Into a pack, only answers to what is asked once for all in it can be carried."""

from __future__ import annotations

import datetime as dt

from auditkit.definition.model import Audit
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook.pack import packs_of
from auditkit.workbook.pack_carried import shared_of


def asked_of(round_: Round, addressee: Recipient, today: dt.date) -> Audit:
    """Return what can be carried to whom a workbook is for: of a pack, what all answer once.

    Args:
        round_: The round.
        addressee: A recipient, or whom a pack is for.
        today: The day of issue.
    """
    pack = packs_of(round_, today).get(addressee.id)
    return round_.audit_for(addressee) if pack is None else shared_of(pack)
