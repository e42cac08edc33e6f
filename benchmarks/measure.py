"""One command run to its end: how long, how much CPU, how much memory. Linux and macOS."""

from __future__ import annotations

import contextlib
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from benchmarks.results import Run

# How often memory is looked at; what is taken for less than that may be missed.
INTERVAL = 0.05


class FailedError(Exception):
    """A command that is measured didn't do its work; the message says which and what it said."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: All its environment variables.

    Returns:
        What it took, with every process that it started and waited for.

    Raises:
        FailedError: It ended with another exit code than 0.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    most, ended = [0, 0], threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, most, ended))
    watch.start()
    said, _ = process.communicate()
    wall = time.perf_counter() - began
    ended.set()
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise FailedError(f"{' '.join(command)} ended with exit code {process.returncode}:\n{said[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, *most)


def _watch(pid: int, most: list[int], ended: threading.Event) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        while not ended.wait(INTERVAL):
            held = []
            for process in (parent, *parent.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    held.append(process.memory_info().rss)
            most[:] = [max(most[0], max(held, default=0)), max(most[1], sum(held))]
