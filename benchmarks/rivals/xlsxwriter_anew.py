"""The same workbooks by XlsxWriter, every one from scratch."""

from __future__ import annotations

import sys
from pathlib import Path

from auditkit.round import load
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.book import Issue
from auditkit.workbook.build import build
from auditkit.workbook.identity import Identity
from auditkit.workbook.protection import lock
from benchmarks.rivals.job import Command, Job, module

NAME = "XlsxWriter, each from scratch"
LARGEST = 1_700


def prepare(job: Job) -> None:
    """Make the folder for the workbooks."""
    job.scratch.mkdir(exist_ok=True)


def command(job: Job) -> Command:
    """Return the command that runs :func:`main`."""
    return module(__name__, job.round, job.scratch)


def main(folder: Path, target: Path) -> None:
    """Write a workbook for each recipient of the round in ``folder``."""
    round_ = load(folder)
    sheet_lock = lock(round_.settings.password, bytes(16))
    for recipient in round_.recipients:
        audit = round_.audit_for(recipient)
        layout = layout_for(audit)
        identity = Identity(round_.settings.id, recipient.id, audit.edition, 1, layout.digest).signed(b"key")
        content = build(Issue(round_.settings, audit, recipient, layout, identity), sheet_lock)
        (target / f"{recipient.id}.xlsx").write_bytes(content)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
