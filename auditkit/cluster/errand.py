"""What is sent to a task of the cluster, and what it says became of it.

Dask writes into its logs what a task was given and the text of the error that it ended with. The logs are
read by others, so neither ever has an answer or a password in it: what is sent doesn't show its content, and
errors come back as data.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from auditkit import program
from auditkit.errors import AuditkitError
from auditkit.returns import pipe


@dataclass(frozen=True)
class Sent:
    """What a task is given: a pickle of this computer's, and the program that it comes from."""

    program: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Said:
    """What became of it.

    It was ``done``, and this is ``what`` came of it. Or it can't be done, here or anywhere: ``another``
    program is installed, or there is a ``reason`` in words. Or it ``failed`` here, by an error of this type.
    """

    how: Literal["done", "another", "reason", "failed"]
    what: Any = field(default=None, repr=False)
    reason: str = ""


def sent(what: object) -> Sent:
    """Return something as a task is given it."""
    return Sent(program.digest(), pipe.message(what))


def done(given: Sent, work: Callable[[Any], object]) -> bytes:
    """Do what a task is for; it never raises.

    Args:
        given: What it is done with.
        work: What does it.

    Returns:
        A :class:`Said`, as a message of :mod:`auditkit.returns.pipe`.
    """
    if program.digest() != given.program:
        return pipe.message(Said("another"))
    try:
        return pipe.message(Said("done", work(pickle.loads(given.content))))
    except AuditkitError as error:
        return pipe.message(Said("reason", reason=str(error)))
    except Exception as error:
        return pipe.message(Said("failed", reason=type(error).__name__))
