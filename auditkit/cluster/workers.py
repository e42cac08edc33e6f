"""The workers of a cluster as they come and go: how many, and which of them are given work."""

from __future__ import annotations

import ipaddress
import time
from typing import Any

from auditkit.errors import AuditkitError

# How often it is looked whether there still are workers, and for how long there may be none.
WAKE, PATIENCE = 2.0, 300.0


class Workers:
    """The workers of a cluster, none of which others can listen to.

    Where the cluster doesn't encrypt everything by itself, that is looked at before each task, since workers
    come while a run goes on.
    """

    def __init__(self, client: Any) -> None:
        self._client, self._asked, self._known = client, 0.0, dict[str, int]()
        self._had = time.monotonic()
        self._silent: set[str] = set()
        self._each = WAKE if str(client.scheduler.address).startswith("tls://") else 0.0

    def threads(self) -> int:
        """Return how many threads those have that are given work, at least one.

        Raises:
            AuditkitError: If others could listen to a worker, the cluster is gone, or it has had no workers
                for too long.
        """
        if time.monotonic() - self._asked > self._each:
            try:
                self._known = private_workers(self._client)
            except AuditkitError:
                raise
            except Exception as error:
                raise lost(type(error).__name__) from error
            self._asked = time.monotonic()
            if self._known:
                self._had = self._asked
            elif self._asked - self._had > PATIENCE:
                raise lost(f"it has had no workers for {PATIENCE:g} seconds")
        return max(1, sum(count for worker, count in self._known.items() if worker not in self._silent))

    def trusted(self) -> list[str] | None:
        """Return which workers a task may go to, None for all; AuditkitError if none of them answers."""
        if not self._silent:
            return None
        found = [worker for worker in self._known if worker not in self._silent]
        if self._known and not found:
            raise lost("its workers stay connected and don't answer")
        return found or None

    def distrust(self, key: str) -> None:
        """Give no more work to the worker that has a task and doesn't answer."""
        self._silent |= {worker for worker, keys in self._client.processing().items() if key in keys}


def private_workers(client: Any) -> dict[str, int]:
    """Return the addresses of a cluster's workers, with how many threads each has.

    Raises:
        AuditkitError: If others could listen to what goes to one of them.
    """
    found: dict[str, int] = client.nthreads()
    for address in found:
        if not is_private(address):
            raise AuditkitError(
                f"The connection to a worker of the cluster ({address}) isn't encrypted, and the round's key "
                "and all answers would go over it. Start scheduler and workers with TLS, or all on this "
                "computer."
            )
    return found


def is_private(address: str) -> bool:
    """Tell whether nobody can listen on the way to an address: it is encrypted, or leads nowhere else."""
    scheme, _, place = address.rpartition("://")
    if scheme not in ("", "tcp"):
        return scheme == "tls"
    host = place.rpartition(":")[0].strip("[]") or place
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def lost(why: str) -> AuditkitError:
    """Return the error that ends a run whose cluster doesn't do what it is for."""
    return AuditkitError(
        f"The cluster was lost ({why}). What it was asked for wasn't written. Its workers need the same "
        "auditkit[cluster] as this computer, and enough memory; run it again, or without --cluster."
    )
