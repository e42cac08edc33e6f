"""datamaps, the nearest peer, by its own command line in an environment and a home folder of its own.

It reads cells by address from a list of them (its datamap), and leaves out files that lack a sheet of it. So
it is given the sheets that every recipient has, as the first one has them.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

from auditkit.round import load
from auditkit.workbook.blocks import layout_for
from benchmarks.rivals.job import Command, Job

NAME = "datamaps"
LARGEST = 1_700
VERSION = "1.1.9"
TYPES = {"date": "DATE", "whole_number": "NUMBER"}


def prepare(job: Job) -> None:
    """Install it once, and write the datamap."""
    if not _program().exists():
        subprocess.run([sys.executable, "-m", "venv", _cache()], check=True)
        pip = [
            str(_cache() / "bin" / "python"),
            "-I",
            "-m",
            "pip",
            "install",
            "--quiet",
            f"datamaps=={VERSION}",
        ]
        subprocess.run([*pip, "--disable-pip-version-check"], check=True)
    job.scratch.mkdir(exist_ok=True)
    round_ = load(job.round)
    layouts = [layout_for(round_.audit_for(recipient)) for recipient in round_.recipients]
    everywhere = set.intersection(*({block.sheet for block in layout.blocks} for layout in layouts))
    with (job.scratch / "datamap.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("cell_key", "template_sheet", "cell_reference", "type"))
        for block in (block for block in layouts[0].blocks if block.sheet in everywhere):
            for slot in block.slots:
                key = f"{block.id} {slot.row_key} {slot.column_key}"
                address = f"{chr(65 + slot.col)}{slot.row + 1}"
                writer.writerow((key, block.sheet, address, TYPES.get(slot.field.kind, "TEXT")))
    # It makes its folders when it is first called.
    variables = {**os.environ, **_variables(job)}
    subprocess.run([_program(), "config", "show-file"], env=variables, check=False, capture_output=True)


def command(job: Job) -> Command:
    """Return its command line."""
    datamap, returns = str(job.scratch / "datamap.csv"), str(job.round / "returns")
    arguments = ("import", "templates", "--to-master", "--datamap", datamap, "--inputdir", returns)
    return Command((str(_program()), *arguments), _variables(job))


def _variables(job: Job) -> dict[str, str]:
    return {"HOME": str(job.scratch)}


def _cache() -> Path:
    cache = os.environ.get("XDG_CACHE_HOME")
    folder = Path(cache) if cache else Path.home() / ".cache"
    return folder / "auditkit-benchmarks" / f"datamaps-{VERSION}"


def _program() -> Path:
    return _cache() / "bin" / "datamaps"
