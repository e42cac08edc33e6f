"""A store that every process of this computer can ask for itself, as those of a cluster ask s3://."""

from __future__ import annotations

from typing import Any

import fsspec
from distributed import WorkerPlugin
from fsspec.implementations.local import LocalFileSystem


class Shared(LocalFileSystem):  # type: ignore[misc]
    """Folders of this computer under addresses of their own: ``shared:///tmp/returns``."""

    protocol = "shared"

    @classmethod
    def _strip_protocol(cls, path: Any) -> Any:
        return super()._strip_protocol(str(path).removeprefix("shared://"))


class Known(WorkerPlugin):
    """Makes the store known in this process, and in every worker that a cluster has or will have."""

    def __init__(self) -> None:
        self.setup()

    def setup(self, worker: Any = None) -> None:
        fsspec.register_implementation("shared", Shared, clobber=True)
