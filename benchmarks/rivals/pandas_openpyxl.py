"""The loop that an analyst writes: every sheet by pandas, put one below the other into one workbook.

It does less than auditkit: cells are known by where they stand, and nothing is checked.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from benchmarks.rivals.job import Command, Job, module

NAME = "pandas loop"
LARGEST = 1_700


def prepare(job: Job) -> None:
    """Make the folder for the master."""
    job.scratch.mkdir(exist_ok=True)


def command(job: Job) -> Command:
    """Return the command that runs :func:`main`."""
    return module(__name__, job.round / "returns", job.scratch / "pandas.xlsx")


def main(returns: Path, target: Path) -> None:
    """Put all sheets of all workbooks in ``returns`` into one sheet of ``target``."""
    frames = []
    for path in sorted(returns.glob("*.xlsx")):
        for name, frame in pd.read_excel(path, sheet_name=None, header=None).items():
            frames.append(frame.assign(file=path.name, sheet=name))
    pd.concat(frames).to_excel(target, index=False, engine="openpyxl")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
