"""From an entry of the log to a workbook, with whatever is its recipient's own."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditkit.definition.model import Audit
from auditkit.encryption import encrypted
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import known
from auditkit.workbook.book import Issue
from auditkit.workbook.identity import Identity
from auditkit.workbook.known import NONE, Known
from auditkit.workbook.layout import Layout, layout_for
from auditkit.workbook.log import Issued
from auditkit.workbook.own import NOTHING, Own, Source
from auditkit.workbook.protection import lock
from auditkit.workbook.stencil import Stencils


@dataclass(frozen=True)
class Press:
    """What makes the workbooks of one round: its stencils, and the layouts of those who are asked the same.

    ``known`` collects what reading has to know of what is each recipient's own.
    """

    round_: Round
    source: Source | None
    stencils: Stencils
    key: bytes
    known: dict[str, Known] = field(default_factory=dict)
    _layouts: dict[tuple[int, bool], Layout] = field(default_factory=dict)

    def workbook(self, recipient: Recipient, entry: Issued) -> bytes:
        """Return the workbook of an entry of the log, encrypted if the recipient has a password."""
        round_, audit, own = self.round_, self.round_.audit_for(recipient), NOTHING
        if self.source is not None:
            own = self.source.own(recipient, audit)
            before = self.known.get(recipient.id, NONE)
            self.known[recipient.id] = before | self.source.known(recipient, audit, own)
        identity = Identity(round_.settings.id, recipient.id, entry.edition, entry.issue, entry.layout)
        signed = identity.signed(self.key)
        issue = Issue(round_.settings, audit, recipient, self._layout(audit, own), signed, own)
        return encrypted(self.stencils.workbook(issue), round_.open_password(recipient))

    def _layout(self, audit: Audit, own: Own) -> Layout:
        key = (id(audit), bool(own.texts))
        if key not in self._layouts:
            columns = self.source.columns if self.source is not None and own.texts else ()
            self._layouts[key] = layout_for(audit, columns)
        return self._layouts[key]


@contextlib.contextmanager
def pressing(round_: Round, source: Source | None) -> Iterator[Press]:
    """Give what makes a round's workbooks; at the end, however it comes, keep what reading has to know."""
    salt = hashlib.sha256(round_.settings.id.encode()).digest()[:16]
    stencils = Stencils(lock(round_.settings.password, salt))
    press = Press(round_, source, stencils, round_.key(), known.read(round_) if source else {})
    try:
        yield press
    finally:
        if source is not None:
            known.write(round_, press.known)
