"""Cases: columns of the register that say which case and agency a workbook is about, and who meets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditkit.definition.model import Audit
from auditkit.definition.source import Issue
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.register.columns import same


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with what an audit says of its cases, as far as the definition alone can tell."""
    if audit.cases is None:
        return
    for name in ("case", "agency"):
        column = getattr(audit.cases, name)
        if not column.strip():
            yield Issue(
                ("cases", name), f"this {name} is empty: name the column of the register that says it"
            )
    if not audit.cases.meeting.strip():
        message = "this meeting is empty: write what stands for the meeting in the column of agencies"
        yield Issue(("cases", "meeting"), message)
    if same(audit.cases.case, audit.cases.agency):
        message = "case and agency name the same column of the register: they are two"
        yield Issue(("cases", "agency"), message, other=("cases", "case"))


def register_issues(audit: Audit, rows: Sequence[Mapping[str, str]], register: str) -> Iterator[Issue]:
    """Yield what the register doesn't say of a case, and who is on a case twice.

    Args:
        audit: The definition.
        rows: The register, each row by column.
        register: The register's file name, for messages.
    """
    if audit.cases is None:
        return
    columns = list(dict.fromkeys(column for row in rows for column in row))
    missing = [name for name in ("case", "agency") if getattr(audit.cases, name) not in columns]
    for name in missing:
        column = getattr(audit.cases, name)
        yield Issue(
            ("cases", name), f"{register} has no column {quoted(column)}{did_you_mean(column, columns)}"
        )
    if missing:
        return
    for name, said in (("case", audit.cases.case_of), ("agency", audit.cases.agency_of)):
        blank = [row["id"] for row in rows if not said(row)]
        if blank:
            column = quoted(getattr(audit.cases, name))
            which = ", ".join(blank[:5]) + (" …" if len(blank) > 5 else "")
            yield Issue(
                ("cases", name), f"{register} doesn't say the {name} ({column}) of {which}: fill it in"
            )
    pairs: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in rows:
        pairs.setdefault(audit.cases.key_of(row), []).append(row)
    for key, found in pairs.items():
        if all(key) and len(found) > 1:
            case, agency = quoted(audit.cases.case_of(found[0])), quoted(audit.cases.agency_of(found[0]))
            message = f"{register} has {len(found)} rows of {agency} on the case {case}: keep one"
            yield Issue(("cases",), message)
