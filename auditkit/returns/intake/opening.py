"""What is shared while one file of the returns folder is opened, down to the files within its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditkit.returns.guard.limits import Budget, Limits
from auditkit.returns.unreadable import UnreadableError

# Where a file lies in the one that is opened: (2, 1) is the first file in the second; () is that one itself.
Place = tuple[int, ...]


@dataclass(frozen=True)
class Opening:
    """The limits, the passwords to try, and what is left of the file's share of inflated bytes.

    ``lost`` is what became of files that ended an earlier process when they were looked into.
    """

    limits: Limits
    passwords: Sequence[str] = field(default=(), repr=False)
    budget: Budget = field(default_factory=lambda: Budget(Limits().package_bytes))
    lost: Mapping[Place, UnreadableError] = field(default_factory=dict)


def opening(
    limits: Limits, passwords: Sequence[str] = (), lost: Mapping[Place, UnreadableError] | None = None
) -> Opening:
    """Return what opening one file of the folder begins with."""
    return Opening(limits, passwords, Budget(limits.package_bytes), lost or {})
