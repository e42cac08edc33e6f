"""From an entry of the log to a workbook, with whatever is its recipient's own."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from auditkit.definition.model import Audit
from auditkit.encryption import encrypted
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook import known, pack_carried, pack_own
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.book import Issue
from auditkit.workbook.carried import Carried
from auditkit.workbook.identity import Identity
from auditkit.workbook.known import NOTHING_KNOWN, Known
from auditkit.workbook.layout import Layout
from auditkit.workbook.log import Issued
from auditkit.workbook.own import NOTHING, Own, Source
from auditkit.workbook.pack import PackAudit, layout_of
from auditkit.workbook.protection import lock
from auditkit.workbook.stencil import Stencils


@dataclass(frozen=True)
class Asked:
    """What a workbook asks, and where that stands in it if it shows nothing that is its recipient's own.

    ``carried`` is what was carried over into a ``pack``.
    """

    audit: Audit
    layout: Layout
    pack: PackAudit | None = None
    carried: Carried | None = None


@dataclass(frozen=True)
class Press:
    """What makes the workbooks of one round: its stencils, and the layouts of those who are asked the same.

    ``known`` collects what reading has to know of what is each recipient's own.
    """

    round_: Round
    source: Source
    stencils: Stencils
    key: bytes
    known: dict[str, Known] = field(default_factory=dict)
    _layouts: dict[int, Layout] = field(default_factory=dict)

    def workbook(self, recipient: Recipient, entry: Issued, asked: Asked) -> bytes:
        """Return the workbook of an entry of the log, encrypted if the recipient has a password."""
        round_ = self.round_
        if asked.pack is None:
            own = self._own(recipient, asked.audit)
            layout = self._layout(asked, own)
        else:
            owns = {m.id: self._own(self._by_id[m.id], m.audit) for m in asked.pack.members}
            texts = self.source.columns if any(one.texts for one in owns.values()) else ()
            columns = (*texts, *pack_carried.columns(asked.pack))
            layout = layout_of(asked.pack, columns) if columns else asked.layout
            own = pack_own.together(owns, layout_of(asked.pack, texts))
            own = pack_carried.together(own, asked.carried, asked.pack, layout)
            first = asked.pack.members[0]
            self._know(self._by_id[first.id], first.audit, own)
        identity = Identity(round_.settings.id, recipient.id, entry.edition, entry.issue, entry.layout)
        signed = identity.signed(self.key)
        issue = Issue(round_.settings, asked.audit, recipient, layout, signed, own, asked.pack)
        return encrypted(self.stencils.workbook(issue), round_.open_password(recipient))

    def _own(self, recipient: Recipient, audit: Audit) -> Own:
        """Return what is a recipient's own; what reading has to know of it is collected."""
        own = self.source.own(recipient, audit)
        self._know(recipient, audit, own)
        return own

    def _know(self, recipient: Recipient, audit: Audit, own: Own) -> None:
        """Collect what reading has to know of a workbook that shows something as somebody's own."""
        if own is not NOTHING:
            before = self.known.get(recipient.id, NOTHING_KNOWN)
            self.known[recipient.id] = before | self.source.known(recipient, audit, own)

    @cached_property
    def _by_id(self) -> dict[str, Recipient]:
        return {recipient.id: recipient for recipient in self.round_.recipients}

    def _layout(self, asked: Asked, own: Own) -> Layout:
        if not own.texts:
            return asked.layout
        key = id(asked.audit)
        if key not in self._layouts:
            self._layouts[key] = layout_for(asked.audit, own.columns)
        return self._layouts[key]


@contextlib.contextmanager
def pressing(round_: Round, source: Source) -> Iterator[Press]:
    """Give what makes a round's workbooks; at the end, however it comes, keep what reading has to know."""
    salt = hashlib.sha256(round_.settings.id.encode()).digest()[:16]
    before = known.read(round_)
    press = Press(round_, source, Stencils(lock(round_.settings.password, salt)), round_.key(), dict(before))
    try:
        yield press
    finally:
        if press.known != before:
            known.write(round_, press.known)
