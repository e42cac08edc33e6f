"""What was read of a file is used again, as long as nothing that it depends on has changed.

A result is found by everything that decides it: the file's content, path and time, and the round's
definition, register, key, issued workbooks and limits, and the program. Three things are left out, since
most results don't depend on them. The day is looked at afterwards
(:func:`auditkit.returns.findings.holding`). What the officer decided, and which passwords were tried, is kept
with each result that it could matter to, and compared.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from auditkit import program
from auditkit.garbage import uncollected
from auditkit.guard import ole
from auditkit.guard.limits import Limits
from auditkit.returns import intake, pipe
from auditkit.returns.basis import Basis
from auditkit.returns.files import Read, Reads
from auditkit.returns.model import Return
from auditkit.returns.store import Store

# What may go otherwise the next time: the computer was busy, or out of memory.
UNSURE = frozenset({"reader-died", "reader-slow", "reader-memory", "package-given-up", "not-read"})


@dataclass(frozen=True)
class Rests:
    """What the result of any file of a round rests on, besides the file.

    ``context`` is the digest of all that each result depends on; decisions and passwords are compared where
    they matter. Without the round's key no digest can be made, or guessed from.
    """

    basis: Basis
    context: bytes

    def name(self, file: intake.Incoming) -> bytes:
        """Return under which name the result of a file is kept."""
        return _digest(self.basis.key, [self.context.hex(), file.file, file.received, file.sha256])

    def own(self, file: intake.Incoming, returns: Sequence[Return]) -> bytes:
        """Return the digest of what these results of a file depend on besides."""
        accepted = [
            decision
            for one in returns
            if (decision := self.basis.decisions.get(one.sha256)) is not None and decision.kind == "accept"
        ]
        # A locked file is an OLE file, or lies in a file that shows it under a name of its own.
        lockable = file.content.startswith(ole.BEGINNING) or any(one.file != file.file for one in returns)
        return _digest(self.basis.key, [accepted, list(self.basis.passwords) if lockable else None])


def rests(basis: Basis) -> Rests:
    """Return what the results of a round's files rest on."""
    asked = list({id(one): one for one in basis.issued.values()}.values())
    number = {id(one): n for n, one in enumerate(asked)}
    workbooks = [[*workbook, number[id(one)]] for workbook, one in basis.issued.items()]
    packs = [[key, pack.noun, [member.id for member in pack.members]] for key, pack in basis.packs.items()]
    issued_packs = [[*workbook, pack.definition] for workbook, pack in basis.issued_packs.items()]
    parts = [
        *(program.digest(), basis.audit, list(basis.recipients), basis.round_id, asked, workbooks),
        *(dict(basis.successors), dict(basis.sent), basis.limits),
        *(list(basis.addressees), packs, issued_packs),
        {recipient: [known.shown.hex(), dict(known.carried)] for recipient, known in basis.known.items()},
    ]
    return Rests(basis, _digest(basis.key, parts))


def through(
    path: Path,
    rests: Rests,
    keep: Callable[[Return], Return],
    found: Iterable[intake.Found],
    read: Read,
) -> Reads:
    """Read files, those only that aren't known.

    Args:
        path: Where results are kept. Whatever is wrong with that file costs time and nothing else.
        rests: What results rest on.
        keep: What is done with each return before it waits for the others.
        found: The files of the folder.
        read: What reads files: it yields the place of each among those that it is given, and its returns.

    Yields:
        The place of each file among ``found``, and its returns.
    """
    new: list[tuple[int, intake.Found, intake.Incoming | None]] = []
    known: list[tuple[int, list[Return]]] = []
    with Store(path, rests.basis.key) as store, uncollected():

        def unknown() -> Iterator[intake.Found]:
            for n, file in enumerate(found):
                incoming = _load(file, rests.basis.limits)
                returns = None if incoming is None else _known(incoming, rests, store)
                if returns is None:
                    new.append((n, file, None if incoming is None else _beginning(incoming)))
                    yield file
                else:
                    known.append((n, list(map(keep, returns))))

        with contextlib.closing(read(unknown())) as reads:
            for i, returns in reads:
                n, file, begun = new[i]
                if begun is not None and all(map(is_sure, returns)):
                    _keep(file, begun, returns, rests, store)
                yield n, list(map(keep, returns))
        yield from known


def is_sure(one: Return) -> bool:
    """Tell whether reading a file again would give the same; one rejected without a digest wasn't read."""
    unsure = any(finding.code in UNSURE for finding in one.findings)
    return not unsure and (bool(one.sha256) or one.outcome != "rejected")


def _known(incoming: intake.Incoming, rests: Rests, store: Store) -> list[Return] | None:
    content = store.get(rests.name(incoming))
    if content is None:
        return None
    own, returns = pipe.data(content)
    return returns if own == rests.own(incoming, returns) else None


def _beginning(incoming: intake.Incoming) -> intake.Incoming:
    """Return a file without what its result isn't found by: of its content, the beginning is enough."""
    return replace(incoming, content=incoming.content[: len(ole.BEGINNING)])


def _keep(
    found: intake.Found, begun: intake.Incoming, returns: list[Return], rests: Rests, store: Store
) -> None:
    name = rests.name(begun)
    if not _is_it(begun, returns):
        now = _load(found, rests.basis.limits)
        if now is None or rests.name(now) != name:  # it was changed while it was read
            return
    store.put(name, pipe.message((rests.own(begun, returns), returns)))


def _is_it(begun: intake.Incoming, returns: list[Return]) -> bool:
    """Tell whether a return says that it was made of this file as it is; of several in a file, none does."""
    said = [(one.file, one.sha256, one.received) for one in returns]
    return said == [(begun.file, begun.sha256, begun.received)]


def _load(found: intake.Found, limits: Limits) -> intake.Incoming | None:
    try:
        return intake.load(found, limits)
    except intake.UnreadableError:
        return None


def _digest(key: bytes, parts: Any) -> bytes:
    """Return a digest that only who has the key can make, so that no password is guessed from it."""
    content = json.dumps(parts, default=_plain, separators=(",", ":"))
    return hmac.digest(key, content.encode(), "sha256")


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    return {field.name: getattr(value, field.name) for field in fields(value)}
