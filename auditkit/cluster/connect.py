"""The connection to a cluster that is there, or one made for a run on this computer."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from auditkit.cluster.workers import is_private, private_workers
from auditkit.errors import AuditkitError
from auditkit.returns.intake.address import needed
from auditkit.returns.pool import cores

if TYPE_CHECKING:
    from distributed import Client

# Instead of an address: a cluster of this computer's own processes, for as long as the run takes.
LOCAL = "local"
# So long the first worker may take to come.
SECONDS = 60
# A cluster of one's own shows no pages about what it does.
OWN: dict[str, list[str]] = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
# What a round asks goes to a cluster once, however large the register is: no reason to warn.
ANY = {"distributed.admin.large-graph-warning-threshold": "1GB"}


@contextmanager
def connected(address: str, jobs: int | None = None) -> Iterator[Client]:
    """Connect to a cluster while the block runs.

    Args:
        address: The address of its scheduler, or :data:`LOCAL` for one of this computer's processes.
        jobs: How many processes a local one has; by default as many as there are processor cores.

    Yields:
        The connection.

    Raises:
        AuditkitError: If the extra isn't installed, the connection wouldn't be encrypted, nobody answers, or
            the cluster has no worker.
    """
    try:
        import dask
        from distributed import LocalCluster

        made: Any = LocalCluster
    except ImportError:
        raise needed("Reading on a cluster needs") from None
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(ANY))
        if address == LOCAL:
            scratch = stack.enter_context(TemporaryDirectory(prefix="auditkit-"))
            stack.enter_context(dask.config.set({**OWN, "temporary-directory": scratch}))
            # With certificates of its own: whoever else is logged in could hand it work otherwise.
            with _uninterrupted():
                cluster: Any = made(
                    n_workers=jobs or cores(),
                    threads_per_worker=1,
                    security=True,
                    dashboard_address="127.0.0.1:0",
                    memory_limit=0,
                    silence_logs=logging.CRITICAL,
                    local_directory=scratch,
                )
            stack.enter_context(cluster)
        elif is_private(address):
            _ask(address)
            cluster = address
        else:
            raise AuditkitError(
                f"The connection to {address} isn't encrypted, and the round's key and all answers would go "
                "over it. Set the cluster up with TLS and name it as tls://…, or reach it through a tunnel "
                "from this computer (127.0.0.1)."
            )
        yield stack.enter_context(_client(cluster, address))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let processes that are started in the block ignore Ctrl-C: it is this process that ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield  # no other thread may say what signals do
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _ask(address: str) -> None:
    """Make sure that somebody answers: a client without an answer takes minutes to give up."""
    from distributed import security
    from distributed.comm import core

    connect: Any = core.connect
    certificates: Any = security.Security

    async def asked() -> None:
        how = certificates().get_connection_args("client")
        (await connect(address, timeout=SECONDS, **how)).abort()

    try:
        asyncio.run(asked())
    except Exception as error:
        raise AuditkitError(
            f"No cluster answers at {address} ({type(error).__name__}). Look at the address, and at the "
            "certificates in Dask's own settings."
        ) from error


def _client(cluster: Any, address: str) -> Any:
    import distributed

    make: Any = distributed.Client
    client = make(cluster, timeout=SECONDS, set_as_default=False)
    try:
        client.wait_for_workers(1, timeout=SECONDS)
        private_workers(client)
    except TimeoutError:
        client.close()
        raise AuditkitError(f"The cluster at {address} has no workers. Start some, and try again.") from None
    except AuditkitError:
        client.close()
        raise
    return client
