"""What the tests of last time share: most read in their own process, which takes no time to start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.packs import read_here


@pytest.fixture(scope="module")
def in_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        yield
