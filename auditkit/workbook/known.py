"""What recipients were shown of last time, kept in the round so that reading their returns knows it.

Only digests are kept. By those of the texts that stood beside the questions, what somebody typed there is
told from what was issued; by those of what was said last time, a return that merely repeats it is found.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditkit.files import write_state

if TYPE_CHECKING:
    from auditkit.round import Round

# How long the digest of a text is, in bytes.
TEXT_DIGEST = 8
FILE = "shown.json"


@dataclass(frozen=True)
class Known:
    """The digests, one after the other, of the texts that a recipient was shown, and of what it said then."""

    shown: bytes
    said: bytes

    def __or__(self, other: Known) -> Known:
        return Known(_joined(self.shown, other.shown), _joined(self.said, other.said))


NONE = Known(b"", b"")


def each(digests: bytes) -> Iterator[bytes]:
    """Yield the digests one by one."""
    return (digests[n : n + TEXT_DIGEST] for n in range(0, len(digests), TEXT_DIGEST))


def read(round_: Round) -> dict[str, Known]:
    """Return what is known, by recipient id; nothing if it is gone or damaged: reading does without it."""
    try:
        kept = json.loads((round_.private / FILE).read_text(encoding="utf-8"))
        return {key: Known(*map(base64.b64decode, texts)) for key, texts in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write(round_: Round, known: Mapping[str, Known]) -> None:
    """Keep what is known; AuditkitError if the round's folder can't be written to."""
    texts = {key: [base64.b64encode(d).decode() for d in (k.shown, k.said)] for key, k in known.items()}
    write_state(round_.private / FILE, json.dumps(texts, indent=0).encode())


def followed(known: Mapping[str, Known], successors: Mapping[str, str]) -> dict[str, Known]:
    """Return what is known with what was issued to a recipient under another id."""
    found = dict(known)
    for old, new in successors.items():
        if old in known:
            found[new] = known[old] | found.get(new, NONE)
    return found


def _joined(one: bytes, other: bytes) -> bytes:
    return b"".join(dict.fromkeys([*each(one), *each(other)]))
