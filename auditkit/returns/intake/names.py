"""Names of files: which no person put there, and how any name is shown."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 120
# What says nothing to a reader and may mislead one: control characters, line breaks, marks that turn the
# direction of text around ("gpj.xlsx" that ends in ".exe"), what stands for half a character.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
SYSTEM = {
    ".ds_store": "a file that macOS keeps about a folder",
    "thumbs.db": "a file that Windows keeps about a folder",
    "desktop.ini": "a file that Windows keeps about a folder",
    "__macosx": "what macOS adds to a compressed folder",
}
LOCK = "a mark that an office program leaves while a file is open, or when it crashed"
TEMPORARY = "a temporary file of an office program or a download that didn't finish"
HIDDEN_FILE = "a hidden file"
TEMPORARY_NAME = re.compile(r"~.*\.tmp|.*\.(tmp|temp|crdownload|part|partial)|~wr[dla]\d+.*", re.IGNORECASE)


def shown(name: str) -> str:
    """Return one part of a path as it can be shown and written anywhere.

    Characters that nobody sees become ``_``, what isn't Unicode ``?``, and a very long name is cut in its
    middle. It is for people to read: nothing is ever opened by it.
    """
    name = name.encode("utf-8", "replace").decode("utf-8")
    text = "".join("_" if unicodedata.category(char) in HIDDEN else char for char in name).strip()
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 31]}…{text[-30:]}"
    return text.replace("/", "_").replace("\\", "_") or "_"


def path_shown(path: str) -> str:
    """Return a path that a container names, without what would lead out of it: drive, root, ``..``."""
    parts = [part for part in re.split(r"[/\\]+", path) if part.strip() not in ("", ".", "..")]
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        parts = parts[1:]
    return "/".join(shown(part) for part in parts[-6:]) or "_"


def passed_over(path: str) -> str:
    """Return what a file is that no person put there, in words; "" for any other.

    Args:
        path: Its path below the returns folder or inside a container, with forward slashes.
    """
    for name in PurePosixPath(path).parts:
        folded = name.casefold()
        if folded in SYSTEM:
            return SYSTEM[folded]
        if name.startswith("~$") or (name.startswith(".~lock.") and name.endswith("#")):
            return LOCK
        if TEMPORARY_NAME.fullmatch(name):
            return TEMPORARY
        if name.startswith(".") and name.strip("."):
            return HIDDEN_FILE
    return ""
