"""Which program this is: what was worked out by another one is not used again."""

from __future__ import annotations

import hashlib
import sys
from functools import lru_cache
from pathlib import Path

# Of other people's work, what reading a file or making the master rests on.
RESTS_ON = (
    "msoffcrypto-tool",
    "olefile",
    "openpyxl",
    "pyarrow",
    "python-calamine",
    "python-oxmsg",
    "rapidfuzz",
    "ruamel.yaml",
    "xlsxwriter",
)


@lru_cache(maxsize=1)
def digest() -> str:
    """Return the SHA-256 of auditkit's code and of the versions of what it rests on.

    Of the code and not of auditkit's version: who works on auditkit, or follows its latest state, would be
    shown yesterday's results otherwise.
    """
    said = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    ours = Path(__file__).parent
    for path in sorted(path for path in ours.rglob("*") if path.suffix in (".py", ".yaml")):
        said.update(f"\n{path.relative_to(ours).as_posix()}\n".encode())
        said.update(path.read_bytes())
    for name in RESTS_ON:
        said.update(f"\n{name} {_version(name)}".encode())
    return said.hexdigest()


def _version(name: str) -> str:
    from importlib import metadata  # only here: the workers know their program, and would load it in vain

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # put together without its label, by somebody who packs programs
        return "unknown"
