from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from auditkit.returns.basis import Basis
from auditkit.returns.collate import read_returns
from auditkit.returns.model import Return
from tests.returns.filled import AUDIT, KEY, RECIPIENTS, ROUND, Grids, saved


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Put a file into the returns folder: ``put("a.xlsx", cells)``, its time in seconds if it matters."""

    def put_(name: str, what: Grids | bytes, time: float | None = None) -> Path:
        path = tmp_path / "returns" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(what if isinstance(what, bytes) else saved(what))
        if time is not None:
            os.utime(path, (time, time))
        return path

    return put_


@pytest.fixture
def collate(tmp_path: Path) -> Callable[[], tuple[Return, ...]]:
    """Collate what was put, in this process: quicker, and what is patched holds."""
    return lambda: read_returns(tmp_path / "returns", Basis(AUDIT, RECIPIENTS, ROUND, KEY), isolated=False)


@pytest.fixture
def read(
    put: Callable[..., Path], collate: Callable[[], tuple[Return, ...]]
) -> Callable[[Grids | bytes], Return]:
    """Read one file."""

    def read_(what: Grids | bytes) -> Return:
        put("a.xlsx", what)
        (one,) = collate()
        return one

    return read_


@pytest.fixture
def own_pool(request: pytest.FixtureRequest) -> None:
    """Leave out a test of how the pool of this computer shares out files, where others read instead."""
    if request.config.getoption("--reading"):
        pytest.skip("--reading says who reads, and this is about the workers that a test asks for itself")
