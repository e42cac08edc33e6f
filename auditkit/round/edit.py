"""Changing days in ``round.yaml`` without touching anything else that stands there."""

from __future__ import annotations

import datetime as dt
import io

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from auditkit import plan
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write
from auditkit.plan import Timing
from auditkit.round.folder import SETTINGS
from auditkit.round.model import Round
from auditkit.round.reading import load

# Long enough that no line is broken that wasn't.
WIDTH = 100_000


def begin(round_: Round, plan_id: str, day: dt.date) -> Round:
    """Write into ``round.yaml`` when a plan begins, and the deadline that follows if it has one.

    Args:
        round_: The round.
        plan_id: The plan.
        day: The day that its steps are counted from.

    Returns:
        The round as it is then.

    Raises:
        AuditkitError: The settings can't be written, or not so that they say it; they are as they were then.
    """
    for issue in plan.issues(Timing({plan_id: day}), round_.audit.plans):
        raise AuditkitError(f"{plan_id} can't begin then: {issue.message}.")
    path = round_.folder / SETTINGS
    try:
        before = path.read_bytes()
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    try:
        atomic_write(path, _with(before, "plan", plan_id, day), siblings=False)
        now = load(round_.folder)
        due = now.schedule.deadline
        if due and due.plan.id == plan_id:
            atomic_write(path, _with(path.read_bytes(), "deadline", "", due.day), siblings=False)
            now = load(round_.folder)
    except AuditkitError:
        atomic_write(path, before, siblings=False)
        raise
    return now


def _with(content: bytes, name: str, plan_id: str, day: dt.date) -> bytes:
    """Return settings with one day changed."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = content.decode("utf-8-sig").replace("\r\n", "\n")
    data = yaml.load(text)
    if plan_id:
        # What is there stays what it is, for its comments.
        _within(_within(data, name), "starts")[plan_id] = day
    else:
        data[name] = day
    target = io.StringIO()
    yaml.dump(data, target)
    ending = "\r\n" if b"\r\n" in content else "\n"
    return target.getvalue().replace("\n", ending).encode("utf-8")


def _within(data: CommentedMap, name: str) -> CommentedMap:
    """Return the settings under a name, which are made if there are none."""
    if data.get(name) is None:
        data[name] = CommentedMap()
    inner: CommentedMap = data[name]
    return inner
