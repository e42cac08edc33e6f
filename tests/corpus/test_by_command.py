"""The corpus beside 20 good returns, collated as an officer does: by the command, into a master."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditkit.master.book import clean
from tests.corpus.folder import GOOD, Corpus, contents, evidence, shown
from tests.end_to_end.reading import rows
from tests.rounds import forget

MOST_MEMORY = 1024**3
OUTCOMES = {"accepted", "superseded", "held", "rejected", "passed over"}
# What collating writes, all of it in the round's folder.
WRITTEN = {"round/master.xlsx", "round/master", "round/.auditkit"}
WAYS = ("--jobs 1", "--jobs 2", "--cluster local --jobs 2")
# Size and time of everything, and the digest of every file.
State = tuple[dict[str, tuple[int, int]], dict[str, str]]


@dataclass(frozen=True)
class Collated:
    """What the command gave, and the folder before and after."""

    code: int
    errors: str
    counts: dict[str, Any]
    seconds: float
    before: State
    after: State
    master: bytes


def state(top: Path) -> State:
    files = (
        path for path in top.rglob("*") if stat.S_ISREG(path.lstat().st_mode) and os.access(path, os.R_OK)
    )
    digests = {os.fsdecode(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return contents(top), digests


@pytest.fixture(scope="module", params=WAYS)
def collated(corpus: Corpus, request: pytest.FixtureRequest) -> Collated:
    forget(corpus.round.folder)
    # Were anything left in the home folder or among temporary files, it would show beside the round.
    for name in ("home", "temporary"):
        (corpus.top / name).mkdir(exist_ok=True)
    places = {
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(corpus.top / "temporary")),
        **dict.fromkeys(("HOME", "USERPROFILE"), str(corpus.top / "home")),
    }
    how = [*request.param.split(), "--as-at", "2026-12-18", "--json"]
    command = [sys.executable, "-m", "auditkit", "collate", str(corpus.round.returns), *how]
    before = state(corpus.top)
    began = time.monotonic()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=corpus.top,
        env={**os.environ, **places},
    )
    seconds = time.monotonic() - began
    counts = json.loads(done.stdout)
    master = corpus.round.master.read_bytes()
    return Collated(done.returncode, done.stderr, counts, seconds, before, state(corpus.top), master)


@pytest.fixture(scope="module")
def masters() -> list[bytes]:
    """The masters of all ways so far."""
    return []


@pytest.fixture(scope="module")
def returns(collated: Collated, corpus: Corpus) -> dict[str, dict[str, Any]]:
    """Return the rows of the master's sheet Returns by file."""
    listed = rows(corpus.round.master, "Returns")
    by_file = {row["File"]: row for row in listed}
    assert len(by_file) == len(listed) == collated.counts["returns"]
    return by_file


def test_the_master_is_written_and_something_needs_a_decision(collated: Collated, corpus: Corpus) -> None:
    assert (collated.code, collated.errors) == (3, "")
    assert Path(collated.counts["master"]) == corpus.round.master


def test_the_master_is_the_same_whoever_reads(collated: Collated, masters: list[bytes]) -> None:
    masters.append(collated.master)
    assert len(set(masters)) == 1


def test_the_outcomes_add_up(collated: Collated) -> None:
    counts = collated.counts
    outcomes = ("accepted", "superseded", "held", "rejected", "passed_over")
    assert counts["returns"] == sum(counts[name] for name in outcomes)
    standings = ("returned", "partly", "nil_return", "not_returned")
    assert counts["recipients"] == sum(counts[name] for name in standings) == GOOD + 1


def test_every_good_answer_is_in_the_master(corpus: Corpus, returns: dict[str, dict[str, Any]]) -> None:
    answered: dict[str, list[dict[str, Any]]] = {}
    for row in rows(corpus.round.master, "Answers"):
        answered.setdefault(row["Recipient ID"], []).append(row)
    for n in range(1, GOOD + 1):
        row = returns[f"good {n}.xlsx"]
        assert (row["Outcome"], row["Recipient ID"]) == ("accepted", f"A{n}")
        assert row["Author"] == f"Author of A{n}"
        (answer,) = (one for one in answered[f"A{n}"] if one["Evidence"] or one["Rating"])
        assert (answer["Question ID"], answer["Rating"]) == ("GOV-1", "● Green")
        assert answer["Evidence"] == evidence(n)


def test_every_bad_file_stands_there_with_its_outcome(
    corpus: Corpus, returns: dict[str, dict[str, Any]]
) -> None:
    assert {row["Outcome"] for row in returns.values()} <= OUTCOMES
    wrong = []
    for case in corpus.table:
        name = clean(shown(case.name))
        if not any(file == name or file.startswith(f"{name}/") for file in returns):
            wrong.append(f"{case.name}: not there")
        for inner, (outcomes, _) in case.expected.items():
            row = returns.get(f"{name}{clean(inner)}", {})
            if inner != "*" and row.get("Outcome") not in outcomes:
                wrong.append(f"{name}{inner}: {row.get('Outcome')} instead of {set(outcomes)}")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_written_outside_the_round_and_nothing_changed_in_it(collated: Collated) -> None:
    (before, bytes_before), (after, bytes_after) = collated.before, collated.after
    new = {name for name in after.keys() - before.keys() if "/".join(name.split("/")[:2]) not in WRITTEN}
    # What is new changes the time of the folder that it is in.
    own = {"round", "round/.auditkit", "temporary"}
    changed = {name for name in before if after.get(name) != before[name] and name not in own}
    assert (new, changed) == (set(), set())
    assert {path: bytes_after.get(path) for path in bytes_before} == bytes_before


@pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")
def test_no_process_takes_a_gigabyte(collated: Collated) -> None:
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit < MOST_MEMORY


def test_the_run_takes_time_in_proportion(collated: Collated) -> None:
    assert collated.seconds < 60
