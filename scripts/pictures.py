"""Picture every page of a workbook as it prints, for a person to look at.

``python scripts/pictures.py FILE.xlsx OUTDIR`` writes ``OUTDIR/FILE-01.png``, ``FILE-02.png`` and so on, by way of
LibreOffice and Poppler. It needs nothing from Python but its standard library.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def program(*names: str) -> str:
    """Find the first of these programs; end with a sentence on how to have one."""
    windows = Path("C:/Program Files/LibreOffice/program")
    macos = Path("/Applications/LibreOffice.app/Contents/MacOS")
    for name in names:
        found = shutil.which(name) or shutil.which(name, path=windows) or shutil.which(name, path=macos)
        if found:
            return found
    sys.exit(
        f"{names[0]} was not found. Install LibreOffice Calc and Poppler "
        "(Debian and Ubuntu: apt-get install libreoffice-calc poppler-utils)."
    )


def main() -> None:
    """Convert one or more spreadsheet files."""
    parser = argparse.ArgumentParser(description="Picture every page of a workbook as it prints.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.xlsx")
    parser.add_argument("outdir", type=Path, metavar="OUTDIR")
    parser.add_argument("--dpi", type=int, default=80, help="dots per inch (80)")
    options = parser.parse_args()
    for file in options.files:
        if not file.is_file():
            sys.exit(f"{file} is not a file.")
    office, poppler = program("soffice", "libreoffice"), program("pdftoppm")
    options.outdir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        # Its own profile: a LibreOffice that is open for other work would swallow the command and convert nothing.
        profile = (Path(scratch) / "profile").as_uri()
        convert = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        subprocess.run(
            [*convert, "--outdir", scratch, *map(str, options.files)], check=True, stdout=subprocess.DEVNULL
        )
        for file in options.files:
            pdf = Path(scratch) / f"{file.stem}.pdf"
            if not pdf.is_file():
                sys.exit(f"LibreOffice could not turn {file} into a PDF.")
            for stale in options.outdir.glob(f"{file.stem}-*.png"):
                stale.unlink()
            prefix = options.outdir / file.stem
            subprocess.run([poppler, "-png", "-r", str(options.dpi), str(pdf), str(prefix)], check=True)
            for page in sorted(options.outdir.glob(f"{file.stem}-*.png")):
                print(page)


if __name__ == "__main__":
    main()
