"""Where what is each recipient's own comes from: what was said last time, and what was carried over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditkit.definition.model import Audit
from auditkit.register import Recipient
from auditkit.workbook.carried import CARRIED_ID, Carried, added, sections_of, with_column
from auditkit.workbook.known import NOTHING_KNOWN, Known
from auditkit.workbook.layout import Column
from auditkit.workbook.own import NOTHING, Own, Source


@dataclass(frozen=True)
class Origins:
    """Both at once, a :class:`~auditkit.workbook.own.Source` like either.

    ``last_time`` is where what was said then comes from, ``carried`` what was carried over, by recipient id.
    """

    last_time: Source | None = None
    carried: Mapping[str, Carried] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns beside the questions of those who have texts of last time there."""
        return self.last_time.columns if self.last_time else ()

    def digest(self, recipient: Recipient) -> str:
        """Return what tells whether a recipient's own is what was issued; empty if there is none."""
        carried = self.carried.get(recipient.id)
        last = self.last_time.digest(recipient) if self.last_time else ""
        return "-".join(filter(None, (last, carried.digest() if carried else "")))

    def sections(self, recipient: Recipient, audit: Audit) -> tuple[str, ...]:
        """Return the sections in which a recipient has to confirm what was carried over."""
        return sections_of(audit, self.carried.get(recipient.id))

    def audit(self, recipient: Recipient, audit: Audit) -> Audit:
        """Return what a recipient is asked, with whether what was carried over still holds."""
        return with_column(audit, self.sections(recipient, audit))

    def own(self, recipient: Recipient, audit: Audit) -> Own:
        """Return what is a recipient's own in a workbook that asks ``audit``.

        What was carried over is in it only if it is asked whether that still holds: in a pack no member is.
        """
        own = self.last_time.own(recipient, audit) if self.last_time else NOTHING
        carried = self.carried.get(recipient.id)
        return added(own, carried, audit) if carried and _asks(audit) else own

    def known(self, recipient: Recipient, audit: Audit, own: Own) -> Known:
        """Return what reading the recipient's return has to know of that."""
        carried = self.carried.get(recipient.id)
        last = self.last_time.known(recipient, audit, own) if self.last_time else NOTHING_KNOWN
        return last | Known(own.shown(), carried=carried.known() if carried else {})


def _asks(audit: Audit) -> bool:
    return any(f.id == CARRIED_ID for section in audit.sections for f in audit.responses_of(section))
