"""From a file of the returns folder to every file in it, each exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditkit.guard.limits import unsafe
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import foreign
from auditkit.returns.intake.containers import FORMATS, PACKAGES, Package
from auditkit.returns.intake.incoming import Incoming, Look, look
from auditkit.returns.intake.opening import Opening, Place

# What may lie beside a workbook without being a return itself.
COMPANIONS = {
    "not-a-workbook": "a document",
    "file-link": "a shortcut",
    "email-text": "a message",
    "package-empty": "something empty",
}
MESSAGES = frozenset({"eml", "msg"})


@dataclass(frozen=True)
class Leaf:
    """A file that holds no further files: a workbook to read, else the reason why it isn't read.

    ``place`` is where it lies within the file that was opened.
    """

    incoming: Incoming
    place: Place
    look: Look | None = None
    problem: UnreadableError | None = None

    @property
    def is_workbook(self) -> bool:
        """Whether it is in a form that can be read."""
        return self.look is not None


@dataclass(frozen=True)
class Looking:
    """Said before a file is looked into or unpacked further, so that it is known which ends the process."""

    incoming: Incoming
    place: Place


def leaves(incoming: Incoming, opening: Opening) -> Iterator[Leaf | Looking]:
    """Yield every file that a file holds, or the file itself.

    Args:
        incoming: A file.
        opening: Limits, passwords and what is left of them.

    Yields:
        At least one leaf. What lies beside the one workbook of a package, or beside any workbook of a
        message, is passed over: evidence, a covering note. A package from which nothing comes is named
        itself. In between, what is looked into next.
    """
    count = 0
    for one in _leaves(incoming, opening, ()):
        count += isinstance(one, Leaf)
        if count > opening.limits.files:
            yield _itself(incoming, (), unsafe(f"it holds more than {opening.limits.files:,} files"))
            return
        yield one


def _leaves(incoming: Incoming, opening: Opening, place: Place) -> Iterator[Leaf | Looking]:
    problem = incoming.problem or opening.lost.get(place)
    if problem is not None:
        yield _itself(incoming, place, problem)
        return
    yield Looking(incoming, place)
    try:
        seen = look(incoming.content, opening.limits)
        name, package = next(
            ((n, p) for n, p in PACKAGES.items() if p.recognises(seen)),
            ("", None),
        )
        if package is not None and len(place) >= opening.limits.depth:
            raise unsafe(f"it holds files within files, more than {opening.limits.depth} deep")
        known = package is None and any(each.recognises(seen) for each in FORMATS.values())
    except UnreadableError as refusal:
        yield _itself(incoming, place, refusal)
        return
    if package is not None:
        yield from _inside(incoming, seen, opening, place, package, name in MESSAGES)
    elif known:
        yield Leaf(incoming, place, seen)
    else:
        yield _itself(incoming, place, foreign.refusal(seen))


def _inside(
    outer: Incoming, seen: Look, opening: Opening, place: Place, package: Package, is_message: bool
) -> Iterator[Leaf | Looking]:
    waiting: list[Leaf] = []
    workbook = outer.file
    workbooks = told = 0
    try:
        for n, inner in enumerate(package.unpack(outer, seen, opening), start=1):
            for leaf in _leaves(inner, opening, (*place, n)):
                if isinstance(leaf, Looking):
                    yield leaf
                    continue
                if leaf.problem is not None and leaf.problem.code in COMPANIONS:
                    waiting.append(leaf)
                    continue
                if leaf.is_workbook:
                    workbooks, workbook = workbooks + 1, leaf.incoming.file
                told += leaf.problem is None or leaf.problem.code != "passed-over"
                yield leaf
            yield Looking(outer, place)
    except UnreadableError as problem:
        told += 1
        yield _itself(outer, place, problem)
    beside = workbooks == 1 or (is_message and workbooks > 0)
    for leaf in waiting:
        yield replace(leaf, problem=_companion(leaf, workbook)) if beside else leaf
    if not told and not waiting:
        yield _itself(outer, place, package.empty(seen, opening.limits))


def _companion(leaf: Leaf, workbook: str) -> UnreadableError:
    assert leaf.problem is not None
    code, data = leaf.problem.code, dict(leaf.problem.data)
    kind = data.get("kind", "") if code == "not-a-workbook" else COMPANIONS[code]
    return UnreadableError("companion", kind=kind, workbook=workbook)


def _itself(incoming: Incoming, place: Place, problem: UnreadableError) -> Leaf:
    return Leaf(replace(incoming, content=b""), place, problem=problem)
