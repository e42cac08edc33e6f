"""Whose workbook a file is, and whether that can be trusted.

The identity is found by its marks, never by a sheet's name. Only one that this round signed, for a recipient
of its register, is accepted; for anything else a finding says why an officer has to decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from auditkit.definition.wording import listed
from auditkit.fields.plain import as_text
from auditkit.returns.findings import severity
from auditkit.returns.model import Finding
from auditkit.returns.propose import Proposal, command
from auditkit.returns.sheets import Mark, Sheet, filled
from auditkit.workbook.identity import COVER_LABEL, SHEET_MARKER, Identity, from_reference, from_rows
from auditkit.workbook.layout import MARKER

NOBODY: Mapping[str, str] = {}
# Rows below its mark that the identity sheet can take, were some inserted.
IDENTITY_ROWS = 40


@dataclass(frozen=True)
class Identified:
    """Whose a file is. ``recipient_id`` is empty when nobody of the register could be told."""

    identity: Identity | None
    recipient_id: str
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        """Whether nothing stands against it."""
        return all(severity(finding) != "held" for finding in self.findings)


def identify(
    file: str,
    sheets: tuple[Sheet, ...],
    marks: tuple[Mark, ...],
    *,
    round_id: str,
    key: bytes,
    recipients: Collection[str],
    successors: Mapping[str, str] = NOBODY,
) -> Identified:
    """Decide whose workbook a file is.

    Args:
        file: The file, as findings name it.
        sheets: Its sheets.
        marks: The marks in them.
        round_id: The round that is collated.
        key: The round's signing key.
        recipients: The ids in the register.
        successors: Who goes on under another id, by the id that its workbook was issued to.

    Returns:
        The identity if there is one, the recipient if the register knows them, and a finding of severity
        ``held`` for everything that stands against accepting it.
    """
    stamped = list(_stamped(marks))
    printed = list(_printed(sheets))
    if not stamped and not printed:
        return Identified(None, "", (held(file, "identity-missing"),))
    identity = next((i for i in stamped if i.verifies(key)), (stamped + printed)[0])
    said = {i.reference: _in_words(i) for i in stamped + printed}
    known = {i.recipient_id for i in stamped + printed}
    whose = successors.get(identity.recipient_id, identity.recipient_id)
    recipient = whose if len(known) == 1 and whose in recipients else ""
    problems: list[tuple[str, dict[str, str]]] = []
    if len(said) > 1:
        problems.append(("identity-conflict", {"identities": listed(sorted(said.values()), "and")}))
    if identity.round_id != round_id:
        problems.append(("other-round", {"theirs": identity.round_id, "ours": round_id}))
    elif identity.is_sample:
        problems.append(("sample-workbook", {}))
    elif not stamped:
        problems.append(("identity-cover-only", {"recipient": identity.recipient_id}))
    elif not identity.verifies(key):
        problems.append(("identity-altered", {"recipient": identity.recipient_id}))
    is_ours = identity.round_id == round_id and not identity.is_sample
    if is_ours and whose not in recipients:
        problems.append(("unknown-recipient", {"recipient": identity.recipient_id}))
    findings = [held(file, code, **data) for code, data in problems]
    if recipient not in ("", identity.recipient_id) and not findings:
        data = (("was", identity.recipient_id), ("recipient", recipient))
        findings.append(Finding("issued-to-predecessor", file, data=data))
    return Identified(identity, recipient, tuple(findings))


def said_of(sheets: tuple[Sheet, ...], marks: tuple[Mark, ...]) -> Identity | None:
    """Return what a workbook says of itself, whoever signed it; None if it says nothing.

    Args:
        sheets: Its sheets.
        marks: The marks in them.
    """
    return next(chain(_stamped(marks), _printed(sheets)), None)


def proposed(findings: tuple[Finding, ...], proposal: Proposal | None) -> tuple[Finding, ...]:
    """Return the findings of a held return with whose it looks like, if that is plain.

    Args:
        findings: Its findings.
        proposal: Who it plainly comes from (see :func:`auditkit.returns.propose.propose`).
    """
    if proposal is None:
        return findings
    return tuple(
        replace(f, data=tuple({**dict(f.data), "proposal": _like(f, proposal)}.items())) for f in findings
    )


def another(file: str, recipient_id: str, proposal: Proposal | None) -> tuple[Finding, ...]:
    """Return a finding if a recipient's workbook seems to have been filled in by another.

    Args:
        file: The file, as findings name it.
        recipient_id: Whose workbook it is.
        proposal: Who it seems to come from (see :func:`auditkit.returns.propose.propose_another`).
    """
    if proposal is None:
        return ()
    other = f"{proposal.recipient.id} {proposal.recipient.name}"
    data = (("recipient", recipient_id), ("by", listed(proposal.why, "and")), ("other", other))
    return (Finding("another-recipient", file, data=data),)


def version(file: str, identity: Identity, edition: str, layout: str) -> tuple[Finding, ...]:
    """Return a finding if a workbook asks something else than the definition does now.

    Args:
        file: The file, as findings name it.
        identity: What the workbook says of itself.
        edition: The edition of the definition.
        layout: The digest of the layout that the recipient would be issued now.

    Returns:
        One finding, or none if the workbook is as it would be issued now.
    """
    if identity.edition != edition:
        data = (("theirs", identity.edition), ("ours", edition))
        return (Finding("other-edition", file, data=data),)
    return () if identity.layout == layout else (Finding("other-layout", file),)


def held(file: str, code: str, **data: str) -> Finding:
    """Return a finding that holds a file until an officer says whose it is."""
    unknown = f"If you know whose it is: {command(file, 'ID')}. "
    return Finding(code, file, data=(*data.items(), ("proposal", unknown)))


def _stamped(marks: tuple[Mark, ...]) -> Iterator[Identity]:
    """Yield stamped identities: names in the mark's column, each with its value in the next filled cell."""
    for mark in marks:
        if MARKER + mark.name != SHEET_MARKER:
            continue
        pairs = [(SHEET_MARKER, "")]
        for row in mark.sheet.rows[mark.row + 1 : mark.row + 1 + IDENTITY_ROWS]:
            name, *values = [as_text(cell).strip() for cell in row[mark.col :]] or [""]
            pairs.append((name, next(filter(None, values), "")))
        identity = from_rows(pairs)
        if identity is not None:
            yield identity


def _printed(sheets: tuple[Sheet, ...]) -> Iterator[Identity]:
    """Yield the identities in visible lines: the label, then in the next filled cell the reference."""
    for sheet in sheets:
        for row in sheet.rows:
            if COVER_LABEL not in row:
                continue
            first, *rest = [as_text(cell).strip() for cell in row if filled(cell)]
            identity = from_reference(rest[0]) if first == COVER_LABEL and rest else None
            if identity is not None:
                yield identity


def _in_words(identity: Identity) -> str:
    where = f"round {identity.round_id}, edition {identity.edition}, issue {identity.issue}"
    return f"{identity.recipient_id} ({where})"


def _like(finding: Finding, proposal: Proposal) -> str:
    recipient, by = proposal.recipient, listed(proposal.why, "and")
    return f"By {by} it looks like {recipient.id} {recipient.name}: {command(finding.file, recipient.id)}. "
