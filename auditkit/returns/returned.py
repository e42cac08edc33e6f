"""The return of one recipient, made of what stands in a workbook: its answers, and what is the matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from auditkit.definition.model import Audit, field_with_role
from auditkit.fields.plain import as_text
from auditkit.returns import gist, intake, progress, versions
from auditkit.returns.completion import is_nil
from auditkit.returns.content import Circumstances
from auditkit.returns.content.across import digests
from auditkit.returns.count import Place, count, differences
from auditkit.returns.extract import Extracted
from auditkit.returns.findings import severity
from auditkit.returns.identify import Identified, another, proposed
from auditkit.returns.model import Answer, Finding, Outcome, Return
from auditkit.returns.propose import Proposal, propose, propose_another
from auditkit.returns.sheets import Mark, Workbook
from auditkit.returns.validate import once_accepted, validate
from auditkit.returns.words import words_for
from auditkit.workbook.layout import COVER, PROGRESS

if TYPE_CHECKING:
    from auditkit.decisions import Decision
    from auditkit.register import Recipient
    from auditkit.returns.basis import Basis

# What a file contains besides cells, and the finding that says so.
CONTAINED = {"macros": "has-macros", "controls": "has-controls", "links": "has-links", "dde": "has-dde"}
# What a check of the answers looks at, in words.
EMBEDDED = {"pictures": "a picture", "embedded": "a file"}


@dataclass(frozen=True)
class Opened:
    """A workbook that came back, opened: what is in it, whose it is, and what the officer decided."""

    incoming: intake.Incoming
    workbook: Workbook
    marks: tuple[Mark, ...]
    identified: Identified
    decision: Decision | None


@dataclass(frozen=True)
class Taken:
    """What was taken from a workbook as the return of one recipient.

    Attributes:
        file: The return, as findings name it.
        recipient_id: Whose it is.
        own: What its workbook asked.
        asked: What the recipient is asked now.
        extracted: Its answers.
        counted: Its filled answer cells, counted apart from reading them.
        version: What to know about a workbook that asked something else than is asked now.
        shared: Questions that somebody else answered for this recipient too.
        pack: The name of the pack that it is a part of.
        carried: Digests of the answers that were carried over to a question (``Known.carried``), if the
            workbook asks whether they still hold.
    """

    file: str
    recipient_id: str
    own: Audit
    asked: Audit
    extracted: Extracted
    counted: list[Place]
    version: tuple[Finding, ...] = ()
    shared: frozenset[str] = frozenset()
    pack: str = ""
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_progress(self) -> bool:
        """Whether its workbook asks for progress, and not for the audit."""
        return any(section.id.startswith(PROGRESS) for section in self.own.sections)

    @property
    def outcome(self) -> Outcome:
        """What becomes of it if nothing stands against it."""
        return "progress" if self.is_progress else "accepted"


def returned(opened: Opened, taken: Taken, basis: Basis, candidates: Sequence[Recipient]) -> Return:
    """Make a return.

    Args:
        opened: The workbook.
        taken: What in it is the recipient's.
        basis: What returns are read by.
        candidates: Whose workbook it could be instead.

    Returns:
        The return, with its outcome as far as this file alone decides it.
    """
    file, extracted = taken.file, taken.extracted
    cells = [(answer.sheet, answer.cell) for answer in extracted.answers]
    copies = [place for answer in extracted.answers for place in answer.also]
    unread = differences(file, taken.counted, cells + copies)
    known = _circumstances(opened.workbook, basis.sent.get(taken.recipient_id))
    known = replace(known, carried=taken.carried)
    answers, findings = validate(file, extracted, taken.own, known)
    if taken.own != taken.asked:
        answers, carried = versions.carry_over(file, answers, taken.own, taken.asked)
        findings = (*carried, *findings)
    if taken.is_progress:
        answers, findings = progress.as_progress(answers, findings)
    said = _said(opened, taken, answers, (*unread, *findings), basis, candidates)
    theirs = tuple(a for a in answers if a.row_key not in taken.shared) if taken.shared else answers
    return Return(
        file,
        "",
        "held" if any(severity(f) == "held" for f in said) else taken.outcome,
        taken.recipient_id,
        opened.identified.identity,
        opened.workbook.saved,
        answers,
        (*said, *contained(file, opened.workbook)),
        extracted.notes,
        count(cells) if unread else count(taken.counted) - count(copies),
        opened.incoming.received,
        digests(theirs, words_for(taken.asked.checks)),
        gist.digest(gist.gist_of(file, answers)),
        taken.pack,
        bool(taken.pack) and _is_shared(taken, answers),
    )


def _is_shared(taken: Taken, answers: Iterable[Answer]) -> bool:
    """Tell whether nothing is answered for this recipient alone; a nil return of its own is an answer."""
    nil = field_with_role(taken.own.cover, "nil_return")
    if nil is not None and nil.each and is_nil(taken.own, answers):
        return False
    return all(a.block == COVER or a.row_key in taken.shared for a in answers)


def contained(file: str, workbook: Workbook) -> tuple[Finding, ...]:
    """Return findings on what a file contains besides cells."""
    return tuple(
        Finding(CONTAINED[one.kind], file, data=(("count", str(one.count)),))
        for one in workbook.contained
        if one.kind in CONTAINED
    )


def proposal_for(
    opened: Opened, answers: Iterable[Answer], basis: Basis, candidates: Sequence[Recipient]
) -> Proposal | None:
    """Return whose a held return plainly is; one of another round, or of two recipients, is nobody's."""
    identified = opened.identified
    identity, named = identified.identity, identified.recipient_id
    if identity is not None and identity.round_id != basis.round_id:
        return None
    if not named and any(finding.code == "identity-conflict" for finding in identified.findings):
        return None
    texts = [as_text(answer.typed) for answer in answers if answer.block == COVER]
    incoming = opened.incoming
    return propose(candidates, file=incoming.file, named=named, texts=texts, sender=incoming.sender)


def _said(
    opened: Opened,
    taken: Taken,
    answers: Iterable[Answer],
    findings: tuple[Finding, ...],
    basis: Basis,
    candidates: Sequence[Recipient],
) -> tuple[Finding, ...]:
    """Return what is the matter with a return."""
    said = opened.identified.findings
    # A blank return is held too, or one not read whole, unless the officer has decided that it counts.
    if opened.decision is not None and opened.decision.kind == "accept":
        findings = once_accepted(findings)
    if not opened.identified.accepted:
        return proposed(said, proposal_for(opened, answers, basis, candidates))
    blocking = tuple(f for f in findings if severity(f) == "held")
    if blocking:
        # While a return is held, its own faults would only hide the one decision that it waits for.
        return (*said, *blocking)
    # Once the officer has said whose it is, there is nothing to ask.
    if opened.decision is None:
        whose, incoming = opened.identified.recipient_id, opened.incoming
        other = propose_another(
            candidates, basis.by_id.get(whose), file=incoming.file, sender=incoming.sender
        )
        said = (*said, *another(taken.file, whose, other))
    return (*said, *taken.version, *taken.extracted.findings, *findings)


def _circumstances(workbook: Workbook, issued: dt.date | None) -> Circumstances:
    embedded = tuple(
        EMBEDDED[c.kind] for c in workbook.contained if c.kind in EMBEDDED for _ in range(c.count)
    )
    return Circumstances(issued=issued, embedded=embedded, epoch_1904=workbook.epoch_1904)
