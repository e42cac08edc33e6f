"""``auditkit generate``, for a round in which nothing was issued yet."""

from __future__ import annotations

import shutil

from benchmarks.rivals.job import Command, Job, module

NAME = "auditkit"
LARGEST = 25_000


def prepare(job: Job) -> None:
    """Forget what was issued."""
    for folder in (job.round / "workbooks", job.round / ".auditkit"):
        shutil.rmtree(folder, ignore_errors=True)


def command(job: Job) -> Command:
    """Return the command line of an officer."""
    return module("benchmarks.alone", "generate", "--round", str(job.round))
