"""The file that an officer means, by whatever name they type."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.errors import AuditkitError
from auditkit.returns.model import Return
from auditkit.returns.propose import typeable

# How many files a sentence names.
NAMED = 5


def meant(name: str, files: Sequence[Return], returns: Path) -> Return:
    """Return the file that an officer means.

    Args:
        name: Its path, its name as collate shows it or proposes to type it, or the end of that if no other
            file ends so.
        files: The files of the returns folder.
        returns: The folder.

    Raises:
        AuditkitError: No file or more than one fits.
    """
    by_name = {one.file: one for one in files}
    wanted = name.replace("\\", "/").rstrip("/")
    inside = _below(name, returns)
    for exact in (name, wanted, inside):
        if exact in by_name:
            return by_name[exact]
    fits = [one for one in files if typeable(one.file) == wanted or one.file.endswith(f"/{wanted}")]
    # A message or archive with one file in it stands for that file.
    fits = fits or [one for one in files if one.file.startswith((f"{wanted}/", f"{inside or wanted}/"))]
    if len({one.pack or one.file for one in fits}) == 1:  # the parts of a pack are one file
        return min(fits, key=lambda one: (one.outcome != "held", not one.was_read))
    if fits:
        names = [quoted(one.file) for one in fits[:NAMED]]
        more = [f"{len(fits) - NAMED} more"] if len(fits) > NAMED else []
        raise AuditkitError(f"{quoted(name)} may be {listed([*names, *more])}. Name the one that you mean.")
    raise AuditkitError(f"There is no file {quoted(name)} in {returns}{did_you_mean(wanted, by_name)}")


def _below(name: str, returns: Path) -> str:
    """Return a path of this computer as the files of the returns folder are named, "" if it isn't there."""
    try:
        return Path(name).absolute().relative_to(returns.absolute()).as_posix()
    except ValueError:
        return ""
