"""A worker of the cluster ended from outside, in the middle of a run."""

from __future__ import annotations

import os
import signal

from distributed import Client

from auditkit.returns.files import OnFile, Progress

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def killing(cluster: Client, after: int) -> OnFile:
    """Return what to call after each file: once so many are done, it ends one of the workers."""
    cluster.wait_for_workers(2, timeout=60)
    (pid, *_) = cluster.run(os.getpid).values()
    pids = [pid]

    def on_file(progress: Progress) -> None:
        if pids and progress.done >= after:
            os.kill(pids.pop(), KILL)

    return on_file
