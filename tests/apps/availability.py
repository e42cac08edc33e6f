"""Which real applications are on this machine, and how to have those that are not.

``python -m tests.apps.availability`` prints a sentence for each one that is missing.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

NODE_FOLDER = Path(__file__).with_name("node")


def soffice() -> str | None:
    """Find LibreOffice's program."""
    places = [None, "C:/Program Files/LibreOffice/program", "/Applications/LibreOffice.app/Contents/MacOS"]
    return next((found for place in places if (found := shutil.which("soffice", path=place))), None)


def validator() -> Path | None:
    """Find the Open XML SDK validator that npm installed for this kind of machine."""
    system = {"win32": "win32", "darwin": "darwin"}.get(sys.platform, "linux")
    processor = "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x64"
    name = "ooxml-validator.exe" if system == "win32" else "ooxml-validator"
    program = NODE_FOLDER / "node_modules" / "@xarsh" / f"ooxml-validator-{system}-{processor}" / name
    return program if program.is_file() else None


def _has_libreoffice() -> bool:
    program = soffice()
    if program is None:
        return False
    # LibreOffice's own Python, which the tests speak through, is a package apart on Debian.
    folder = Path(program).resolve().parent
    return any((place / "pythonscript.py").is_file() for place in (folder, folder.parent / "Resources"))


def _has_poppler() -> bool:
    return shutil.which("pdftoppm") is not None


def _has_node() -> bool:
    modules = NODE_FOLDER / "node_modules"
    return shutil.which("node") is not None and all((modules / name).is_dir() for name in ("xlsx", "exceljs"))


def _has_validator() -> bool:
    return validator() is not None


APPLICATIONS: dict[str, tuple[Callable[[], bool], str]] = {
    "libreoffice": (
        _has_libreoffice,
        "LibreOffice Calc with its Python is missing. On Debian and Ubuntu: sudo apt-get install "
        "libreoffice-calc libreoffice-script-provider-python fonts-crosextra-carlito. "
        "On Windows and macOS: install LibreOffice.",
    ),
    "poppler": (
        _has_poppler,
        "pdftoppm is missing. On Debian and Ubuntu: sudo apt-get install poppler-utils. "
        "Elsewhere: install Poppler and put it on the PATH.",
    ),
    "node": (
        _has_node,
        "SheetJS and ExcelJS are missing. Install Node.js 18 or newer, then run: "
        "npm install --no-save --prefix tests/apps/node",
    ),
    "validator": (
        _has_validator,
        "Microsoft's Open XML validator is missing. Install Node.js 18 or newer, then run: "
        "npm install --no-save --prefix tests/apps/node",
    ),
}


def missing() -> list[str]:
    """Give a sentence on how to have it for each application that is not there."""
    return [remedy for is_there, remedy in APPLICATIONS.values() if not is_there()]


def require(name: str) -> None:
    """Skip the test that needs an absent application; fail it where none may be absent."""
    is_there, remedy = APPLICATIONS[name]
    if is_there():
        return
    if os.environ.get("AUDITKIT_REQUIRE_APPS") == "1":
        pytest.fail(remedy, pytrace=False)
    pytest.skip(remedy)


if __name__ == "__main__":
    print(*missing(), sep="\n", end="")
