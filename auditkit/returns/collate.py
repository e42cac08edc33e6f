"""Every file of the returns folder, read: the whole return path in one call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.definition.model import Audit
from auditkit.fields.plain import as_text
from auditkit.returns import cache, files, gist, intake, reading, versions
from auditkit.returns.content import Circumstances
from auditkit.returns.content.across import across, digests
from auditkit.returns.count import answer_cells, count, differences
from auditkit.returns.extract import extract
from auditkit.returns.findings import holding, severity
from auditkit.returns.guard.limits import Limits
from auditkit.returns.identify import Identified, accepted_as, another, excluded, identify, proposed, version
from auditkit.returns.model import Answer, Finding, Return
from auditkit.returns.pool import cores
from auditkit.returns.propose import Proposal, propose, propose_another
from auditkit.returns.serve import Work
from auditkit.returns.sheets import Workbook, marks
from auditkit.returns.supersede import supersede
from auditkit.returns.validate import once_accepted, validate
from auditkit.returns.words import words_for
from auditkit.workbook.identity import Identity
from auditkit.workbook.layout import COVER, Layout, layout_for

if TYPE_CHECKING:
    from auditkit.decisions import Decision
    from auditkit.register import Recipient
    from auditkit.round import Policy

DEFAULT = Limits()
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
class Days:
    """The days that answers are held against: the day the master speaks to, and when workbooks went out.

    ``issued`` is by recipient id. Without them, what depends on them isn't checked.
    """

    as_at: dt.date | None = None
    issued: Mapping[str, dt.date] = field(default_factory=dict)


NO_DAYS = Days()


@dataclass(frozen=True)
class Reader:
    """What reading any file of a round needs: ``asked`` by recipient id, ``whole`` if nobody is known.

    ``issued`` is what workbooks of the round asked, by recipient id, issue number and digest of their layout;
    ``decisions`` what the officer decided, by the SHA-256 of a file; ``sent`` when each recipient's first
    workbook went out.
    """

    round_id: str
    key: bytes
    asked: dict[str, Asked]
    whole: Asked
    recipients: tuple[Recipient, ...] = ()
    issued: Mapping[tuple[str, int, str], Asked] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    sent: Mapping[str, dt.date] = field(default_factory=dict)
    limits: Limits = DEFAULT

    def as_issued(self, identity: Identity | None) -> Asked | None:
        """Return what a workbook asked, None if that isn't known."""
        if identity is None:
            return None
        return self.issued.get((identity.recipient_id, identity.issue, identity.layout))


def read_returns(
    folder: Path | intake.Address,
    audit: Audit,
    recipients: Iterable[Recipient],
    round_id: str,
    key: bytes,
    on_file: files.OnFile | None = None,
    *,
    issued: Mapping[tuple[str, int, str], Audit] | None = None,
    decisions: Mapping[str, Decision] | None = None,
    policy: Policy = "latest",
    days: Days = NO_DAYS,
    limits: Limits = DEFAULT,
    passwords: Sequence[str] = (),
    jobs: int | None = None,
    isolated: bool = True,
    cached: Path | None = None,
    elsewhere: files.Elsewhere | None = None,
) -> tuple[Return, ...]:
    """Read every file of the returns folder.

    Args:
        folder: The returns folder, or its address in a store; nothing in it is changed.
        audit: The definition, not narrowed to anyone.
        recipients: The register.
        round_id: The round, as its workbooks name it.
        key: The round's signing key.
        on_file: Called after each file.
        issued: What workbooks of the round asked, by recipient id, issue number and digest of their layout.
        decisions: What the officer decided about files, by their SHA-256.
        policy: Which of several returns of one recipient counts.
        days: What dates in answers are held against.
        limits: How large, deep and slow a file may be.
        passwords: What to try on files that are locked with a password, besides the recipients' own.
        jobs: How many processes read files at most; by default as many as there are processor cores.
        isolated: Whether files are parsed in processes of their own, so that one which crashes its parser
            costs only its own outcome. Turn it off only to debug.
        cached: Where what was read is kept and, as long as it holds, used again; by default it isn't, and
            never for a store: to know a file again, all of it would have to be fetched.
        elsewhere: What reads files instead of processes of this computer (see :mod:`auditkit.cluster`).

    Returns:
        One return for each file, and for each file in an archive or message, sorted by file, every one with
        its outcome. What is the matter with a file stands in its findings: no file ever stops the run.

    Raises:
        AuditkitError: If the folder isn't there or can't be listed, or no process can be started.
    """
    found = intake.find(folder)
    recipients = tuple(recipients)
    reader = partial(reader_for, audit, recipients, round_id, key, issued, decisions, days.issued, limits)
    own = {r.id: r.open_password for r in recipients if r.open_password}
    begin = partial(_begin, reader, limits, intake.Passwords(tuple(passwords), own))
    workers = jobs or cores()
    read_all = partial(
        files.read_all,
        *(found, begin, limits),
        jobs=workers,
        isolated=isolated,
        on_file=on_file,
        elsewhere=elsewhere,
    )
    if cached is None or isinstance(folder, intake.Address):
        read = read_all()
    else:
        rests = cache.rests(
            *(audit, recipients, round_id, key, issued or {}, days.issued, decisions or {}, limits, passwords)
        )
        read = read_all(through=partial(cache.through, cached, rests))
    returns = (replace(one, findings=holding(one.findings, days.as_at)) for one in read)
    audits = {r.id: audit.for_recipient(r.row()) for r in recipients}
    decided = supersede(excluded(tuple(returns), decisions or {}), policy, audits)
    known = {r.id: r for r in recipients}
    said = across(decided, lambda i: known[i].group, audit.checks, lambda i: known[i].name)
    return tuple(
        replace(one, findings=(*one.findings, *said[one.file])) if one.file in said else one
        for one in decided
    )


def _begin(
    reader: Callable[[], Reader], limits: Limits, passwords: intake.Passwords
) -> Work[reading.Task, reading.Begun | Return]:
    """Return what reads one file of the folder; called in the process that does."""
    return partial(
        reading.read_file, read=partial(_read, reader=reader()), limits=limits, passwords=passwords
    )


def reader_for(
    audit: Audit,
    recipients: Iterable[Recipient],
    round_id: str,
    key: bytes,
    issued: Mapping[tuple[str, int, str], Audit] | None = None,
    decisions: Mapping[str, Decision] | None = None,
    sent: Mapping[str, dt.date] | None = None,
    limits: Limits = DEFAULT,
) -> Reader:
    """Return what reading any file of a round needs; recipients who are asked the same share a layout."""
    recipients = tuple(recipients)
    distinct: dict[int, Asked] = {}
    layouts: dict[tuple[tuple[str, ...], ...], Layout] = {}
    asked = {}
    for recipient in recipients:
        narrowed = audit.for_recipient(recipient.row())
        if id(narrowed) not in distinct:
            questions = tuple((s.id, *(q.id for q in s.questions)) for s in narrowed.sections)
            if questions not in layouts:
                layouts[questions] = layout_for(narrowed)
            distinct[id(narrowed)] = Asked(narrowed, layouts[questions])
        asked[recipient.id] = distinct[id(narrowed)]
    issued = issued or {}
    then = {id(own): own for own in issued.values()}
    editions = {key: Asked(own, layout_for(own)) for key, own in then.items()}
    return Reader(
        round_id,
        key,
        asked,
        Asked(audit, layout_for(audit)),
        recipients,
        {key: editions[id(own)] for key, own in issued.items()},
        decisions or {},
        sent or {},
        limits,
    )


def _read(leaf: intake.Leaf, reader: Reader) -> Return:
    assert leaf.look is not None
    incoming, workbook = leaf.incoming, intake.read(leaf.look, reader.limits)
    file, decision = incoming.file, reader.decisions.get(incoming.sha256)
    found = marks(workbook.sheets)
    identified = identify(
        file,
        workbook.sheets,
        found,
        round_id=reader.round_id,
        key=reader.key,
        recipients=reader.asked.keys(),
    )
    if decision is not None and decision.kind == "accept":
        identified = accepted_as(file, identified, decision, reader.asked.keys())
    identity = identified.identity
    asked = reader.asked.get(identified.recipient_id, reader.whole)
    own = reader.as_issued(identity) or asked
    counted = answer_cells(found, own.layout)
    extracted = extract(file, found, own.layout, workbook.sheets)
    read = [(answer.sheet, answer.cell) for answer in extracted.answers]
    copies = [place for answer in extracted.answers for place in answer.also]
    unread = differences(file, counted, read + copies)
    known = _circumstances(workbook, reader.sent.get(identified.recipient_id))
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
            other = propose_another(reader.recipients, whose, file=file, sender=incoming.sender)
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
        count(read) if unread else count(counted) - count(copies),
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
    if identity is not None and identity.round_id != reader.round_id:
        return None
    if not named and any(finding.code == "identity-conflict" for finding in identified.findings):
        return None
    texts = [as_text(answer.typed) for answer in answers if answer.block == COVER]
    return propose(reader.recipients, file=incoming.file, named=named, texts=texts, sender=incoming.sender)
