"""From a file of the returns folder to every file in it, each exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditkit.returns.guard.limits import unsafe
from auditkit.returns.intake import foreign
from auditkit.returns.intake.containers import FORMATS, PACKAGES, Package
from auditkit.returns.intake.incoming import Incoming, Look, look
from auditkit.returns.intake.opening import Opening
from auditkit.returns.unreadable import UnreadableError

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
    """A file that holds no further files: a workbook to read, else the reason why it isn't read."""

    incoming: Incoming
    look: Look | None = None
    problem: UnreadableError | None = None

    @property
    def is_workbook(self) -> bool:
        """Whether it is in a form that can be read."""
        return self.look is not None


def leaves(incoming: Incoming, opening: Opening) -> Iterator[Leaf]:
    """Yield every file that a file holds, or the file itself.

    Args:
        incoming: A file.
        opening: Limits, passwords and what is left of them.

    Yields:
        At least one. What lies beside the one workbook of a package, or beside any workbook of a message, is
        passed over: evidence, a covering note. A package from which nothing comes is named itself.
    """
    for count, leaf in enumerate(_leaves(incoming, opening, 0), start=1):
        if count > opening.limits.files:
            yield _itself(incoming, unsafe(f"it holds more than {opening.limits.files:,} files"))
            return
        yield leaf


def _leaves(incoming: Incoming, opening: Opening, depth: int) -> Iterator[Leaf]:
    if incoming.problem is not None:
        yield _itself(incoming, incoming.problem)
        return
    try:
        seen = look(incoming.content, opening.limits)
        name, package = next(
            ((n, p) for n, p in PACKAGES.items() if p.recognises(seen)),
            ("", None),
        )
        if package is not None and depth >= opening.limits.depth:
            raise unsafe(f"it holds files within files, more than {opening.limits.depth} deep")
        known = package is None and any(each.recognises(seen) for each in FORMATS.values())
    except UnreadableError as problem:
        yield _itself(incoming, problem)
        return
    if package is not None:
        yield from _inside(incoming, seen, opening, depth, package, name in MESSAGES)
    elif known:
        yield Leaf(incoming, seen)
    else:
        yield _itself(incoming, foreign.refusal(seen))


def _inside(
    outer: Incoming, seen: Look, opening: Opening, depth: int, package: Package, is_message: bool
) -> Iterator[Leaf]:
    waiting: list[Leaf] = []
    workbook = outer.file
    workbooks = told = 0
    try:
        for inner in package.unpack(outer, seen, opening):
            for leaf in _leaves(inner, opening, depth + 1):
                if leaf.problem is not None and leaf.problem.code in COMPANIONS:
                    waiting.append(leaf)
                    continue
                if leaf.is_workbook:
                    workbooks, workbook = workbooks + 1, leaf.incoming.file
                told += leaf.problem is None or leaf.problem.code != "passed-over"
                yield leaf
    except UnreadableError as problem:
        told += 1
        yield _itself(outer, problem)
    beside = workbooks == 1 or (is_message and workbooks > 0)
    for leaf in waiting:
        yield replace(leaf, problem=_companion(leaf, workbook)) if beside else leaf
    if not told and not waiting:
        yield _itself(outer, package.empty(seen, opening.limits))


def _companion(leaf: Leaf, workbook: str) -> UnreadableError:
    assert leaf.problem is not None
    code, data = leaf.problem.code, dict(leaf.problem.data)
    kind = data.get("kind", "") if code == "not-a-workbook" else COMPANIONS[code]
    return UnreadableError("companion", kind=kind, workbook=workbook)


def _itself(incoming: Incoming, problem: UnreadableError) -> Leaf:
    return Leaf(replace(incoming, content=b""), problem=problem)
