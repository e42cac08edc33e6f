"""Messages saved by Outlook: .msg."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from auditkit.guard.limits import Limits, damaged, unsafe
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import letter
from auditkit.returns.intake.incoming import Incoming, Look
from auditkit.returns.intake.letter import Attached, Letter
from auditkit.returns.intake.opening import Opening

KIND = "a message saved by Outlook (.msg)"
PROPERTIES = "__properties_version1.0"
# A message within a message stands in a storage of its attachment, and its properties begin earlier.
WITHIN = "__substg1.0_3701000D"
OFFSET, OFFSET_WITHIN, OFFSET_ATTACHED = 32, 24, 8


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is a message of Outlook's."""
    return look.streams is not None and PROPERTIES in look.names


def unpack(outer: Incoming, look: Look, opening: Opening) -> Iterator[Incoming]:
    """Yield the files attached to a message, or in messages attached to it."""
    yield from letter.files(outer, parsed(look, opening.limits), opening)


def empty(look: Look, limits: Limits) -> UnreadableError:
    """Return what to say of a message that no file came with."""
    return letter.nothing_in(parsed(look, limits))


def parsed(look: Look, limits: Limits) -> Letter:
    """Return a message; UnreadableError if it is broken or nested too deep."""
    import io

    from olefile import OleFileIO
    from oxmsg.storage import Storage

    try:
        with OleFileIO(io.BytesIO(look.content)) as file:
            storage = Storage.from_ole(file)
        return _letter(storage, OFFSET, limits.depth + 1)
    except UnreadableError:
        raise
    except Exception as error:  # the readers raise many kinds on damaged files
        raise damaged("the message can't be taken apart") from error


def _letter(storage: Any, offset: int, deeper: int) -> Letter:
    import email.parser
    import email.utils

    from oxmsg.domain import constants as ids
    from oxmsg.properties import Properties

    if deeper < 0:
        raise unsafe("it holds messages within messages, far too deep")
    own = Properties(storage, properties_header_offset=offset)
    attached, within = [], []
    for one in storage.iter_attachment_storages():
        inner = next((s for s in one.storages if s.name == WITHIN), None)
        if inner is not None:
            within.append(_letter(inner, OFFSET_WITHIN, deeper - 1))
            continue
        said = Properties(one, properties_header_offset=OFFSET_ATTACHED)
        named = (ids.PID_ATTACH_LONG_FILENAME, ids.PID_ATTACH_FILENAME, ids.PID_DISPLAY_NAME)
        name = next(filter(None, (_string(said, pid) for pid in named)), "")
        content = said.binary_prop_value(ids.PID_ATTACH_DATA_BINARY) or b""
        mime, shown = _string(said, ids.PID_ATTACH_MIME_TAG), _string(said, ids.PID_ATTACH_CONTENT_ID)
        attached.append(Attached(name, content, mime.startswith("image/") and bool(shown)))
    body = _string(own, ids.PID_BODY) or _html(own, ids.PID_HTML)
    says = letter.says_something(body) or own.binary_prop_value(ids.PID_RTF_COMPRESSED) is not None
    headers = email.parser.HeaderParser().parsestr(_string(own, ids.PID_TRANSPORT_MESSAGE_HEADERS))
    sender = email.utils.parseaddr(headers.get("From", ""))[1] or next(
        (
            text
            for pid in (ids.PID_SENDER_SMTP_ADDRESS, ids.PID_SENDER_EMAIL_ADDRESS)
            if "@" in (text := _string(own, pid))
        ),
        "",
    )
    sent = _time(own, ids.PID_CLIENT_SUBMIT_TIME) or _time(own, ids.PID_MESSAGE_DELIVERY_TIME)
    return Letter(_string(own, ids.PID_SUBJECT), sender, sent, says, tuple(attached), tuple(within))


def _string(properties: Any, pid: int) -> str:
    """Return a text; "" if there is none or its stream is missing."""
    try:
        return str(properties.str_prop_value(pid) or "").rstrip("\0")
    except (KeyError, LookupError, UnicodeError):
        return ""


def _html(properties: Any, pid: int) -> str:
    try:
        return bytes(properties.binary_prop_value(pid) or b"").decode("utf-8", "replace")
    except LookupError:
        return ""


def _time(properties: Any, pid: int) -> dt.datetime | None:
    try:
        found = properties.date_prop_value(pid)
        return found.astimezone(dt.timezone.utc) if isinstance(found, dt.datetime) else None
    except (ValueError, OverflowError):
        return None
