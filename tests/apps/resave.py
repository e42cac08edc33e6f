"""What other programs make of a workbook: the same file, read and written again by another library.

Such files stand for the tools that returns pass through: web portals (SheetJS), form tools (ExcelJS) and
scripts (openpyxl).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import openpyxl

from tests.apps.availability import NODE_FOLDER, require

WRITERS = ("sheetjs", "exceljs", "openpyxl")


def resave(files: Iterable[Path], writer: str, folder: Path, suffix: str = ".xlsx") -> dict[Path, Path]:
    """Save copies under the same names in a folder; return the copy of each file.

    SheetJS can also write other formats: ``.xlsb``, ``.xls``, ``.ods``, ``.csv``.
    """
    if writer not in WRITERS:
        raise ValueError(f"{writer} is not one of {', '.join(WRITERS)}")
    if suffix != ".xlsx" and writer != "sheetjs":
        raise ValueError(f"{writer} writes only .xlsx")
    folder.mkdir(parents=True, exist_ok=True)
    copies = {file: folder / f"{file.stem}{suffix}" for file in files}
    if len(set(copies.values())) != len(copies):
        raise ValueError("Two files have the same name; save them to different folders.")
    if writer == "openpyxl":
        for file, copy in copies.items():
            openpyxl.load_workbook(file).save(copy)
        return copies
    require("node")
    job = {
        "writer": writer,
        "files": [[str(file.resolve()), str(copy.resolve())] for file, copy in copies.items()],
    }
    subprocess.run(
        ["node", str(NODE_FOLDER / "resave.mjs")], input=json.dumps(job).encode(), check=True, timeout=300
    )
    return copies
