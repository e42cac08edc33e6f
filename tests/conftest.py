"""Fixtures that more than one test module uses. What they do is in the modules they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from distributed import Client

from auditkit.cluster import LOCAL, connected
from tests.apps import ooxml, pictures
from tests.apps.availability import require
from tests.apps.libreoffice import LibreOffice
from tests.cluster import shared


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
