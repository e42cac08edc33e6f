"""Making a register from GIAS, and bringing one up to date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.register import read, record, sheet
from auditkit.register.gias.changes import Planned, planned
from auditkit.register.gias.gather import Gathered, Sources, gather
from auditkit.register.record import Record


@dataclass(frozen=True)
class Imported:
    """What was found, and where the register is kept that was there before, if one was."""

    found: Gathered
    kept: Path | None


@dataclass(frozen=True)
class Updated:
    """What was found, what it changes, and where the register of before is kept, if anything changed."""

    found: Gathered
    plan: Planned
    kept: Path | None


def import_register(
    to: Path, sources: Sources, *, today: dt.date, replace_it: bool = False, dry_run: bool = False
) -> Imported:
    """Make a register of the schools of some authorities.

    Args:
        to: The register's file, a .csv.
        sources: What to make it from.
        today: The day that stands for a closing day that isn't known.
        replace_it: Whether to replace a register that is there; it is kept beside the new one.
        dry_run: Whether only to say what would be made.

    Raises:
        AuditkitError: There is a register already, it can't be written, or nobody would be in it.
        ProblemsError: Something is wrong with a file.
    """
    if to.suffix.casefold() != ".csv":
        raise AuditkitError(f"{to}: the register is written as CSV, so give it a name that ends in .csv.")
    other = to.with_suffix(".xlsx")
    if other.exists():
        raise AuditkitError(f"{other} is there already: move it away, so that there is only one register.")
    if to.exists() and not (replace_it or dry_run):
        raise AuditkitError(
            f"{to} is there already. To bring it up to date and keep what you changed in it: "
            "auditkit register update. To replace it: --force"
        )
    found = gather(sources, today)
    if not found.asked:
        raise AuditkitError(
            "Every school of these authorities was left out, so there is no register to make."
        )
    rows = {urn: school.row for urn, school in found.asked.items()}
    if dry_run:
        return Imported(found, None)
    kept = sheet.write(to, sheet.made(found.columns, rows), Record(sources.authorities, rows))
    return Imported(found, kept)


def update_register(
    path: Path, sources: Sources, *, audit: Audit | None, today: dt.date, dry_run: bool = False
) -> Updated:
    """Bring a register up to date with GIAS; whatever the officer wrote in it stays.

    Args:
        path: The register.
        sources: What it is brought up to date with; without authorities, those that it was made of count.
        audit: The round's audit, to tell who is asked something else.
        today: The day that stands for a closing day that isn't known.
        dry_run: Whether only to say what would change.

    Raises:
        AuditkitError: It can't be written, or it isn't known which authorities it is of.
        ProblemsError: Something is wrong with a file.
    """
    recipients = read(path, audit.groups if audit else ())
    known = record.read(path)
    authorities = sources.authorities or known.authorities
    if not authorities:
        raise AuditkitError(
            "It isn't known whose schools this register lists: add --la and the authority's code."
        )
    found = gather(
        replace(sources, authorities=authorities), today, {recipient.id for recipient in recipients}
    )
    plan = planned(sheet.read(path), replace(known, authorities=authorities), found, audit)
    if dry_run:
        return Updated(found, plan, None)
    if not plan.changes:
        record.write(path, plan.record)
        return Updated(found, plan, None)
    if path.suffix.casefold() != ".csv":
        raise AuditkitError(
            f"{path.name} can only be looked at (--dry-run). To have it brought up to date, save it as CSV "
            "UTF-8 (register.csv), and move the Excel file away."
        )
    return Updated(found, plan, sheet.write(path, plan.sheet, plan.record))
