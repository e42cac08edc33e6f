"""What auditkit wrote where parts of a round go, so that it takes away only what is its own.

The round keeps a record of it: by place, the column that made the parts, and the SHA-256 of each file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from auditkit.cluster import places
from auditkit.files import write_state
from auditkit.returns.intake import Address

RECORD = "parts.json"


@dataclass(frozen=True)
class Mine:
    """What was written to a place: by which column, and the digest of each file by its name below it."""

    by: str
    files: Mapping[str, str] = field(default_factory=dict)

    def has(self, place: Path | Address, name: str) -> bool:
        """Tell whether a file is there just as auditkit wrote it."""
        known = self.files.get(name)
        return known is not None and digest(places.content(place, name) or b"") == known


def read(private: Path, place: Path | Address, by: str) -> Mine:
    """Return what earlier runs of a round wrote to a place; nothing if it was made by another column.

    Args:
        private: The round's private folder.
        place: Where parts go.
        by: The column that makes them.
    """
    try:
        said = _all(private)[_named(place)]
        files = {str(name): str(known) for name, known in said["files"].items() if _is_below(name)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Mine(by)
    return Mine(by, files if said.get("by") == by else {})


def tidy(private: Path, place: Path | Address, by: str, written: Mapping[str, str]) -> None:
    """Take away what earlier runs wrote and this one didn't, if nobody has changed it; remember this run's.

    Args:
        private: The round's private folder.
        place: Where the parts are.
        by: The column that made them.
        written: The digest of each file that was written, by name.

    Raises:
        AuditkitError: A file can't be taken away, or the record can't be written.
    """
    before = read(private, place, by)
    for name in before.files.keys() - written.keys():
        if before.has(place, name):
            places.remove(place, name)
    try:
        record = _all(private)
    except (OSError, ValueError):
        record = {}
    record[_named(place)] = asdict(Mine(by, dict(sorted(written.items()))))
    write_state(private / RECORD, json.dumps(record, indent=1, ensure_ascii=False).encode())


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def _all(private: Path) -> dict[str, dict[str, Any]]:
    record = json.loads((private / RECORD).read_bytes())
    if not isinstance(record, dict):
        raise ValueError("this is no record")
    return record


def _named(place: Path | Address) -> str:
    return str(place.resolve()) if isinstance(place, Path) else str(place)


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
