"""Whatever stops a run: what is there is whole, the returns are untouched, and the next run is right."""

import contextlib
import gc
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest

from auditkit import files, master
from auditkit.collate import collate
from auditkit.errors import AuditkitError
from auditkit.tables import build
from auditkit.workbook.log import read_log
from tests.filling import fill
from tests.master.rounds import section11
from tests.rounds import ISSUED, REGISTER, small_round

NO_MASTER = r"master\.xlsx can't be written \(File too large\)"
# How often collate is killed, at moments spread over all of its run.
KILLED = 50
SEED = 20_260_907
LEAD, EVIDENCE = ("GOV", "GOV-1", "rating"), ("GOV", "GOV-1", "evidence")
# And how often generate is.
GENERATE_KILLED = 8
# One process does all runs: each is a fork that has loaded everything, so that moments fall inside the work.
FORKS = """
import datetime as dt, os, sys, time
from pathlib import Path
import auditkit.master, openpyxl, pandas, pydantic, xlsxwriter
from auditkit.collate import collate
from auditkit.round import load
from auditkit.workbook.issue import generate
folder = Path(sys.argv[1])
round_ = load(folder)
for line in sys.stdin:
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        if sys.argv[2] == "generate":
            generate(round_, today=dt.date(2026, 9, 7))
        else:
            collate(round_, round_.returns, as_at=dt.date(2026, 9, 7))
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals and limits")


@pytest.fixture
def round_(tmp_path):
    round_ = small_round(tmp_path / "round")
    fill(round_, "A1", {LEAD: "● Green", EVIDENCE: "Minutes"}, "a.xlsx", 0)
    fill(round_, "A1", {LEAD: "■ Red"}, "late/a.xlsx", 60)
    fill(round_, "A2", {LEAD: "▲ Amber"}, "h.xlsx")
    (round_.returns / "scan.pdf").write_bytes(b"%PDF-1.7")
    return round_


def untouched(round_):
    """Return every file of the returns folder: its content, and when it was changed."""
    return {
        path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(round_.returns.rglob("*"))
        if path.is_file()
    }


def run(round_):
    return collate(round_, round_.returns, as_at=ISSUED)


class Runs:
    """Runs of a command in processes of their own."""

    def __init__(self, round_, what="collate"):
        command = [sys.executable, "-c", FORKS, str(round_.folder), what]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, kill_after=None):
        """Run it, and kill it after some seconds; return how it ended and how long it took."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        child = int(self.process.stdout.readline())
        began = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        return int(self.process.stdout.readline()), time.monotonic() - began

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def test_killed_at_any_moment(round_):
    before = untouched(round_)
    run(round_)
    runs = Runs(round_)
    try:
        status, whole = runs.run()
        assert status == 0
        wanted = round_.master.read_bytes()
        moments = random.Random(SEED)
        killed = 0
        for n in range(KILLED):
            moment = whole * (n + moments.random()) / KILLED
            status, _ = runs.run(kill_after=moment)
            killed += status != 0
            assert round_.master.read_bytes() == wanted, moment
            assert untouched(round_) == before, moment
    finally:
        runs.close()
    assert killed > KILLED / 2
    assert run(round_).as_json()["accepted"] == 2
    assert round_.master.read_bytes() == wanted
    assert not (round_.private / "lock").exists()
    assert [path.name for path in round_.folder.rglob("*") if path.name.endswith(files.SCRATCH)] == []


def test_killed_before_there_is_any_master(round_):
    runs = Runs(round_)
    try:
        runs.run(kill_after=0.05)
        assert not round_.master.exists() or round_.master.stat().st_size > 5_000
        assert runs.run()[0] == 0
    finally:
        runs.close()
    assert round_.master.stat().st_size > 5_000


@contextlib.contextmanager
def full_disk(bytes_):
    """Let no file become longer, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_disk_that_is_full(round_):
    run(round_)
    wanted = round_.master.read_bytes()
    fill(round_, "A2", {LEAD: "● Green"}, "h.xlsx", 90)
    before = untouched(round_)
    with full_disk(4_000), pytest.raises(AuditkitError, match=NO_MASTER):
        run(round_)
    assert (round_.master.read_bytes(), untouched(round_)) == (wanted, before)
    run(round_)
    assert round_.master.read_bytes() != wanted
    assert sorted(path.name for path in round_.folder.glob("master*")) == ["master", "master.xlsx"]


@pytest.mark.parametrize("bytes_", [0, 4_000, 16_000])
def test_no_zip_is_left_open_by_a_full_disk(tmp_path, bytes_):
    """Whenever Python got round to closing it, it would write into a file that is closed already."""
    tables = build(section11())
    with full_disk(bytes_), pytest.raises(AuditkitError, match=NO_MASTER) as failed:
        master.write(tmp_path / "master.xlsx", tables)
    zips = (each for each in gc.get_objects() if isinstance(each, zipfile.ZipFile))
    assert [each for each in zips if each.mode == "w" and each.fp] == [], failed.value
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_only_be_read(round_, monkeypatch):
    """As root every folder can be written to, so the refusal is put in place of the system's."""
    run(round_)
    wanted, before = round_.master.read_bytes(), untouched(round_)
    real = files.tempfile.mkstemp

    def refuse(*args, dir, **more):
        if dir == round_.folder:
            raise PermissionError(13, "Permission denied")
        return real(*args, dir=dir, **more)

    monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
    with pytest.raises(AuditkitError, match=r"can't be written to \(Permission denied\)"):
        run(round_)
    assert (round_.master.read_bytes(), untouched(round_)) == (wanted, before)
    assert not (round_.private / "lock").exists()
    monkeypatch.undo()
    run(round_)


def test_collating_twice_gives_the_same_master(round_):
    run(round_)
    once = round_.master.read_bytes()
    state = {path: path.read_bytes() for path in round_.private.rglob("*") if path.is_file()}
    run(round_)
    assert round_.master.read_bytes() == once
    assert {path: path.read_bytes() for path in round_.private.rglob("*") if path.is_file()} == state


def test_generate_killed_at_any_moment(tmp_path):
    more = "".join(f"B{n},Agency {n},Health,,,\n" for n in range(400))
    round_ = small_round(tmp_path / "round", register=REGISTER + more)
    ids = sorted(recipient.id for recipient in round_.recipients)
    runs = Runs(round_, "generate")

    def start_again():
        shutil.rmtree(round_.workbooks)
        round_.log.unlink(missing_ok=True)

    try:
        start_again()
        status, whole = runs.run()
        assert status == 0
        moments = random.Random(SEED)
        cut_short = 0
        for n in range(GENERATE_KILLED):
            start_again()
            runs.run(kill_after=whole * (n + moments.random()) / GENERATE_KILLED)
            made = (
                {path.name for path in round_.workbooks.glob("*.xlsx")}
                if round_.workbooks.exists()
                else set()
            )
            assert made <= {entry.file for entry in read_log(round_)}
            cut_short += 0 < len(made) < len(ids)
            assert runs.run()[0] == 0
            log = read_log(round_)
            assert (sorted(entry.recipient_id for entry in log), {e.issue for e in log}) == (ids, {1})
            assert {path.name for path in round_.workbooks.glob("*.xlsx")} == {entry.file for entry in log}
    finally:
        runs.close()
    assert cut_short > 0
