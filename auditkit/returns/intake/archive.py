"""Compressed folders: .zip, at any depth."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.guard.limits import Limits
from auditkit.guard.unreadable import UnreadableError
from auditkit.returns.intake import foreign, names, ods, xlsb, xlsx
from auditkit.returns.intake.incoming import Incoming, Look, incoming
from auditkit.returns.intake.opening import Opening

KIND = "a compressed folder (.zip)"


def recognises(look: Look) -> bool:
    """Tell by its content whether a file is a compressed folder (and not a document made of parts)."""
    if look.archive is None or foreign.is_foreign(look):
        return False
    return not (xlsx.recognises(look) or xlsb.recognises(look) or ods.recognises(look))


def empty(look: Look, limits: Limits) -> UnreadableError:  # noqa: ARG001
    """Return what to say of a compressed folder from which no file came."""
    return UnreadableError("package-empty", kind="A compressed folder")


def unpack(outer: Incoming, look: Look, opening: Opening) -> Iterator[Incoming]:
    """Yield every file in a compressed folder; one that can't be had comes with the reason."""
    assert look.archive is not None
    for member in look.archive.members:
        if member.is_folder:
            continue
        path = names.path_shown(member.name)
        file, content, problem = f"{outer.file}/{path}", b"", None
        junk = names.passed_over(path)
        if junk:
            problem = UnreadableError("passed-over", what=junk)
        elif member.is_link:
            problem = UnreadableError("file-link")
        else:
            try:
                content = look.archive.inflate(member, opening.budget)
            except UnreadableError as error:
                problem = error
        yield incoming(
            file, content, outer.received, sender=outer.sender, came="in an archive", problem=problem
        )
