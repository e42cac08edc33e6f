"""Every file of the returns folder, read: the whole return path in one call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditkit.definition.model import Audit
from auditkit.returns import intake
from auditkit.returns.extract import extract
from auditkit.returns.identify import identify, version
from auditkit.returns.model import Finding, Return
from auditkit.returns.sheets import marks
from auditkit.returns.supersede import supersede
from auditkit.returns.validate import validate
from auditkit.workbook.layout import Layout, layout_for

if TYPE_CHECKING:
    from auditkit.register import Recipient


@dataclass(frozen=True)
class Asked:
    """What one recipient is asked, and the layout of the workbook that asks it."""

    audit: Audit
    layout: Layout


@dataclass(frozen=True)
class Reader:
    """What reading any file of a round needs: ``asked`` by recipient id, ``whole`` if nobody is known."""

    round_id: str
    key: bytes
    asked: dict[str, Asked]
    whole: Asked


def read_returns(
    folder: Path,
    audit: Audit,
    recipients: Iterable[Recipient],
    round_id: str,
    key: bytes,
    on_file: Callable[[int, int], None] | None = None,
) -> tuple[Return, ...]:
    """Read every file of the returns folder.

    Args:
        folder: The returns folder; nothing in it is changed.
        audit: The definition, not narrowed to anyone.
        recipients: The register.
        round_id: The round, as its workbooks name it.
        key: The round's signing key.
        on_file: Called with the number of files done and the number there are, after each file.

    Returns:
        One return for each file, sorted by file, every one with its outcome. What is the matter with a file
        stands in its findings: no file ever stops the run.

    Raises:
        AuditkitError: If the folder isn't there or can't be listed.
    """
    found = intake.find(folder)
    reader = reader_for(audit, recipients, round_id, key)
    returns = []
    for done, file in enumerate(found, start=1):
        returns.append(read_file(file, reader))
        if on_file is not None:
            on_file(done, len(found))
    return supersede(returns)


def reader_for(audit: Audit, recipients: Iterable[Recipient], round_id: str, key: bytes) -> Reader:
    """Return what reading any file of a round needs; recipients who are asked the same share a layout."""
    layouts: dict[tuple[tuple[str, ...], ...], Layout] = {}
    asked = {}
    for recipient in recipients:
        narrowed = audit.for_recipient(recipient.row())
        questions = tuple((s.id, *(q.id for q in s.questions)) for s in narrowed.sections)
        if questions not in layouts:
            layouts[questions] = layout_for(narrowed)
        asked[recipient.id] = Asked(narrowed, layouts[questions])
    return Reader(round_id, key, asked, Asked(audit, layout_for(audit)))


def read_file(found: intake.Found, reader: Reader) -> Return:
    """Read one file; whatever happens, it comes back with an outcome."""
    try:
        incoming = intake.load(found)
    except intake.UnreadableError as problem:
        return _rejected(found.file, "", problem)
    digest = hashlib.sha256(incoming.content).hexdigest()
    try:
        return replace(_read(incoming, reader), sha256=digest)
    except intake.UnreadableError as problem:
        return _rejected(found.file, digest, problem)
    except Exception as error:  # a bug of ours must cost one file its outcome, not the officer the run
        reason = f"{type(error).__name__}: {error}"[:200]
        return _rejected(found.file, digest, intake.UnreadableError("not-read", reason=reason))


def _read(incoming: intake.Incoming, reader: Reader) -> Return:
    file = incoming.file
    workbook = intake.read(incoming)
    found = marks(workbook.sheets)
    identified = identify(
        file,
        workbook.sheets,
        found,
        round_id=reader.round_id,
        key=reader.key,
        recipients=reader.asked.keys(),
    )
    asked = reader.asked.get(identified.recipient_id, reader.whole)
    extracted = extract(file, found, asked.layout)
    answers, findings = validate(file, extracted, asked.audit)
    said = identified.findings
    # While a return is held, its own faults would only hide the one decision that it waits for.
    if identified.accepted and identified.identity is not None:
        changed = version(file, identified.identity, asked.audit.edition, asked.layout.digest)
        said = (*said, *changed, *extracted.findings, *findings)
    return Return(
        file,
        "",
        "accepted" if identified.accepted else "held",
        identified.recipient_id,
        identified.identity,
        workbook.saved or incoming.received,
        answers,
        said,
    )


def _rejected(file: str, digest: str, problem: intake.UnreadableError) -> Return:
    return Return(file, digest, "rejected", findings=(Finding(problem.code, file, data=problem.data),))
