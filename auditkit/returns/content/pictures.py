"""Pictures and files that were put into the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.returns.content.seen import Seen, some
from auditkit.returns.model import Finding

CODES = ("embedded-files",)


def find(seen: Seen) -> Iterator[Finding]:
    """Yield one finding for everything that was embedded."""
    embedded = seen.known.embedded
    if embedded:
        data = (("count", str(len(embedded))), ("names", some(list(embedded))))
        yield Finding("embedded-files", seen.file, data=data)
