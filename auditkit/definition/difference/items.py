"""Comparing two lists of things that have ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from auditkit.definition.difference.change import Change, attributes, moved

# What a reader of a definition calls an item of a list.
Naming = Callable[[Any], str]


def changes(
    subject: str,
    before: Sequence[Any],
    after: Sequence[Any],
    *,
    name: Naming,
    was: Mapping[str, str] | None = None,
    leave_out: Collection[str] = (),
) -> Iterator[Change]:
    """Yield what was added, removed, renamed, moved and changed in a list.

    Args:
        subject: What the list is of.
        before: The items as they were.
        after: The items as they are.
        name: What an item is called in a sentence.
        was: Ids that changed, from each new one to the old one.
        leave_out: Settings of the items that are compared elsewhere.
    """
    there, here = ({item.id: item for item in items} for items in (before, after))
    known = {id_: (was or {}).get(id_, id_) for id_ in here}
    for item in after:
        old = there.get(known[item.id])
        if old is None:
            yield Change(subject, item.id, "added", f"{name(item)} is new")
            continue
        if old.id != item.id:
            yield Change(subject, item.id, "renamed", f"{name(item)} was called {old.id}")
        for _, what in attributes(old, item, {"id", *leave_out}):
            yield Change(subject, item.id, "changed", f"{name(old)}: {what}")
    for id_ in moved([item.id for item in before], [known[item.id] for item in after]):
        item = next(item for item in after if known[item.id] == id_)
        yield Change(subject, item.id, "moved", f"{name(item)} stands elsewhere in the order")
    kept = set(known.values())
    for item in before:
        if item.id not in kept:
            yield Change(subject, item.id, "removed", f"{name(item)} is gone")
