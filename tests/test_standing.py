"""A run in which nothing changed leaves the master alone, and any change makes a run."""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from functools import partial

import openpyxl
import pytest
from click.testing import CliRunner

from auditkit import decisions, program, standing
from auditkit.cli import group
from auditkit.errors import AuditkitError
from auditkit.returns.worker import LostError, Worker
from auditkit.round import load
from tests.filling import fill
from tests.rounds import small_round

LEAD, EVIDENCE, DUE = ("GOV", "GOV-1", "rating"), ("GOV", "GOV-1", "evidence"), ("GOV", "GOV-1", "due")
AS_AT = dt.date(2026, 12, 18)
NOTHING = "Nothing has changed since"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A round that was collated: one return is accepted, two files are held."""
    round_ = small_round(tmp_path_factory.mktemp("made") / "round")
    fill(round_, "A1", {LEAD: "● Green", EVIDENCE: "Minutes", DUE: dt.date(2026, 12, 17)}, "a.xlsx")
    path = fill(round_, "A2", {LEAD: "▲ Amber", EVIDENCE: "None yet"}, "b.xlsx")
    book = openpyxl.load_workbook(path)
    del book["_auditkit"]
    book.save(path)
    (round_.returns / "scan.pdf").write_bytes(b"%PDF-1.7")
    command(round_.folder)
    return round_.folder


@pytest.fixture
def folder(made, tmp_path):
    """A copy of it, to the time of every file."""
    return shutil.copytree(made, tmp_path / "copy")


def command(folder, *options):
    arguments = ["collate", str(folder / "returns"), "--as-at", AS_AT.isoformat(), *options]
    result = CliRunner().invoke(group, arguments)
    assert result.exit_code == 3, result.output or result.exception
    return result.output


def test_nothing_changed_and_nothing_is_done(folder, monkeypatch):
    def files():
        return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}

    monkeypatch.setattr(Worker, "start", lambda self: pytest.fail("a worker was started"))
    before = files()
    said = command(folder)
    assert said.startswith(NOTHING)
    assert "; the master is as it was\n" in said
    assert "1 of 2 recipients replied" in said
    assert "1 accepted, 0 superseded, 2 held" in said
    assert "decide on what is held" in said
    assert "look into the queries" in said
    assert said.splitlines()[-1] == f"Master: {folder / 'master.xlsx'}"
    assert files() == before


def test_the_figures_are_those_of_the_run_before(folder):
    unchanged = json.loads(command(folder, "--json"))
    assert unchanged == json.loads(command(folder, "--json", "--no-cache"))
    assert NOTHING in command(folder)


def test_nothing_heavy_is_loaded_for_it(folder):
    code = (
        "import atexit, sys; from auditkit.cli import group; "
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); group(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, "collate", str(folder / "returns"), "--as-at", AS_AT.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert NOTHING in done.stdout
    assert not {"pandas", "openpyxl", "xlsxwriter", "auditkit.collate"} & set(done.stderr.split())


def again(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def decide(folder):
    now = dt.datetime.now(dt.timezone.utc)
    decisions.add(load(folder), "exclude", who="Jo", now=now, why="Twice", sha256="0" * 64)


CHANGES = {
    "a return's content": lambda folder: (folder / "returns/scan.pdf").write_bytes(b"%PDF-1.8"),
    "a return's time": lambda folder: os.utime(folder / "returns/a.xlsx", (1_790_000_060,) * 2),
    "a return's name": lambda folder: (folder / "returns/a.xlsx").rename(folder / "returns/c.xlsx"),
    "one return more": lambda folder: (folder / "returns/new.pdf").write_bytes(b"%PDF-1.7"),
    "one return less": lambda folder: (folder / "returns/scan.pdf").unlink(),
    "a file that is passed over": lambda folder: (folder / "returns/~$a.xlsx").write_bytes(b"x"),
    "a decision": decide,
    "the definition": lambda folder: again(folder / "audit.yaml", "A small audit", "A small audit again"),
    "a second definition": lambda folder: (folder / "audit.xlsx").write_bytes(b""),
    "the register": lambda folder: again(folder / "register.csv", "Sam Oduya", "Kit Marlowe"),
    "a second register": lambda folder: (folder / "register.xlsx").write_bytes(b""),
    "the settings": lambda folder: again(folder / "round.yaml", "Small audit", "Smaller audit"),
    "what was issued": lambda folder: again(folder / ".auditkit/issued.json", "2026-09-07", "2026-09-06"),
    "an edition": lambda folder: (folder / ".auditkit/editions/0.json").write_bytes(b"{}"),
    "the key": lambda folder: (folder / ".auditkit/key").write_text("ab" * 32, encoding="ascii"),
    "the record of runs": lambda folder: (folder / ".auditkit/runs.store").unlink(),
    "the record of how it stood": lambda folder: (folder / ".auditkit/standing.json").unlink(),
    "a damaged record": lambda folder: (folder / ".auditkit/standing.json").write_bytes(b"[1]"),
    "a figure typed into the record": lambda folder: again(
        folder / ".auditkit/standing.json", '"held": 2', '"held": 0'
    ),
    "a table deleted": lambda folder: (folder / "master/answers.csv").unlink(),
    "a table edited": lambda folder: (folder / "master/answers.csv").write_bytes(b"mine"),
    "no master": lambda folder: (folder / "master.xlsx").unlink(),
    "an edited master": lambda folder: (folder / "master.xlsx").write_bytes(b"mine"),
    "a master open in Excel": lambda folder: (folder / "~$master.xlsx").write_bytes(b"x"),
    "a master open in LibreOffice": lambda folder: (folder / ".~lock.master.xlsx#").write_bytes(b"x"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_makes_a_run(folder, change):
    made_from = partial(standing.made_from, folder, folder / "returns", AS_AT)
    assert standing.unchanged(folder, made_from()) is not None
    change(folder)
    assert standing.unchanged(folder, made_from()) is None


def test_another_day_or_program_makes_a_run(folder, monkeypatch):
    made_from = partial(standing.made_from, folder, folder / "returns")
    then = made_from(AS_AT)
    assert made_from(AS_AT + dt.timedelta(days=1)) != then
    monkeypatch.setattr(program, "digest", lambda: "another")
    assert made_from(AS_AT) != then


def test_what_cant_be_looked_at_makes_a_run(folder):
    (folder / "returns/empty.xlsx").write_bytes(b"")
    assert standing.made_from(folder, folder / "returns", AS_AT) is not None
    with (folder / "returns/huge.xlsx").open("wb") as huge:
        huge.truncate(60 * 1024 * 1024)
    assert standing.made_from(folder, folder / "returns", AS_AT) is None
    assert NOTHING not in command(folder)
    assert NOTHING not in command(folder)


def test_after_a_change_there_is_one_run(folder):
    (folder / "returns/scan.pdf").unlink()
    assert NOTHING not in command(folder)
    assert NOTHING in command(folder)
    assert NOTHING not in command(folder, "--no-cache")


def test_a_run_with_typed_passwords_is_always_made(folder, monkeypatch):
    monkeypatch.setattr(
        "auditkit.commands.collate.asked_passwords", lambda ask: ("larch-tarn",) if ask else ()
    )
    assert NOTHING not in command(folder, "--ask-passwords")
    (folder / "returns/scan.pdf").unlink()
    assert NOTHING not in command(folder, "--ask-passwords")
    assert NOTHING not in command(folder)


def test_what_may_be_the_computers_fault_is_tried_again(folder, monkeypatch):
    (folder / "returns/c.xlsx").write_bytes((folder / "returns/a.xlsx").read_bytes())

    def busy(self, item):
        raise LostError("slow")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(Worker, "results", busy)
        assert "1 accepted, 0 superseded, 2 held, 1 rejected" in command(folder)
    assert "1 accepted, 1 superseded" in command(folder)
    assert NOTHING in command(folder)


def test_a_folder_that_isnt_there_is_named_as_ever(folder):
    shutil.rmtree(folder / "returns")
    result = CliRunner().invoke(group, ["collate", str(folder / "returns")])
    assert isinstance(result.exception, AuditkitError)
    assert "There is no folder" in str(result.exception)
