"""When a workbook was saved, from its own document properties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

CORE = ("docProps/core.xml", ".psmdcp")
MOST_BYTES = 100_000
STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(?:Z|([+-])(\d\d):?(\d\d))?"
)


def time(parts: Mapping[str, bytes]) -> dt.datetime | None:
    """Return when the workbook says that it was last saved, in UTC; None if it doesn't, or never was.

    A workbook that was never saved again since it was made says nothing: it carries the time of its making
    in both places.

    Args:
        parts: The parts of the workbook by name.
    """
    name = next((name for name in parts if name.endswith(CORE)), None)
    if name is None:
        return None
    text = parts[name][:MOST_BYTES].decode("utf-8", "replace")
    modified, created = _stamp(text, "modified"), _stamp(text, "created")
    return None if modified == created else modified


def _stamp(text: str, name: str) -> dt.datetime | None:
    element = re.search(rf"<(?:\w+:)?{name}\b[^<>]*>([^<]*)<", text)
    match = STAMP.match(element[1].lstrip()) if element else None
    if match is None:
        return None
    *numbers, sign, hours, minutes = match.groups()
    try:
        year, month, day, hour, minute, second = (int(n or 0) for n in numbers)
        local = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.timezone.utc)
        ahead = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return local + ahead if sign == "-" else local - ahead
    except (ValueError, OverflowError):
        return None
