"""Past one machine: the same reading of the same files, on the workers of a Dask cluster.

Nothing is read otherwise than on one computer. A task of the cluster drives the guarded process that
:mod:`auditkit.returns.drive` drives here, on the worker's machine, through a few files. Which worker reads
which, how often and when makes no difference to the result. It needs the extra ``auditkit[cluster]``.
"""

from __future__ import annotations

from auditkit.cluster.connect import LOCAL, connected
from auditkit.cluster.spread import reading

__all__ = ["LOCAL", "connected", "reading"]
