"""Microsoft's Open XML SDK as judge of our files: what Excel would have to repair, it reports."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.apps.availability import validator


def errors(files: Iterable[Path]) -> dict[Path, list[str]]:
    """Validate files and return those that have errors, with a sentence for each error."""
    files = list(files)
    if not files:
        raise ValueError("No file to validate.")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {file: found for file, found in zip(files, pool.map(_errors_of, files), strict=True) if found}


def _errors_of(file: Path) -> list[str]:
    program = validator()
    if program is None:
        raise RuntimeError("The Open XML validator is not installed.")
    # The validator is a .NET program; without this it wants the ICU libraries.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    command = [str(program), str(file), "Microsoft365"]
    run = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    # It exits 0 for a bad file too: only what it prints counts.
    if run.returncode != 0:
        raise RuntimeError(f"The Open XML validator failed on {file}: {run.stderr.decode(errors='replace')}")
    report = json.loads(run.stdout)
    found = [" ".join(filter(None, (e["path"], e["xPath"], e["description"]))) for e in report["errors"]]
    if not report["ok"] and not found:
        raise RuntimeError(f"The Open XML validator refused {file} without saying why.")
    return found
