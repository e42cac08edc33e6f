"""Where auditkit's own time goes: samples of a run in this process, told apart by the modules on the stack.

Counted is CPU time, so a busy machine changes nothing; and nothing is wrapped, so what is measured is what
runs. Needs a system that has SIGPROF (not Windows).
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

import psutil

INTERVAL = 0.002
# The innermost module on the stack that stands here, or is in a package that does, says what a moment is
# spent on. What many stages use (the model of the definition, words, layouts) isn't among them.
STAGES = {
    "auditkit.definition.check": "load",
    "auditkit.definition.xlsx": "load",
    "auditkit.definition.yaml": "load",
    "auditkit.register": "load",
    "auditkit.workbook.issue": "load",
    "auditkit.workbook.editions": "load",
    "auditkit.round": "load",
    "auditkit.guard": "read: guard",
    "auditkit.guard.office": "read: parse",
    "auditkit.returns.intake": "read: open",
    "auditkit.returns.intake.calamine": "read: parse",
    "auditkit.returns.intake.error_cells": "read: parse",
    "auditkit.returns.intake.saved": "read: parse",
    "auditkit.returns.intake.xlsx": "read: parse",
    "auditkit.returns.content.behind": "read: parse",
    "auditkit.returns.identify": "read: extract",
    "auditkit.returns.sheets": "read: extract",
    "auditkit.returns.blocks": "read: extract",
    "auditkit.returns.extract": "read: extract",
    "auditkit.returns.notes": "read: extract",
    "auditkit.returns.validate": "read: validate",
    "auditkit.returns.content": "read: validate, texts",
    "auditkit.returns.content.across": "read: compare returns",
    "auditkit.returns.supersede": "read: compare returns",
    "auditkit.returns.cache": "read: keep",
    "auditkit.returns.store": "read: keep",
    "auditkit.returns.reader": "read: else",
    "auditkit.returns.collate": "read: else",
    "auditkit.tables": "tables",
    "auditkit.tables.proof": "proof",
    "auditkit.runs": "changes",
    "auditkit.master": "master: sheets",
    "auditkit.master.write": "master: file",
    "auditkit.master.package": "master: file",
    "auditkit.master.edited": "master: file",
    "zipfile": "master: zip",
}


@dataclass
class Spent:
    """CPU seconds and the largest resident memory (bytes), by stage."""

    seconds: dict[str, float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)


@contextmanager
def sampled() -> Iterator[Spent]:
    """Sample what this thread does in the block; what is given is filled when the block ends."""
    spent, own = Spent(), psutil.Process()
    last = time.thread_time()

    def sample(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.thread_time()
        stage = _stage(frame)
        spent.seconds[stage] = spent.seconds.get(stage, 0.0) + now - last
        spent.memory[stage] = max(spent.memory.get(stage, 0), own.memory_info().rss)
        last = now

    before = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    try:
        yield spent
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stage(frame: FrameType | None) -> str:
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        while name:
            if name in STAGES:
                return STAGES[name]
            name = name.rpartition(".")[0]
        frame = frame.f_back
    return "else"
