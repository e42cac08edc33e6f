"""Picture every page of a workbook as it prints, for a person to look at.

``python scripts/pictures.py FILE.xlsx OUTDIR`` writes ``OUTDIR/FILE-1.png``, ``FILE-2.png`` and so on, by way
of LibreOffice and Poppler. The numbers have as many digits as the last page needs.
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


def picture(file: Path, outdir: Path, dpi: int) -> list[Path]:
    """Write the pictures of one file's pages and say where they are."""
    with tempfile.TemporaryDirectory() as scratch:
        # A profile of its own: a LibreOffice that is open for other work would swallow the command.
        profile = (Path(scratch) / "profile").as_uri()
        convert = [program("soffice", "libreoffice"), f"-env:UserInstallation={profile}", "--headless"]
        run = subprocess.run(
            [*convert, "--convert-to", "pdf", "--outdir", scratch, str(file)], capture_output=True, text=True
        )
        pdf = Path(scratch) / f"{file.stem}.pdf"
        if not pdf.is_file():
            sys.exit(f"LibreOffice could not turn {file} into a PDF. {run.stderr}")
        for stale in outdir.glob(f"{file.stem}-[0-9]*.png"):
            stale.unlink()
        command = [program("pdftoppm"), "-png", "-r", str(dpi), str(pdf), str(outdir / file.stem)]
        subprocess.run(command, check=True)
    return sorted(outdir.glob(f"{file.stem}-[0-9]*.png"))


def main() -> None:
    """Read the command line and picture each file."""
    parser = argparse.ArgumentParser(description="Picture every page of a workbook as it prints.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE.xlsx")
    parser.add_argument("outdir", type=Path, metavar="OUTDIR")
    parser.add_argument("--dpi", type=int, default=80, help="dots per inch (80)")
    options = parser.parse_args()
    options.outdir.mkdir(parents=True, exist_ok=True)
    for file in options.files:
        if not file.is_file():
            sys.exit(f"{file} is not a file.")
        print(*picture(file, options.outdir, options.dpi), sep="\n")


if __name__ == "__main__":
    main()
