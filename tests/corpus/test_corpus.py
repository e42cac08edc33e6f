"""All of the corpus in one returns folder beside 20 good returns: nothing is lost, and nothing gets out."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

import pytest
from distributed import Client

from auditkit.cluster import reading
from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.findings import said as in_words
from auditkit.returns.model import Return
from auditkit.round import Round
from tests.cluster.killing import killing, processes
from tests.corpus.case import Case
from tests.corpus.folder import GOOD, PASSWORD, VICTIM, Corpus, contents, evidence, shown

MOST_MEMORY = 1024**3
# What reads: one process, two, or two workers of a cluster of which one is ended in the middle.
WAYS = ("--jobs 1", "--jobs 2", "--cluster")
posix = pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")


@dataclass(frozen=True)
class Run:
    """The corpus as it was read."""

    round: Round
    table: tuple[Case, ...]
    returns: dict[str, Return]
    seconds: float
    before: dict[str, tuple[int, int]]
    after: dict[str, tuple[int, int]]


@pytest.fixture(scope="module")
def runs(corpus: Corpus, cluster: Client) -> dict[str, Run]:
    """Read the corpus in every way."""
    top, round_ = corpus.top, corpus.round
    before = contents(top)
    runs = {}
    for way in WAYS:
        clustered = way == "--cluster"
        workers = processes(cluster)
        began = time.monotonic()
        read = read_returns(
            round_.returns,
            Basis(round_.audit, round_.recipients, round_.settings.id, round_.key(), passwords=[PASSWORD]),
            jobs=2 if way == "--jobs 2" else 1,
            elsewhere=reading(cluster) if clustered else None,
            on_file=killing(cluster, after=50) if clustered else None,
        )
        seconds = time.monotonic() - began
        assert len({r.file for r in read}) == len(read)
        by_file = {r.file: r for r in read}
        assert clustered == (processes(cluster) != workers)
        runs[way] = Run(round_, corpus.table, by_file, seconds, before, contents(top))
    return runs


@pytest.fixture(params=WAYS)
def run(request: pytest.FixtureRequest, runs: dict[str, Run]) -> Run:
    return runs[request.param]


def test_the_corpus_is_large_enough(run: Run) -> None:
    families = {case.name.split("/")[0] for case in run.table}
    assert len(families) > 10
    assert len([case for case in run.table if not case.name.startswith("flips/")]) >= 150


def test_who_reads_makes_no_difference(runs: dict[str, Run]) -> None:
    one, two, clustered = (list(run.returns.values()) for run in runs.values())
    assert one == two == clustered


def test_every_good_answer_arrives(run: Run) -> None:
    for n in range(1, GOOD + 1):
        one = run.returns[f"good {n}.xlsx"]
        assert (one.outcome, one.recipient_id) == ("accepted", f"A{n}")
        texts = {a.column_key: a.value for a in one.answers if a.block == "GOV"}
        assert texts["evidence"] == evidence(n)


def test_every_file_has_its_outcome(run: Run) -> None:
    wrong = []
    for case in run.table:
        name = shown(case.name)
        found = {
            file: one for file, one in run.returns.items() if file == name or file.startswith(f"{name}/")
        }
        if "*" in case.expected:
            wanted = dict.fromkeys(found, case.expected["*"])
        else:
            wanted = {name + inner: said for inner, said in case.expected.items()}
        if not found or found.keys() != wanted.keys():
            wrong.append(f"{case.name}: {sorted(found)[:5]} instead of {sorted(wanted)[:5]}")
            continue
        for file, (outcomes, codes) in wanted.items():
            own = {finding.code for finding in found[file].findings}
            if found[file].outcome not in outcomes:
                wrong.append(f"{file}: {found[file].outcome} ({own}) instead of {set(outcomes)}")
            elif found[file].outcome != "superseded" and codes and not codes & own:
                wrong.append(f"{file}: {own} instead of {set(codes)}")
    assert not wrong, "\n".join(wrong)


def test_nothing_that_was_read_from_a_broken_file_is_wrong(run: Run) -> None:
    for one in run.returns.values():
        if one.outcome in ("accepted", "superseded") and one.recipient_id == VICTIM:
            typed = {a.column_key: a.typed for a in one.answers if a.block == "GOV"}
            assert typed == {} or typed["evidence"] == "Not to be lost", one.file


def test_every_outcome_can_be_told_in_words(run: Run) -> None:
    for one in run.returns.values():
        if one.outcome in ("held", "rejected", "passed over"):
            assert one.findings, one.file
        for finding in one.findings:
            assert in_words(finding).happened
            assert "not-read" not in finding.code, (one.file, finding.data)


@posix
def test_links_pipes_and_what_may_not_be_read(run: Run) -> None:
    special = {f: r for f, r in run.returns.items() if f.startswith("special/")}
    assert {f: r.outcome for f, r in special.items() if "locked" not in f} == {
        "special/fifo.xlsx": "rejected",
        "special/link.xlsx": "held",
        "special/folder": "held",
        "special/loop": "held",
        "special/gone": "held",
    }
    if os.geteuid() != 0:
        assert [f.code for f in special["special/locked away.xlsx"].findings] == ["file-unopenable"]


def test_nothing_is_written_changed_or_removed(run: Run) -> None:
    assert run.after == run.before


@posix
def test_no_process_takes_a_gigabyte(run: Run) -> None:
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF):
        assert resource.getrusage(who).ru_maxrss * unit < MOST_MEMORY


def test_the_run_takes_time_in_proportion(run: Run) -> None:
    assert run.seconds < 60
