"""What is shared while one file of the returns folder is opened, down to the files within its files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from auditkit.guard.limits import Budget, Limits
from auditkit.guard.unreadable import UnreadableError

# Where a file lies in the one that is opened: (2, 1) is the first file in the second; () is that one itself.
Place = tuple[int, ...]

# Excel's own password for workbooks that are "protected" without one being asked for.
EXCELS_OWN = "VelvetSweatshop"


@dataclass(frozen=True)
class Passwords:
    """What to try on locked files: ``shared`` on any, ``own`` those of recipients and packs by their id."""

    shared: tuple[str, ...] = field(default=(), repr=False)
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def to_try(self, file: str) -> tuple[str, ...]:
        """Return all passwords, likely ones first: those of the recipients whose id is in the file's name."""
        return tuple(dict.fromkeys((*self._of(file), *self.shared, EXCELS_OWN, *chain(*self.own.values()))))

    def _of(self, file: str) -> Iterator[str]:
        name = file.casefold()
        for recipient_id, passwords in self.own.items():
            wanted = recipient_id.casefold()
            # S11-1 is not in "Police (S11-10).xlsx".
            if wanted in name and re.search(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])", name):
                yield from passwords


NO_PASSWORDS = Passwords()


@dataclass(frozen=True)
class Opening:
    """The limits, the passwords to try, and what is left of the file's share of inflated bytes.

    ``lost`` is what became of files that ended an earlier process when they were looked into.
    """

    limits: Limits
    passwords: Passwords = NO_PASSWORDS
    budget: Budget = field(default_factory=lambda: Budget(Limits().package_bytes))
    lost: Mapping[Place, UnreadableError] = field(default_factory=dict)


def opening(
    limits: Limits, passwords: Passwords = NO_PASSWORDS, lost: Mapping[Place, UnreadableError] | None = None
) -> Opening:
    """Return what opening one file of the folder begins with."""
    return Opening(limits, passwords, Budget(limits.package_bytes), lost or {})
