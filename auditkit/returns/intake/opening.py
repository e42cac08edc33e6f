"""What is shared while one file of the returns folder is opened, down to the files within its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from auditkit.returns.guard.limits import Budget, Limits


@dataclass(frozen=True)
class Opening:
    """The limits, the passwords to try, and what is left of the file's share of inflated bytes."""

    limits: Limits
    passwords: Sequence[str] = field(default=(), repr=False)
    budget: Budget = field(default_factory=lambda: Budget(Limits().package_bytes))


def opening(limits: Limits, passwords: Sequence[str] = ()) -> Opening:
    """Return what opening one file of the folder begins with."""
    return Opening(limits, passwords, Budget(limits.package_bytes))
