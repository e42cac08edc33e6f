"""What is left of the limits of a run, and what is said of a file that goes beyond one."""

from __future__ import annotations

from dataclasses import dataclass

from auditkit.guard.unreadable import UnreadableError
from auditkit.limits import MEGABYTE, Limits, megabytes

__all__ = ["MEGABYTE", "Budget", "Limits", "damaged", "megabytes", "too_large", "unsafe"]


@dataclass
class Budget:
    """What is left of a limit on inflated bytes, shared by everything that draws on it."""

    left: int

    def spend(self, size: int) -> None:
        """Take ``size`` off; UnreadableError if there isn't so much left."""
        self.left -= size
        if self.left < 0:
            raise too_large("more than auditkit unpacks from one file", "the limit for one file")


def too_large(size: str, limit: str) -> UnreadableError:
    """Return the refusal of something that may be honest but is too large to read."""
    return UnreadableError("file-too-large", size=size, limit=limit)


def unsafe(reason: str) -> UnreadableError:
    """Return the refusal of something that no office program makes."""
    return UnreadableError("file-unsafe", reason=reason)


def damaged(reason: str) -> UnreadableError:
    """Return the refusal of something that is cut off or broken."""
    return UnreadableError("file-damaged", reason=reason)
