"""One workbook, read by what its recipient was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditkit.definition.model import Audit
from auditkit.fields.plain import as_text
from auditkit.returns import gist, intake, versions
from auditkit.returns.basis import Basis, WorkbookKey
from auditkit.returns.content import Circumstances
from auditkit.returns.content.across import digests
from auditkit.returns.count import answer_cells, count, differences
from auditkit.returns.extract import extract
from auditkit.returns.findings import severity
from auditkit.returns.identify import Identified, accepted_as, another, identify, proposed, version
from auditkit.returns.model import Answer, Finding, Return
from auditkit.returns.propose import Proposal, propose, propose_another
from auditkit.returns.sheets import Workbook, marks
from auditkit.returns.validate import once_accepted, validate
from auditkit.returns.words import words_for
from auditkit.workbook.identity import Identity
from auditkit.workbook.layout import COVER, Layout, layout_for

# What a file contains besides cells, and the finding that says so.
CONTAINED = {"macros": "has-macros", "controls": "has-controls", "links": "has-links", "dde": "has-dde"}
# What a check of the answers looks at, in words.
EMBEDDED = {"pictures": "a picture", "embedded": "a file"}


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


def read(leaf: intake.Leaf, reader: Reader) -> Return:
    """Read a workbook.

    Args:
        leaf: The file, looked at and found to be one.
        reader: What it is read by.

    Returns:
        The return, with its outcome as far as this file alone decides it.

    Raises:
        UnreadableError: It can't be read; the error says why.
    """
    assert leaf.look is not None
    basis = reader.basis
    incoming, workbook = leaf.incoming, intake.read(leaf.look, basis.limits)
    file, decision = incoming.file, basis.decisions.get(incoming.sha256)
    found = marks(workbook.sheets)
    identified = identify(
        file,
        workbook.sheets,
        found,
        round_id=basis.round_id,
        key=basis.key,
        recipients=reader.asked.keys(),
    )
    if decision is not None and decision.kind == "accept":
        identified = accepted_as(file, identified, decision, reader.asked.keys())
    identity = identified.identity
    asked = reader.asked.get(identified.recipient_id, reader.whole)
    own = reader.as_issued(identity) or asked
    counted = answer_cells(found, own.layout)
    extracted = extract(file, found, own.layout, workbook.sheets)
    cells = [(answer.sheet, answer.cell) for answer in extracted.answers]
    copies = [place for answer in extracted.answers for place in answer.also]
    unread = differences(file, counted, cells + copies)
    known = _circumstances(workbook, basis.sent.get(identified.recipient_id))
    answers, findings = validate(file, extracted, own.audit, known)
    if own.audit != asked.audit:
        answers, carried = versions.carry_over(file, answers, own.audit, asked.audit)
        findings = (*carried, *findings)
    findings = (*unread, *findings)
    said = identified.findings
    # A blank return is held too, or one not read whole, unless the officer has decided that it counts.
    if decision is not None and decision.kind == "accept":
        findings = once_accepted(findings)
    blocking = tuple(f for f in findings if severity(f) == "held")
    # While a return is held, its own faults would only hide the one decision that it waits for.
    if identified.accepted and not blocking:
        # Once the officer has said whose it is, there is nothing to ask.
        if decision is None:
            whose = identified.recipient_id
            other = propose_another(basis.recipients, whose, file=file, sender=incoming.sender)
            said = (*said, *another(file, whose, other))
        said = (*said, *_version(file, identity, own, asked), *extracted.findings, *findings)
    elif identified.accepted:
        said = (*said, *blocking)
    else:
        said = proposed(said, _proposal(incoming, identified, answers, reader))
    return Return(
        file,
        "",
        "held" if any(severity(f) == "held" for f in said) else "accepted",
        identified.recipient_id,
        identity,
        workbook.saved,
        answers,
        (*said, *_contained(file, workbook)),
        extracted.notes,
        count(cells) if unread else count(counted) - count(copies),
        incoming.received,
        digests(answers, words_for(asked.audit.checks)),
        gist.digest(gist.gist_of(file, answers)),
    )


def _circumstances(workbook: Workbook, issued: dt.date | None) -> Circumstances:
    embedded = tuple(
        EMBEDDED[c.kind] for c in workbook.contained if c.kind in EMBEDDED for _ in range(c.count)
    )
    return Circumstances(issued=issued, embedded=embedded, epoch_1904=workbook.epoch_1904)


def _contained(file: str, workbook: Workbook) -> tuple[Finding, ...]:
    return tuple(
        Finding(CONTAINED[one.kind], file, data=(("count", str(one.count)),))
        for one in workbook.contained
        if one.kind in CONTAINED
    )


def _version(file: str, identity: Identity | None, own: Asked, asked: Asked) -> tuple[Finding, ...]:
    """Return what to know about a workbook that asked something else than is asked now."""
    if identity is None:
        return ()
    if own is asked:
        return version(file, identity, asked.audit.edition, asked.layout.digest)
    return versions.lacking(file, identity, own.audit, asked.audit)


def _proposal(
    incoming: intake.Incoming, identified: Identified, answers: Iterable[Answer], reader: Reader
) -> Proposal | None:
    """Return whose a held return plainly is; one of another round, or of two recipients, is nobody's."""
    identity, named = identified.identity, identified.recipient_id
    if identity is not None and identity.round_id != reader.basis.round_id:
        return None
    if not named and any(finding.code == "identity-conflict" for finding in identified.findings):
        return None
    texts = [as_text(answer.typed) for answer in answers if answer.block == COVER]
    return propose(
        reader.basis.recipients, file=incoming.file, named=named, texts=texts, sender=incoming.sender
    )
