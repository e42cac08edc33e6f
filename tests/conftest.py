"""Fixtures that more than one test module uses. What they do is in the modules they come from."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from auditkit.cluster import LOCAL, connected, reading
from auditkit.returns import files
from tests.apps import ooxml, pictures
from tests.apps.availability import require
from tests.apps.libreoffice import LibreOffice
from tests.cluster import shared
from tests.cluster.killing import killing

WAYS = ("jobs-1", "jobs-2", "cluster")
# The test files in which a worker of the cluster was lost already.
LOST = pytest.StashKey[set[Path]]()


def pytest_configure() -> None:
    """Let Ctrl-C do what it does outside tests: processes that share out tests ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let every test that reads returns do so in one way: ``pytest tests/returns --reading cluster``."""
    parser.addoption("--reading", choices=WAYS, help="who reads returns where a test leaves it open")


@pytest.fixture(autouse=True)
def _reading(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in the way that was asked for; on a cluster one of its workers is lost in each test file."""
    way = request.config.getoption("--reading")
    if way is None:
        return
    kept = request.config.stash.setdefault(LOST, set())
    read_all = files.read_all
    client = request.getfixturevalue("cluster") if way == "cluster" else None

    def read(*given: Any, **also: Any) -> Any:
        if not also.get("isolated", True) or also.get("elsewhere") is not None:
            return read_all(*given, **also)
        if client is None:
            return read_all(*given, **{**also, "jobs": WAYS.index(way) + 1})
        on_file = also.get("on_file")
        if request.path not in kept:
            kept.add(request.path)
            on_file = _both(killing(client, after=1), on_file or (lambda _: None))
        return read_all(*given, **{**also, "elsewhere": reading(client), "on_file": on_file})

    monkeypatch.setattr("auditkit.returns.collate.files.read_all", read)


def _both(first: files.OnFile, then: files.OnFile) -> files.OnFile:
    def on_file(progress: files.Progress) -> None:
        first(progress)
        then(progress)

    return on_file


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """LibreOffice, started once: ``with libreoffice.open(path) as book``."""
    require("libreoffice")
    with LibreOffice() as office:
        yield office


@pytest.fixture(scope="session")
def cluster() -> Iterator[Client]:
    """A cluster of two processes of this computer, started once."""
    with connected(LOCAL, 2) as client:
        client.register_plugin(shared.Known())
        yield client


@pytest.fixture(scope="session")
def ooxml_errors() -> Callable[[Iterable[Path]], dict[Path, list[str]]]:
    """Errors by file, as Microsoft's Open XML SDK sees them: ``assert ooxml_errors([path]) == {}``."""
    require("validator")
    return ooxml.errors


@pytest.fixture(scope="session")
def pages() -> Callable[..., list[Path]]:
    """Pictures of a PDF's pages: ``pages(pdf, folder)``."""
    require("poppler")
    return pictures.pages
