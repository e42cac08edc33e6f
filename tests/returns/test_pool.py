"""Work handed out to several workers: in tests of its own, without processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from auditkit.returns import pool
from auditkit.returns.pool import EACH, Items, each


class Closing:
    """Stands for a worker, of which the pool itself knows only that it can be closed."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.closed = threading.Event()

    def close(self) -> None:
        self.closed.set()


def doubled(worker: Any, items: Items[int]) -> Iterator[int]:
    worker.threads.add(threading.get_ident())
    while (item := items.take(wait=True)) is not None:
        yield 2 * item


def workers(count: int) -> list[Any]:
    return [Closing() for _ in range(count)]


@pytest.mark.parametrize("count", [0, 1, EACH, EACH + 1, 10 * EACH])
def test_everything_is_done_once_with_as_many_workers_as_there_is_work_for(count: int) -> None:
    made = workers(3)
    assert sorted(each(iter(range(1, count + 1)), doubled, made)) == [2 * n for n in range(1, count + 1)]
    assert sum(bool(one.threads) for one in made) == min(3, -(-count // EACH))
    assert all(one.closed.is_set() for one in made)


def test_results_come_while_there_is_still_more_to_be_found() -> None:
    first = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        assert first.wait(20)
        yield 2

    def drive(worker: Any, items: Items[int]) -> Iterator[int]:
        for result in doubled(worker, items):
            yield result
            first.set()

    assert list(each(items(), drive, workers(1))) == [2, 4]


def test_what_goes_wrong_in_a_thread_goes_wrong_here() -> None:
    def drive(worker: Any, items: Items[int]) -> Iterator[int]:
        yield 2 * (items.take(wait=True) or 0)
        raise ZeroDivisionError

    made = workers(2)
    results = each(range(1, 100), drive, made)
    with pytest.raises(ZeroDivisionError):
        list(results)
    assert all(one.closed.is_set() for one in made)


def test_what_goes_wrong_while_finding_ends_the_threads() -> None:
    def items() -> Iterator[int]:
        yield from range(1, 100)
        raise ZeroDivisionError

    made = workers(2)
    with pytest.raises(ZeroDivisionError):
        list(each(items(), doubled, made))
    assert not living(made)


def test_giving_up_closes_workers_and_ends_threads() -> None:
    def drive(worker: Any, items: Items[int]) -> Iterator[int]:
        for result in doubled(worker, items):
            yield result
            worker.closed.wait(20)  # as one does whose process is busy

    made = workers(2)
    results = each(range(1, 100), drive, made)
    next(results)
    results.close()
    assert all(one.closed.is_set() for one in made)
    assert not living(made)


def living(made: list[Any]) -> set[int | None]:
    return {thread.ident for thread in threading.enumerate()} & {i for one in made for i in one.threads}


def test_waiting_goes_on_for_as_long_as_it_takes(monkeypatch) -> None:
    monkeypatch.setattr(pool, "WAKE", 0.01)

    def drive(worker: Any, items: Items[int]) -> Iterator[int]:
        for result in doubled(worker, items):
            time.sleep(0.05)
            yield result

    assert list(each([1, 2], drive, workers(1))) == [2, 4]


def test_taking_without_waiting() -> None:
    items: Items[str] = Items()
    assert items.take(wait=False) is None
    items.add("a")
    items.end()
    assert items.take(wait=False) == "a"
    assert items.take(wait=True) is items.take(wait=False) is None


def test_the_cores_that_may_be_used(monkeypatch) -> None:
    assert pool.cores() >= 1
    monkeypatch.delattr(pool.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(pool.os, "cpu_count", lambda: None)
    assert pool.cores() == 1
