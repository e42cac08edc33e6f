"""Saved emails: .eml, and MIME messages by whatever name."""

from __future__ import annotations

import datetime as dt
import email
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from auditkit.guard.limits import Limits, damaged, unsafe
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import letter
from auditkit.returns.intake.incoming import Incoming, Look
from auditkit.returns.intake.letter import Attached, Letter
from auditkit.returns.intake.opening import Opening

if TYPE_CHECKING:
    import email.message

KIND = "a saved email (.eml)"
HEADER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:From [^\r\n]*\r?\n)?(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2}"
)
TELLING = re.compile(
    rb"(?im)^(?:from|received|return-path|mime-version|delivered-to|message-id|x-sender|subject):"
)
SNIFFED = 16_384
MOST_PARTS, MOST_NESTED = 1_000, 60
LONGEST_HEADER = 2_000


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is a message."""
    if look.archive is not None or look.streams is not None:
        return False
    start = look.content[:SNIFFED]
    return len(set(TELLING.findall(start.lower()))) > 1 and HEADER.match(start) is not None


def unpack(outer: Incoming, look: Look, opening: Opening) -> Iterator[Incoming]:
    """Yield the files attached to a message, or in messages attached to it."""
    yield from letter.files(outer, parsed(look, opening.limits), opening)


def empty(look: Look, limits: Limits) -> UnreadableError:
    """Return what to say of a message that no file came with."""
    return letter.nothing_in(parsed(look, limits))


def parsed(look: Look, limits: Limits) -> Letter:
    """Return a message; UnreadableError if it is built to choke its reader, or broken."""
    # Only now: few folders hold messages, and each worker would load what reads them.
    import email.header
    import email.policy
    import email.utils

    lowered = look.content.lower()
    if lowered.count(b"boundary=") > MOST_NESTED or lowered.count(b"\ncontent-type:") > MOST_PARTS:
        raise unsafe("it has more parts than any message needs")
    try:
        return _letter(email.message_from_bytes(look.content, policy=email.policy.compat32), limits.depth + 1)
    except UnreadableError:
        raise
    except Exception as error:  # the parser raises many kinds on odd headers
        raise damaged("the message can't be taken apart") from error


def _letter(message: email.message.Message, deeper: int) -> Letter:
    attached: list[Attached] = []
    within: list[Letter] = []
    says = False
    waiting = [message]
    while waiting:
        part = waiting.pop(0)
        kind = part.get_content_type()
        inner = part.get_payload() if part.is_multipart() else None
        if kind == "message/rfc822" and isinstance(inner, list):
            if deeper < 0:
                raise unsafe("it holds messages within messages, far too deep")
            within += [_letter(one, deeper - 1) for one in inner if isinstance(one, email.message.Message)]
        elif isinstance(inner, list):
            waiting = [one for one in inner if isinstance(one, email.message.Message)] + waiting
        elif _is_text(part):
            says = says or letter.says_something(_payload(part).decode("utf-8", "replace"))
        else:
            in_text = kind.startswith("image/") and part.get("Content-ID") is not None
            attached.append(Attached(_text(part.get_filename() or ""), _payload(part), in_text))
    sender = email.utils.parseaddr(_text(message.get("From", "")))[1]
    return Letter(
        *(_text(message.get("Subject", "")), sender, _date(message.get("Date", "")), says),
        *(tuple(attached), tuple(within)),
    )


def _is_text(part: email.message.Message) -> bool:
    plain = part.get_content_type() in ("text/plain", "text/html", "text/enriched")
    return plain and not part.get_filename() and part.get_content_disposition() != "attachment"


def _payload(part: email.message.Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(header: object) -> str:
    """Return a header as a person reads it; an odd one as it stands."""
    said = str(header)[:LONGEST_HEADER]
    try:
        return str(email.header.make_header(email.header.decode_header(said)))
    except Exception:  # unknown encodings, broken words: the name is for humans only
        return said


def _date(header: object) -> dt.datetime | None:
    try:
        when = email.utils.parsedate_to_datetime(str(header)[:200])
        return when.astimezone(dt.timezone.utc) if when.tzinfo else when.replace(tzinfo=dt.timezone.utc)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
