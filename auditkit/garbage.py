"""Python's search for garbage, and when it is a waste of time."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from searching for garbage in a block that makes much plain data.

    Plain data has none that isn't freed at once, and looking through it again and again takes a fifth of the
    time or more.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
