"""A worker of the cluster ended from outside, in the middle of a run."""

from __future__ import annotations

import os
import signal
import time

from distributed import Client

from auditkit.returns.files import OnFile, Progress

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def killing(cluster: Client, after: int) -> OnFile:
    """Return what to call after each file: once so many are done, it ends one of the workers."""
    ended = [min(processes(cluster))]

    def on_file(progress: Progress) -> None:
        if ended and progress.done >= after:
            os.kill(ended.pop(), KILL)

    return on_file


def processes(cluster: Client) -> set[int]:
    """Return the processes of the two workers, once those that were ended have come again."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = set(cluster.run(os.getpid, on_error="ignore").values())
        if len(found) == 2:
            return found
        time.sleep(0.1)
    raise AssertionError("a worker that was ended didn't come again")
