"""``auditkit generate --prefill``: every workbook with what its recipient answered last time."""

from __future__ import annotations

import shutil
from pathlib import Path

from auditkit.round import PRIVATE, SETTINGS, definition_path, register_path
from benchmarks.rivals.job import Command, Job, module
from benchmarks.rounds import answered

NAME = "auditkit, pre-filled"
LARGEST = 1_700


def prepare(job: Job) -> None:
    """Make a round of last time in which all answered, and a round of now of which nothing is issued."""
    before, now = _rounds(job)
    if not before.exists():
        _copy(job.round, before)
        answered(before)
        _copy(job.round, now)
    for name in ("workbooks", PRIVATE):
        shutil.rmtree(now / name, ignore_errors=True)


def command(job: Job) -> Command:
    """Return the command line of an officer."""
    before, now = _rounds(job)
    return module("benchmarks.alone", "generate", "--round", str(now), "--prefill", str(before))


def _rounds(job: Job) -> tuple[Path, Path]:
    return job.round.parent / "before", job.round.parent / "now"


def _copy(old: Path, new: Path) -> None:
    new.mkdir()
    for path in (definition_path(old), register_path(old), old / SETTINGS):
        shutil.copy(path, new)
