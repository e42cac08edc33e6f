"""What the tests of carrying share: most read in their own process, which takes no time to start."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from auditkit.returns.files import read_all
from tests.packs import read_here


@pytest.fixture(scope="module")
def in_process() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_here(patch)
        patch.setattr("auditkit.carry.theirs.read_all", partial(read_all, isolated=False))
        yield
