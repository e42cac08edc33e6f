"""Why a file can't be read."""

from __future__ import annotations


class UnreadableError(Exception):
    """A file can't be read. ``code`` is the finding that says why, ``data`` fills its sentences."""

    def __init__(self, code: str, **data: str) -> None:
        self.code = code
        self.data = tuple(data.items())
        super().__init__(code)
