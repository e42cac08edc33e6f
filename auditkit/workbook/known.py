"""What recipients were shown, kept in the round so that reading their returns knows it.

Only digests are kept. By those of the texts that stood beside the questions, what somebody typed there is
told from what was issued; by those of what was said last time, a return that merely repeats it is found; by
those of what was carried over, a question is known that nobody has touched.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditkit.fields import Typed
from auditkit.fields.plain import as_text
from auditkit.files import write_state

if TYPE_CHECKING:
    from auditkit.round import Round

# How long the digest of a text is, in bytes.
TEXT_DIGEST = 8
FILE = "shown.json"
# What programs change of a text, or people without meaning to.
APART = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Known:
    """What is known of one recipient.

    Attributes:
        shown: The digests, one after the other, of the texts that its workbooks showed.
        said: The same of what it said last time (:mod:`auditkit.returns.content.again`).
        carried: Digests of the answers that were carried over to a question, by its id: one for each time.
    """

    shown: bytes = b""
    said: bytes = b""
    carried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __or__(self, other: Known) -> Known:
        questions = dict.fromkeys((*self.carried, *other.carried))
        return Known(
            together([*each(self.shown), *each(other.shown)]),
            together([*each(self.said), *each(other.said)]),
            {
                q: tuple(dict.fromkeys((*self.carried.get(q, ()), *other.carried.get(q, ()))))
                for q in questions
            },
        )


NOTHING_KNOWN = Known()


def shown(text: str) -> bytes:
    """Return the digest of a text that stands beside a question, without what programs change of it."""
    return _digest(_plain(text))


def row(answers: Mapping[str, Typed]) -> str:
    """Return the digest of the answers to a question, by response column."""
    told = sorted((column, _plain(as_text(typed))) for column, typed in answers.items())
    return _digest(json.dumps(told)).hex()


def each(digests: bytes) -> Iterator[bytes]:
    """Yield digests one by one."""
    return (digests[n : n + TEXT_DIGEST] for n in range(0, len(digests), TEXT_DIGEST))


def together(digests: Iterable[bytes]) -> bytes:
    """Return digests one after the other, each once."""
    return b"".join(dict.fromkeys(digests))


def read(round_: Round) -> dict[str, Known]:
    """Return what is known, by recipient id; nothing if it is gone or damaged: reading does without it."""
    try:
        kept = json.loads((round_.private / FILE).read_text(encoding="utf-8"))
        return {key: _known(*one) for key, one in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write(round_: Round, known: Mapping[str, Known]) -> None:
    """Keep what is known; AuditkitError if the round's folder can't be written to."""
    kept = {
        key: [*(base64.b64encode(d).decode() for d in (k.shown, k.said)), dict(k.carried)]
        for key, k in known.items()
    }
    write_state(round_.private / FILE, json.dumps(kept, indent=0).encode())


def followed(known: Mapping[str, Known], successors: Mapping[str, str]) -> dict[str, Known]:
    """Return what is known with what was issued to a recipient under another id."""
    found = dict(known)
    for old, new in successors.items():
        if old in known:
            found[new] = known[old] | found.get(new, NOTHING_KNOWN)
    return found


def _known(shown: str, said: str, carried: Mapping[str, Sequence[str]]) -> Known:
    rows = {question: tuple(digests) for question, digests in carried.items()}
    return Known(base64.b64decode(shown), base64.b64decode(said), rows)


def _plain(text: str) -> str:
    return APART.sub("", text.casefold())


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=TEXT_DIGEST).digest()
