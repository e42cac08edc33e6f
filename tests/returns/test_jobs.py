"""Files read by several processes at a time: the result is the same, whatever happens to them and when."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.guard import Limits
from auditkit.returns import drive, files, intake, pool, reading
from auditkit.returns.model import Return
from auditkit.returns.serve import Work
from auditkit.returns.worker import LostError
from tests.corpus.zips import zipped
from tests.returns import deeds
from tests.returns.filled import COMPLETE, codes, grids, saved

GOOD = saved(grids(COMPLETE))
LIMITS = Limits()
# What reading weighs: each file once as it is, and once as what is in it.
WEIGHT = 2 * len(GOOD)
posix = pytest.mark.skipif(sys.platform == "win32", reason="not on Windows")
own_pool = pytest.mark.usefixtures("own_pool")


def begin_here(
    delays: Mapping[str, float],
) -> Work[reading.Task, reading.Begun | Return]:
    """Begin to read in this process, which nothing ends."""

    def work(task: reading.Task) -> Generator[reading.Begun | Return, None, None]:
        try:
            each = partial(deeds.read, marks=None, delays={})
            yield from reading.read_file(task, each, LIMITS, intake.NO_PASSWORDS)
        except MemoryError:
            raise LostError("memory") from None
        except deeds.Gone:
            raise LostError("died") from None

    return work


def folder_of(top: Path, what: list[str | list[str]]) -> Path:
    folder = top / "returns"
    folder.mkdir()
    for n, deed in enumerate(what):
        if isinstance(deed, str):
            (folder / f"{n:02} {deed}.xlsx").write_bytes(GOOD)
        else:
            inside = {f"{m} {one}.xlsx": GOOD for m, one in enumerate(deed)}
            (folder / f"{n:02}.zip").write_bytes(zipped(inside))
    (folder / "~$lock.xlsx").write_bytes(b"x")
    return folder


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be work for a second worker as soon as there is a second file."""
    monkeypatch.setattr(pool, "EACH", 1)


one_file = st.sampled_from([*deeds.DEEDS, *["good"] * 10])


@posix
@settings(max_examples=8, deadline=None)
@given(
    what=st.lists(one_file | st.lists(one_file, min_size=1, max_size=4), min_size=1, max_size=10),
    jobs=st.integers(1, 3),
    late=st.lists(st.floats(0, 0.05), min_size=12, max_size=12),
)
def test_the_result_depends_on_neither_the_number_of_processes_nor_time(what, jobs, late) -> None:
    with tempfile.TemporaryDirectory() as top, pytest.MonkeyPatch.context() as patched:
        patched.setattr(pool, "EACH", 1)
        folder = folder_of(Path(top), what)
        delays = {one.file: late[n % len(late)] for n, one in enumerate(intake.find(folder))}
        wanted = files.read_all(intake.find(folder), partial(begin_here, delays), LIMITS, isolated=False)
        begun = partial(deeds.begin, Path(top), delays)
        assert files.read_all(intake.find(folder), begun, LIMITS, jobs=jobs) == wanted
    assert [one.file for one in wanted] == sorted(one.file for one in wanted)


@posix
@pytest.mark.usefixtures("many")
def test_every_file_comes_once_with_its_place_in_the_order_of_completion(tmp_path) -> None:
    folder = folder_of(tmp_path, ["good", "dies", *["good"] * 8])
    found = list(intake.find(folder))
    delays = {found[0].file: 1.0}
    reads = list(files.read_each(iter(found), partial(deeds.begin, tmp_path, delays), LIMITS, jobs=2))
    assert sorted(place for place, _ in reads) == list(range(len(found)))
    for place, (one,) in reads:
        assert one.file == found[place].file
    places = [place for place, _ in reads]
    assert places != sorted(places)


@posix
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_hangs_costs_itself_only(tmp_path, jobs) -> None:
    folder = folder_of(tmp_path, ["good"] * 9)
    (first, *_) = intake.find(folder)
    begun = partial(deeds.begin, tmp_path, {first.file: 600.0})
    found = files.read_all(intake.find(folder), begun, Limits(seconds=4.0), jobs=jobs)
    assert [codes(one) for one in found] == [["reader-slow"], *[[]] * 8, ["passed-over"]]


def beyond(one: Return) -> bool:
    return codes(one) == ["file-too-large"]


@settings(max_examples=8, deadline=None)
@given(
    count=st.integers(1, 14),
    jobs=st.integers(1, 3),
    late=st.lists(st.floats(0, 0.03), min_size=14, max_size=14),
    most=st.integers(0, 14),
)
def test_which_files_are_beyond_the_limit_of_a_run_depends_on_their_order_only(
    count, jobs, late, most
) -> None:
    limits = Limits(run_bytes=most * WEIGHT)
    with tempfile.TemporaryDirectory() as top, pytest.MonkeyPatch.context() as patched:
        patched.setattr(pool, "EACH", 1)
        folder = folder_of(Path(top), ["good"] * count)
        delays = {one.file: late[n % len(late)] for n, one in enumerate(intake.find(folder))}
        found = files.read_all(
            intake.find(folder), partial(deeds.begin, Path(top), delays), limits, jobs=jobs
        )
    *own, junk = found
    assert codes(junk) == ["passed-over"]
    # The file that goes beyond it is still read.
    assert [beyond(one) for one in own] == [n > most for n in range(count)]


@own_pool
def test_little_is_read_beyond_the_limit_of_a_run(tmp_path) -> None:
    folder = folder_of(tmp_path, ["good"] * 60)
    found = files.read_all(
        intake.find(folder), partial(deeds.begin_marking, tmp_path), Limits(run_bytes=WEIGHT), jobs=1
    )
    assert sum(beyond(one) for one in found) == 58
    assert len(list(tmp_path.glob("* good.xlsx"))) <= 2 + 2 * drive.AHEAD


def test_one_worker_does_what_it_does_at_once(tmp_path) -> None:
    folder = folder_of(tmp_path, ["good"] * (pool.EACH - 1))
    files.read_all(intake.find(folder), partial(deeds.begin_counted, tmp_path), LIMITS, jobs=8)
    assert len(list(tmp_path.glob("pid *"))) == 1


@own_pool
@pytest.mark.usefixtures("many")
def test_there_are_no_more_workers_than_wanted(tmp_path) -> None:
    folder = folder_of(tmp_path, ["good"] * 12)
    files.read_all(intake.find(folder), partial(deeds.begin_counted, tmp_path), LIMITS, jobs=2)
    assert len(list(tmp_path.glob("pid *"))) == 2


@pytest.mark.usefixtures("many")
def test_progress_counts_files_and_outcomes(tmp_path) -> None:
    folder = folder_of(tmp_path, ["good", ["good", "bug"], "bug"])
    told: list[tuple[int, int, dict[str, int]]] = []
    files.read_all(
        intake.find(folder),
        partial(deeds.begin, tmp_path, {}),
        LIMITS,
        jobs=2,
        on_file=lambda so_far: told.append((so_far.done, so_far.found, dict(so_far.outcomes))),
    )
    assert [done for done, _, _ in told] == [1, 2, 3, 4]
    assert told[-1] == (4, 4, {"accepted": 2, "rejected": 2, "passed over": 1})


@own_pool
def test_reading_begins_while_files_are_still_being_found(tmp_path) -> None:
    folder = folder_of(tmp_path, ["good"] * 2)
    first, *others = intake.find(folder)
    marks = tmp_path / "marks"
    marks.mkdir()

    def found() -> Iterator[intake.Found]:
        yield first
        until = time.monotonic() + 60
        while not list(marks.iterdir()) and time.monotonic() < until:
            time.sleep(0.01)
        assert list(marks.iterdir())
        yield from others

    returns = files.read_all(found(), partial(deeds.begin_marking, marks), LIMITS, jobs=2)
    assert [one.outcome for one in returns] == ["accepted", "accepted", "passed over"]
