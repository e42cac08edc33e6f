"""Ctrl-C while returns are read by two processes: it ends at once, and leaves everything as it was."""

import os
import signal
import subprocess
import sys
import time

import pytest

from auditkit.collate import collate
from tests.filling import fill
from tests.rounds import ISSUED, small_round

LEAD = ("GOV", "GOV-1", "rating")
RETURNS = 300
# A hang would last for the minute that a file may take.
SECONDS = 10
# The command with a reader that hangs on some files, and says on its way how many have been read.
COMMAND = """
import sys
from unittest.mock import patch
from auditkit import cli
from auditkit.returns import collate, files
from tests.returns.deeds import begin_hanging
progress = files.Progress
def told(*args):
    print(args[0], flush=True)
    return progress(*args)
with patch.object(files, "Progress", told), patch.object(collate, "_begin", begin_hanging):
    cli.main()
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture(scope="module")
def round_(tmp_path_factory):
    round_ = small_round(tmp_path_factory.mktemp("interrupt") / "round")
    fill(round_, "A1", {LEAD: "● Green"}, "0.xlsx")
    content = (round_.returns / "0.xlsx").read_bytes()
    for n in range(1, RETURNS):
        (round_.returns / f"{n}.xlsx").write_bytes(content)
    collate(round_, round_.returns, as_at=ISSUED)
    return round_


def interrupted(round_, after, *how):
    """Collate, press Ctrl-C after so many files; return how it ended, what it said and how long that took."""
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "collate", str(round_.returns), "--jobs", "2", *how],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    with process:
        for _ in range(after):
            process.stdout.readline()
        pressed = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)[1]
        took = time.monotonic() - pressed
    # Nobody is left in the group; a reader of the cluster's sees only then that its worker is gone.
    until = time.monotonic() + (SECONDS if "--cluster" in how else 0)
    while time.monotonic() < until and exists(process.pid):
        time.sleep(0.05)
    assert not exists(process.pid)
    return process.returncode, said, took


def exists(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("after", "how"),
    [*((after, ()) for after in (1, 40, RETURNS - 1, RETURNS)), (40, ("--no-cache", "--cluster", "local"))],
)
def test_it_ends_at_once_and_leaves_the_last_master(round_, after, how):
    state = {path: path.read_bytes() for path in round_.folder.rglob("*") if path.is_file()}
    code, said, took = interrupted(round_, after, *how)
    assert (code, said.strip()) == (1, "Aborted!")
    assert took < SECONDS
    assert {path: path.read_bytes() for path in round_.folder.rglob("*") if path.is_file()} == state


def test_it_ends_at_once_while_files_hang(round_):
    state = round_.master.read_bytes()
    hangs = [round_.returns / name for name in ("1 hangs.xlsx", "9 hangs.xlsx")]
    for path in hangs:
        path.write_bytes(b"x")
    try:
        code, said, took = interrupted(round_, 100)
    finally:
        for path in hangs:
            path.unlink()
    assert (code, said.strip()) == (1, "Aborted!")
    assert took < SECONDS
    assert round_.master.read_bytes() == state
