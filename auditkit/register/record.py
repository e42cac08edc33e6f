"""What GIAS said when the register was last made from it, kept beside the register.

Whatever in the register differs from that was written by the officer, and stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import write_state

# Beside the register, in the folder that a round keeps for auditkit.
FOLDER = ".auditkit"


@dataclass(frozen=True)
class Record:
    """The authorities whose schools are asked, and the rows as GIAS had them, by URN and column."""

    authorities: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def place(register: Path) -> Path:
    """Return where the record of a register is."""
    return register.parent / FOLDER / f"{register.stem}.gias.json"


def read(register: Path) -> Record:
    """Return the record of a register, an empty one if there is none.

    Raises:
        AuditkitError: It is damaged, so that it isn't known what the officer changed.
    """
    path = place(register)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        record = Record(tuple(found["authorities"]), {urn: dict(row) for urn, row in found["rows"].items()})
        texts = [*record.authorities, *(text for row in record.rows.values() for text in row.values())]
        sound = all(isinstance(text, str) for text in texts)
    except FileNotFoundError:
        return Record()
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    except (ValueError, TypeError, KeyError, AttributeError):
        sound = False
    if not sound:
        raise AuditkitError(
            f"{path} is damaged, so it isn't known what in the register you have changed. Put back a copy of "
            "it from a backup; or delete it: then everything that differs from GIAS is kept as you have it."
        )
    return record


def write(register: Path, record: Record) -> None:
    """Keep what GIAS says now; AuditkitError if that can't be written."""
    write_state(place(register), json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
