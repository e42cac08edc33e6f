"""The pictures of the README, made anew from the example round.

``python scripts/docs_pictures.py`` needs LibreOffice and Poppler, and auditkit in the same Python.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.apps.libreoffice import LibreOffice  # noqa: E402

EXAMPLE = ROOT / "examples" / "section11"
TARGET = ROOT / "docs" / "pictures"
DPI = 110


@dataclass(frozen=True)
class Picture:
    """Page ``page`` of a file, cut to the box of pixels ``x, y, width, height``."""

    name: str
    file: str
    page: int
    box: tuple[int, int, int, int]


PICTURES = (
    Picture("workbook", "returns/Northmoor Constabulary (S11-009).xlsx", 3, (25, 45, 1235, 815)),
    Picture("master", "master.xlsx", 1, (80, 40, 1125, 830)),
    Picture("heatmap", "master.xlsx", 2, (25, 40, 1230, 330)),
)


def main() -> None:
    """Make every picture."""
    from datetime import date

    from auditkit.collate import collate
    from auditkit.round import load

    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, LibreOffice() as office:
        example = Path(folder) / EXAMPLE.name
        shutil.copytree(EXAMPLE, example)
        round_ = load(example)
        collate(round_, round_.returns, as_at=date(2027, 1, 25))
        for picture in PICTURES:
            pdf = Path(folder) / f"{picture.name}.pdf"
            with office.open(example / picture.file) as book:
                book.recalculate()
                book.pdf(pdf)
            x, y, width, height = map(str, picture.box)
            page = str(picture.page)
            box = ["-x", x, "-y", y, "-W", width, "-H", height]
            command = ["pdftoppm", "-png", "-r", str(DPI), "-f", page, "-l", page, "-singlefile", *box]
            subprocess.run([*command, str(pdf), str(TARGET / picture.name)], check=True)


if __name__ == "__main__":
    main()
