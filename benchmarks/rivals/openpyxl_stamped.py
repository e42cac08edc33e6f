"""One workbook loaded and saved by openpyxl for each recipient, with the recipient's name in it.

It does less than auditkit: every recipient is asked the same.
"""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl

from auditkit.round import load
from auditkit.workbook.issue import generate
from auditkit.workbook.log import read_log
from benchmarks.rivals.job import Command, Job, module

NAME = "openpyxl, load and save"
LARGEST = 200
SAMPLE = "sample.xlsx"


def prepare(job: Job) -> None:
    """Make the one workbook, unless it is there."""
    job.scratch.mkdir(exist_ok=True)
    if not (job.scratch / SAMPLE).exists():
        round_ = load(job.round)
        one = replace(round_, folder=job.scratch, recipients=round_.recipients[:1])
        generate(one, today=dt.date(2026, 9, 14))
        (job.scratch / SAMPLE).write_bytes((one.workbooks / read_log(one)[0].file).read_bytes())


def command(job: Job) -> Command:
    """Return the command that runs :func:`main`."""
    return module(__name__, job.round, job.scratch)


def main(folder: Path, target: Path) -> None:
    """Write a workbook for each recipient of the round in ``folder``."""
    for recipient in load(folder).recipients:
        book = openpyxl.load_workbook(target / SAMPLE)
        book.worksheets[0]["B4"] = recipient.name
        book.save(target / f"{recipient.id}.xlsx")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
