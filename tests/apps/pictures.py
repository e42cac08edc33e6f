"""Pages as pictures, by Poppler."""

from __future__ import annotations

import subprocess
from pathlib import Path


def pages(pdf: Path, folder: Path, dpi: int = 80) -> list[Path]:
    """Picture every page of a PDF; the PNG files come in the order of the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    prefix = folder / pdf.stem
    subprocess.run(["pdftoppm", "-png", "-r", str(dpi), str(pdf), str(prefix)], check=True)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))
