"""``auditkit collate``, cold: as if it were the first time in this round."""

from __future__ import annotations

import shutil

from benchmarks.rivals.job import Command, Job, module

NAME = "auditkit"
LARGEST = 25_000
# What of the round's private folder isn't made by collating.
KEPT = ("key", "issued.json", "editions")


def prepare(job: Job) -> None:
    """Forget earlier runs."""
    (job.round / "master.xlsx").unlink(missing_ok=True)
    for path in (job.round / ".auditkit").iterdir():
        if path.name in KEPT:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def command(job: Job) -> Command:
    """Return the command line of an officer."""
    returns = str(job.round / "returns")
    return module("benchmarks.alone", "collate", returns, "--as-at", "2026-12-18")
