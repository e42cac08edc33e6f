"""Whatever happens between runs, they give the same with what earlier ones kept as without."""

import datetime as dt
import os
import shutil
from functools import partial

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditkit import decisions, runs, standing
from auditkit import read as read_module
from auditkit.collate import collate
from auditkit.returns.collate import read_returns
from auditkit.round import load
from tests.corpus.zips import zipped
from tests.filling import fill
from tests.rounds import small_round

LEAD, EVIDENCE, DUE = ("GOV", "GOV-1", "rating"), ("GOV", "GOV-1", "evidence"), ("GOV", "GOV-1", "due")
NOW = dt.datetime(2026, 12, 1, tzinfo=dt.timezone.utc)
# What an officer may do between two runs: with the round's folder, and a number to choose by.
STEPS = {}


def step(function):
    STEPS[function.__name__] = function
    return function


@step
def add(folder, n):
    for name in sorted(path.name for path in (folder / "kept").iterdir())[n % 6 :][:1]:
        shutil.copy2(folder / "kept" / name, folder / "returns")


@step
def remove(folder, n):
    for path in sorted((folder / "returns").iterdir())[1:][n % 4 :][:1]:
        path.unlink()


@step
def rename(folder, n):
    for path in sorted((folder / "returns").iterdir())[n % 4 :][:1]:
        path.replace(path.with_name(f"{n % 3}{path.suffix}"))


@step
def decide(folder, n):
    round_ = load(folder)
    files = [one for one in read_module.read(round_, round_.returns, anew=True) if one.sha256]
    one = files[n % len(files)]
    kind, whose = [("accept", "A1"), ("accept", "A2"), ("exclude", "")][n % 3]
    decisions.add(
        round_, kind, who="Jo", now=NOW, why="So", file=one.file, sha256=one.sha256, recipient_id=whose
    )


@step
def undo(folder, n):
    round_ = load(folder)
    taken = [entry for entry in decisions.read(round_) if entry.kind != "undo"]
    undone = {entry.undoes for entry in decisions.read(round_)}
    for entry in [entry for entry in taken if entry.number not in undone][-1:]:
        decisions.undo(round_, entry.number, who="Jo", now=NOW)


@step
def define(folder, n):
    path = folder / "audit.yaml"
    words = ["A senior person leads.", "Somebody senior leads."]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(words[n % 2], words[1 - n % 2]), encoding="utf-8")


@step
def wait(folder, n):
    (folder / "day").write_text((dt.date(2026, 12, 15) + dt.timedelta(days=n % 5)).isoformat())


@step
def nothing(folder, n):
    pass


ALL = [
    ("add", 3),
    ("wait", 3),
    ("decide", 1),
    ("rename", 1),
    ("undo", 0),
    ("define", 0),
    ("add", 1),
    ("remove", 0),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A round with one return, and others in a folder beside."""
    round_ = small_round(tmp_path_factory.mktemp("made") / "round")
    green = {LEAD: "● Green", EVIDENCE: "Minutes", DUE: dt.date(2026, 12, 16)}
    kept = round_.folder / "kept"
    kept.mkdir()
    paths = [
        fill(round_, "A1", green, "a.xlsx"),
        fill(round_, "A1", {**green, LEAD: "■ Red"}, "b.xlsx", 60),
        fill(round_, "A2", green, "c.xlsx"),
    ]
    book = openpyxl.load_workbook(paths[2])
    del book["_auditkit"]
    book.save(round_.returns / "d.xlsx")
    (round_.returns / "e.zip").write_bytes(zipped({f"{p.name}": p.read_bytes() for p in paths[:2]}))
    (round_.returns / "f.pdf").write_bytes(b"%PDF-1.7")
    for path in round_.returns.iterdir():
        os.utime(path, (NOW.timestamp(),) * 2)
        shutil.copy2(path, kept)
    for path in sorted(round_.returns.iterdir())[1:]:
        path.unlink()
    (round_.folder / "day").write_text("2026-12-15")
    return round_.folder


@pytest.fixture(autouse=True)
def _in_this_process_at_one_time(monkeypatch):
    this_run = runs.this_run
    monkeypatch.setattr(read_module, "read_returns", partial(read_returns, isolated=False))
    monkeypatch.setattr(runs, "this_run", lambda files, at: this_run(files, NOW))


def master(folder, *, anew):
    """Collate as the command does, and return the master, and whether a run was made."""
    round_, day = load(folder), dt.date.fromisoformat((folder / "day").read_text())
    made_from = standing.made_from(folder, round_.returns, day)
    needed = anew or standing.unchanged(folder, made_from) is None
    if needed:
        collate(round_, round_.returns, as_at=day, anew=anew, made_from=made_from)
    return round_.master.read_bytes(), needed


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(taken=ALL)
@given(taken=st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 59)), min_size=1, max_size=8))
def test_runs_give_the_same_with_what_was_kept_as_without(made, tmp_path, taken):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(made, folder)
    for name, n in [("nothing", 0), *taken, ("nothing", 0)]:
        for folder in (one, other):
            STEPS[name](folder, n)
        found, needed = master(one, anew=False)
        assert found == master(other, anew=True)[0]
    assert not needed
