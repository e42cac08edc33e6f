"""One workbook, read by what its recipient was asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from auditkit.definition.model import Audit
from auditkit.returns import intake, packs, versions
from auditkit.returns.basis import Basis, WorkbookKey
from auditkit.returns.count import answer_cells
from auditkit.returns.decided import accepted_as
from auditkit.returns.extract import extract
from auditkit.returns.identify import Identified, identify, version
from auditkit.returns.model import Finding, Parts, Return
from auditkit.returns.returned import Opened, Taken, returned
from auditkit.returns.sheets import Mark, marks
from auditkit.workbook import progress
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.carried import CARRIED_ID, with_column
from auditkit.workbook.identity import Identity
from auditkit.workbook.known import NOTHING_KNOWN, Known, each
from auditkit.workbook.layout import CARRIED_ROLE, PROGRESS, Layout
from auditkit.workbook.pack import PackAudit
from auditkit.workbook.pack_carried import confirming


@dataclass(frozen=True)
class Asked:
    """What one recipient is asked, and the layout of the workbook that asks it."""

    audit: Audit
    layout: Layout


@dataclass(frozen=True)
class Reader:
    """What reading any workbook of a round needs.

    ``asked`` is by recipient id, ``whole`` what holds if nobody is known; ``issued`` is what workbooks of the
    round asked.
    """

    basis: Basis
    asked: Mapping[str, Asked]
    whole: Asked
    issued: Mapping[WorkbookKey, Asked]

    def as_issued(self, identity: Identity | None) -> Asked | None:
        """Return what a workbook asked, None if that isn't known."""
        if identity is None:
            return None
        return self.issued.get((identity.recipient_id, identity.issue, identity.layout))

    @cached_property
    def packs(self) -> Mapping[str, PackAudit]:
        """What packs ask, by the id of whom they are for: now, or if there is none any more, when issued."""
        return {**{key[0]: pack for key, pack in self.basis.issued_packs.items()}, **self.basis.packs}

    @cached_property
    def known(self) -> Collection[str]:
        """The ids of everybody for whom there is a workbook."""
        return self.asked.keys() | self.packs.keys()

    def pack(self, identified: Identified, found: tuple[Mark, ...]) -> tuple[PackAudit | None, bool]:
        """Return what a workbook asked if it is a pack, and whether just this one did so; None if it is none.

        Args:
            identified: Whose it is.
            found: The marks in it.
        """
        identity = identified.identity
        if identity is not None:
            key = (identity.recipient_id, identity.issue, identity.layout)
            if (issued := self.basis.issued_packs.get(key)) is not None:
                return issued, True
        named = [identified.recipient_id, *([identity.recipient_id] if identity else [])]
        pack = next((self.packs[name] for name in named if name in self.packs), None)
        if pack is None and not identified.accepted and any(map(packs.is_of_one, found)):
            # It isn't certain whose it is, but plainly it is several recipients'.
            return PackAudit(self.basis.audit, ()), False
        return pack, False


def reader_for(basis: Basis) -> Reader:
    """Return what reading any workbook of a round needs; recipients who are asked the same share a layout."""
    distinct: dict[int, Asked] = {}
    layouts: dict[tuple[tuple[str, ...], ...], Layout] = {}
    asked = {}
    for recipient in basis.recipients:
        narrowed = basis.audit.for_recipient(recipient.row())
        if id(narrowed) not in distinct:
            questions = tuple((s.id, *(q.id for q in s.questions)) for s in narrowed.sections)
            if questions not in layouts:
                layouts[questions] = layout_for(narrowed)
            distinct[id(narrowed)] = Asked(narrowed, layouts[questions])
        asked[recipient.id] = distinct[id(narrowed)]
    then = {id(own): own for own in basis.issued.values()}
    editions = {key: Asked(own, layout_for(own)) for key, own in then.items()}
    issued = {key: editions[id(own)] for key, own in basis.issued.items()}
    return Reader(basis, asked, Asked(basis.audit, layout_for(basis.audit)), issued)


def read(leaf: intake.Leaf, reader: Reader) -> Return | Parts:
    """Read a workbook.

    Args:
        leaf: The file, looked at and found to be one.
        reader: What it is read by.

    Returns:
        The return, with its outcome as far as this file alone decides it; of a pack, those of its members.

    Raises:
        UnreadableError: It can't be read; the error says why.
    """
    assert leaf.look is not None
    basis, incoming = reader.basis, leaf.incoming
    workbook = intake.read(leaf.look, basis.limits)
    decision = basis.decisions.get(incoming.sha256)
    found = marks(workbook.sheets)
    identified = identify(
        *(incoming.file, workbook.sheets, found),
        round_id=basis.round_id,
        key=basis.key,
        recipients=reader.known,
        successors=basis.successors,
    )
    if decision is not None and decision.kind == "accept":
        identified = accepted_as(incoming.file, identified, decision, reader.known, basis.successors)
    opened = Opened(incoming, workbook, found, identified, decision)
    pack, issued = reader.pack(identified, found)
    if pack is not None:
        if not issued and _shows_carried(opened):
            pack = _confirming(pack, packs.carried_into(opened, basis))
        asked = {key: one.audit for key, one in reader.asked.items()}
        return packs.read(opened, pack, asked, basis, issued=issued)
    return returned(opened, _taken(opened, reader), basis, basis.recipients)


def _taken(opened: Opened, reader: Reader) -> Taken:
    """Return what is taken from the workbook of one recipient."""
    identified, file = opened.identified, opened.incoming.file
    asked = reader.asked.get(identified.recipient_id, reader.whole)
    issued = reader.as_issued(identified.identity)
    known = reader.basis.known.get(identified.recipient_id, NOTHING_KNOWN)
    own = issued or _guessed(asked, known, opened)
    asks = any(f.role == CARRIED_ROLE for s in own.audit.sections for f in own.audit.responses_of(s))
    return Taken(
        file,
        identified.recipient_id,
        own.audit,
        asked.audit,
        extract(
            *(file, opened.marks, own.layout, opened.workbook.sheets),
            frozenset(each(known.shown)) or None,
        ),
        answer_cells(opened.marks, own.layout),
        () if own.layout.is_progress else _version(file, identified.identity, issued or asked, asked),
        carried=known.carried if asks else {},
    )


def _guessed(asked: Asked, known: Known, opened: Opened) -> Asked:
    """Return what is asked now, for the audit or for progress, if it isn't known what a workbook asked."""
    if any(mark.name.startswith(PROGRESS) for mark in opened.marks):
        form = progress.form(asked.audit)
        return Asked(form, layout_for(form))
    return _with_carried(asked, known) if _shows_carried(opened) else asked


def _shows_carried(opened: Opened) -> bool:
    """Tell whether a workbook asks if what was carried over still holds, by the keys of its columns."""
    return any(CARRIED_ID in mark.sheet.rows[mark.row] for mark in opened.marks)


def _with_carried(asked: Asked, known: Known) -> Asked:
    """Return what is asked with that column, where the record of what a workbook asked is gone."""
    sections = [s.id for s in asked.audit.sections if any(q.id in known.carried for q in s.questions)]
    audit = with_column(asked.audit, sections)
    return Asked(audit, layout_for(audit)) if sections else asked


def _confirming(pack: PackAudit, carried: Collection[str]) -> PackAudit:
    """Return a pack with that column, where the record of what it asked is gone."""
    sections = [s.id for s in pack.audit.sections if any(q.id in carried for q in s.questions)]
    return confirming(pack, sections)


def _version(file: str, identity: Identity | None, own: Asked, asked: Asked) -> tuple[Finding, ...]:
    """Return what to know about a workbook that asked something else than is asked now."""
    if identity is None:
        return ()
    if own is asked:
        return version(file, identity, asked.audit.edition, asked.layout.digest)
    return versions.lacking(file, identity, own.audit, asked.audit)
