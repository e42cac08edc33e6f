"""A message, whichever program saved it: who sent it and when, what is attached, whether it says anything."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as data_field

from auditkit.guard.limits import unsafe
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import names
from auditkit.returns.intake.incoming import Incoming, incoming
from auditkit.returns.intake.opening import Opening

UNNAMED, MESSAGE = "attachment", "message"
# No search goes past the next beginning of its kind: on a text made of beginnings that would take for ever.
TAGS = re.compile(
    r"<(style|script|head)\b(?:(?!<\1\b).)*?</\1\s*>|<[^<>]*>|&nbsp;", re.IGNORECASE | re.DOTALL
)
PICTURE_IN_TEXT = "a picture in the text of the message, such as a signature"


@dataclass(frozen=True)
class Attached:
    """A file attached to a message. ``in_text`` tells whether it is a picture that the text shows."""

    name: str
    content: bytes = data_field(repr=False)
    in_text: bool = False


@dataclass(frozen=True)
class Letter:
    """A message. ``says`` tells whether it has any text, ``within`` are the messages attached to it."""

    subject: str
    sender: str
    sent: dt.datetime | None
    says: bool
    attached: tuple[Attached, ...]
    within: tuple[Letter, ...] = ()


def says_something(text: str) -> bool:
    """Tell whether the text of a message, plain or HTML, shows anything to its reader."""
    return bool(TAGS.sub(" ", text).strip())


def files(outer: Incoming, letter: Letter, opening: Opening, depth: int = 0) -> Iterator[Incoming]:
    """Yield the files of a message, those of the messages within it too.

    A message within that holds nothing but text comes as a file with its own reason.

    Raises:
        UnreadableError: If messages are nested too deep.
    """
    if depth > opening.limits.depth:
        raise unsafe(f"it holds messages within messages, more than {opening.limits.depth} deep")
    received = letter.sent or outer.received
    sender = letter.sender or outer.sender
    for one in letter.attached:
        path = names.path_shown(one.name or UNNAMED)
        junk = PICTURE_IN_TEXT if one.in_text else names.passed_over(path)
        opening.budget.spend(len(one.content))
        yield incoming(
            f"{outer.file}/{path}",
            one.content,
            received,
            sender=sender,
            came="attached",
            problem=UnreadableError("passed-over", what=junk) if junk else None,
        )
    for inner in letter.within:
        file = f"{outer.file}/{names.shown(inner.subject or MESSAGE)}"
        own = incoming(file, b"", inner.sent or received, sender=inner.sender or sender, came="in a message")
        found = list(files(own, inner, opening, depth + 1))
        yield from found
        if all(one.problem is not None and one.problem.code == "passed-over" for one in found):
            yield Incoming(
                *(file, b"", own.received, own.sha256, own.sender, own.came), problem=nothing_in(inner)
            )


def nothing_in(letter: Letter) -> UnreadableError:
    """Return what to say of a message that no workbook came with."""
    says = letter.says or any(one.in_text for one in letter.attached)
    return UnreadableError("email-text") if says else UnreadableError("package-empty", kind="A message")
