"""Whose workbook it is: stamped on a very hidden sheet and, in one line, visibly on the first sheet.

Programs drop the one or the other when they save; either tells whose return it is, but only the sheet
carries the signature: an HMAC-SHA-256 with the round's key, which never travels in a workbook.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, fields

# Two colons: no section id holds one, so no section is ever taken for it.
SHEET_MARKER = "auditkit::identity"
COVER_LABEL = "Workbook reference"
SEPARATOR = " | "
# What a sample says in place of a recipient and of an issue: no recipient's id holds a space, and issues
# count up from 1. It is never signed.
SAMPLE, SAMPLE_ISSUE = "SAMPLE (not issued)", 0


@dataclass(frozen=True)
class Identity:
    """What a workbook says of itself. All text but ``issue``, which counts up from 1 (0 is a sample)."""

    round_id: str
    recipient_id: str
    edition: str
    issue: int
    layout: str
    signature: str = ""

    def signed(self, key: bytes) -> Identity:
        """Return the same identity with its signature by ``key``."""
        return Identity(
            self.round_id, self.recipient_id, self.edition, self.issue, self.layout, self._mac(key)
        )

    def verifies(self, key: bytes) -> bool:
        """Tell whether the signature was made by ``key`` over just these values."""
        return hmac.compare_digest(self.signature.encode(), self._mac(key).encode())

    def rows(self) -> list[tuple[str, str]]:
        """Return the rows of the identity sheet: its marker, then name and value, all text."""
        values = [(f.name, str(getattr(self, f.name))) for f in fields(self)]
        return [(SHEET_MARKER, ""), *values]

    @property
    def reference(self) -> str:
        """The line on the first sheet: everything but the signature."""
        return SEPARATOR.join(value for _, value in self.rows()[1:-1])

    @property
    def is_sample(self) -> bool:
        """Whether it is of a sample, which was never issued to anybody."""
        return self.issue == SAMPLE_ISSUE or self.recipient_id == SAMPLE

    def _mac(self, key: bytes) -> str:
        said = [self.round_id, self.recipient_id, self.edition, str(self.issue), self.layout]
        message = "".join(f"{len(part.encode())}:{part}" for part in said)
        return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


def from_rows(rows: Iterable[tuple[str, str]]) -> Identity | None:
    """Return the identity in the rows of an identity sheet, None if they don't hold a whole one."""
    values = dict(rows)
    if SHEET_MARKER not in values:
        return None
    return _identity(values.get(f.name, "") for f in fields(Identity))


def from_reference(line: str) -> Identity | None:
    """Return the identity in the line of a first sheet, None if it isn't one."""
    parts = [part.strip() for part in line.split(SEPARATOR.strip())]
    return _identity([*parts, ""]) if len(parts) == len(fields(Identity)) - 1 else None


def _identity(values: Iterable[str]) -> Identity | None:
    round_id, recipient_id, edition, issue, layout, signature = values
    if not (round_id and recipient_id and edition and issue.isdecimal() and len(issue) < 7):
        return None
    return Identity(round_id, recipient_id, edition, int(issue), layout, signature)
