"""From an entry of the log to a workbook, with whatever is its recipient's own."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditkit.definition.model import Audit
from auditkit.encryption import encrypted
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import known
from auditkit.workbook.book import Issue
from auditkit.workbook.carried import Carried, added, sections_of, with_column
from auditkit.workbook.identity import Identity
from auditkit.workbook.known import NOTHING_KNOWN, Known
from auditkit.workbook.layout import CARRIED_FROM, Column, Layout, layout_for
from auditkit.workbook.log import Issued
from auditkit.workbook.own import NOTHING, Own, Source
from auditkit.workbook.protection import lock
from auditkit.workbook.stencil import Stencils


@dataclass(frozen=True)
class Origins:
    """Where what is each recipient's own comes from: what was said last time, and what was carried over."""

    source: Source | None = None
    carried: Mapping[str, Carried] = field(default_factory=dict)

    def digest(self, recipient: Recipient) -> str:
        """Return what tells whether a recipient's own is what was issued; empty if there is none."""
        carried = self.carried.get(recipient.id)
        parts = (self.source.digest(recipient) if self.source else "", carried.digest() if carried else "")
        return "-".join(filter(None, parts))

    def audit(self, recipient: Recipient, audit: Audit) -> Audit:
        """Return what a recipient is asked, with whether what was carried over still holds."""
        return with_column(audit, sections_of(audit, self.carried.get(recipient.id)))

    def own(self, recipient: Recipient, audit: Audit) -> tuple[Own, tuple[Column, ...]]:
        """Return what is a recipient's own, and the columns that show it.

        Args:
            recipient: The recipient.
            audit: What :meth:`audit` gave.
        """
        own = self.source.own(recipient, audit) if self.source else NOTHING
        columns = self.source.columns if self.source and own.texts else ()
        carried = self.carried.get(recipient.id)
        if carried is None or not sections_of(audit, carried):
            return own, columns
        return added(own, carried, audit), (*columns, CARRIED_FROM)

    def known(self, recipient: Recipient, audit: Audit, own: Own) -> Known:
        """Return what reading a recipient's return has to know of what is its own."""
        shown = known.together(map(known.shown, own.all_texts()))
        said = self.source.said_before(recipient, audit) if self.source else b""
        carried = self.carried.get(recipient.id)
        return Known(shown, said, carried.known() if carried else {})


@dataclass(frozen=True)
class Press:
    """What makes the workbooks of one round: its stencils, and the layouts of those who are asked the same.

    ``known`` collects what reading has to know of what is each recipient's own.
    """

    round_: Round
    origins: Origins
    stencils: Stencils
    key: bytes
    known: dict[str, Known] = field(default_factory=dict)
    _layouts: dict[tuple[int, tuple[Column, ...]], Layout] = field(default_factory=dict)

    def workbook(self, recipient: Recipient, entry: Issued) -> bytes:
        """Return the workbook of an entry of the log, encrypted if the recipient has a password."""
        round_ = self.round_
        plain = round_.audit_for(recipient)
        audit = self.origins.audit(recipient, plain)
        own, columns = self.origins.own(recipient, audit)
        if own is not NOTHING:
            before = self.known.get(recipient.id, NOTHING_KNOWN)
            self.known[recipient.id] = before | self.origins.known(recipient, audit, own)
        identity = Identity(round_.settings.id, recipient.id, entry.edition, entry.issue, entry.layout)
        layout = self._layout(audit, columns) if audit is plain else layout_for(audit, columns)
        issue = Issue(round_.settings, audit, recipient, layout, identity.signed(self.key), own)
        return encrypted(self.stencils.workbook(issue), round_.open_password(recipient))

    def _layout(self, audit: Audit, columns: tuple[Column, ...]) -> Layout:
        key = (id(audit), columns)
        if key not in self._layouts:
            self._layouts[key] = layout_for(audit, columns)
        return self._layouts[key]


@contextlib.contextmanager
def pressing(round_: Round, origins: Origins) -> Iterator[Press]:
    """Give what makes a round's workbooks; at the end, however it comes, keep what reading has to know."""
    salt = hashlib.sha256(round_.settings.id.encode()).digest()[:16]
    before = known.read(round_)
    press = Press(round_, origins, Stencils(lock(round_.settings.password, salt)), round_.key(), dict(before))
    try:
        yield press
    finally:
        if press.known != before:
            known.write(round_, press.known)
