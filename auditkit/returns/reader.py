"""One workbook, read by what its recipient was asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from auditkit.definition.model import Audit
from auditkit.fields.plain import as_text
from auditkit.returns import gist, intake, versions
from auditkit.returns.basis import Basis, WorkbookKey
from auditkit.returns.content import Circumstances
from auditkit.returns.content.across import digests
from auditkit.returns.count import answer_cells, count, differences
from auditkit.returns.extract import Extracted, extract
from auditkit.returns.findings import severity
from auditkit.returns.identify import Identified, accepted_as, another, identify, proposed, version
from auditkit.returns.model import Answer, Count, Finding, Return
from auditkit.returns.propose import Proposal, propose, propose_another
from auditkit.returns.sheets import Mark, Workbook, marks
from auditkit.returns.validate import once_accepted, validate
from auditkit.returns.words import words_for
from auditkit.workbook.identity import Identity
from auditkit.workbook.known import each
from auditkit.workbook.layout import CARRIED_ROLE, COVER, Layout, layout_for

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
    basis, incoming = reader.basis, leaf.incoming
    workbook = intake.read(leaf.look, basis.limits)
    file, decision = incoming.file, basis.decisions.get(incoming.sha256)
    found = marks(workbook.sheets)
    recipients = reader.asked.keys()
    identified = identify(
        *(file, workbook.sheets, found),
        round_id=basis.round_id,
        key=basis.key,
        recipients=recipients,
        successors=basis.successors,
    )
    if decision is not None and decision.kind == "accept":
        identified = accepted_as(file, identified, decision, recipients, basis.successors)
    answered = _answered(file, workbook, found, identified, reader)
    said = _said(incoming, identified, answered, reader)
    return Return(
        file,
        "",
        "held" if any(severity(f) == "held" for f in said) else "accepted",
        identified.recipient_id,
        identified.identity,
        workbook.saved,
        answered.answers,
        (*said, *_contained(file, workbook)),
        answered.extracted.notes,
        answered.counted,
        incoming.received,
        digests(answered.answers, words_for(answered.asked.audit.checks)),
        gist.digest(gist.gist_of(file, answered.answers)),
    )


@dataclass(frozen=True)
class _Answered:
    """What a workbook answers to what is ``asked`` now; it asked its ``own`` questions."""

    own: Asked
    asked: Asked
    extracted: Extracted
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]
    counted: Count


def _answered(
    file: str, workbook: Workbook, found: tuple[Mark, ...], identified: Identified, reader: Reader
) -> _Answered:
    asked = reader.asked.get(identified.recipient_id, reader.whole)
    own = reader.as_issued(identified.identity) or asked
    counted = answer_cells(found, own.layout)
    known = reader.basis.known.get(identified.recipient_id)
    shown = frozenset(each(known.shown)) if known is not None and known.shown else None
    extracted = extract(file, found, own.layout, workbook.sheets, shown)
    cells = [(answer.sheet, answer.cell) for answer in extracted.answers]
    copies = [place for answer in extracted.answers for place in answer.also]
    unread = differences(file, counted, cells + copies)
    sent = reader.basis.sent.get(identified.recipient_id)
    asks = any(f.role == CARRIED_ROLE for s in own.audit.sections for f in own.audit.responses_of(s))
    untouched = known.carried if known is not None and asks else {}
    circumstances = replace(_circumstances(workbook, sent), carried=untouched)
    answers, findings = validate(file, extracted, own.audit, circumstances)
    if own.audit != asked.audit:
        answers, carried = versions.carry_over(file, answers, own.audit, asked.audit)
        findings = (*carried, *findings)
    count_ = count(cells) if unread else count(counted) - count(copies)
    return _Answered(own, asked, extracted, answers, (*unread, *findings), count_)


def _said(
    incoming: intake.Incoming, identified: Identified, answered: _Answered, reader: Reader
) -> tuple[Finding, ...]:
    """Return what is the matter with a workbook."""
    file, said, findings = incoming.file, identified.findings, answered.findings
    decision = reader.basis.decisions.get(incoming.sha256)
    # A blank return is held too, or one not read whole, unless the officer has decided that it counts.
    if decision is not None and decision.kind == "accept":
        findings = once_accepted(findings)
    if not identified.accepted:
        return proposed(said, _proposal(incoming, identified, answered.answers, reader))
    blocking = tuple(f for f in findings if severity(f) == "held")
    if blocking:
        # While a return is held, its own faults would only hide the one decision that it waits for.
        return (*said, *blocking)
    # Once the officer has said whose it is, there is nothing to ask.
    if decision is None:
        whose = identified.recipient_id
        other = propose_another(reader.basis.recipients, whose, file=file, sender=incoming.sender)
        said = (*said, *another(file, whose, other))
    version = _version(file, identified.identity, answered.own, answered.asked)
    return (*said, *version, *answered.extracted.findings, *findings)


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
