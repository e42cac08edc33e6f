"""Which round is that of last time: as ``round.yaml`` says, which remembers what was named once."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path

from auditkit.definition.wording import listed
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write
from auditkit.round import SETTINGS, Round, load

COMMENT = "# The rounds whose answers stand beside this one's questions."


def chosen(round_: Round, named: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders of the rounds of last time, none if nothing of one is to be shown.

    Args:
        round_: This round.
        named: The folders that the officer named just now, if any.

    Raises:
        AuditkitError: The settings name others.
    """
    kept = round_.settings.prefill
    own = tuple(round_.folder / folder for folder in kept)
    if named and own and {each.resolve() for each in named} != {each.resolve() for each in own}:
        raise AuditkitError(
            f"By {SETTINGS} this round shows the answers of {listed(kept, 'and')}, so "
            f"{' '.join(f'--prefill {each}' for each in named)} would give some "
            f"recipients another workbook than the others. Change 'prefill' in {SETTINGS}, and issue anew "
            "with --again-outdated."
        )
    return own or tuple(named)


def remember(round_: Round, folders: Sequence[Path]) -> None:
    """Write into ``round.yaml`` which rounds are those of last time, unless it is there already.

    So workbooks that are issued later show it too, and everybody can see that they do.

    Raises:
        AuditkitError: The settings can't be written, or not so that they say it; they are as they were then.
    """
    if round_.settings.prefill:
        return
    path = round_.folder / SETTINGS
    written = [_written(round_.folder, folder) for folder in folders]
    line = f"prefill: {written[0] if len(written) == 1 else '[' + ', '.join(written) + ']'}"
    try:
        before = path.read_bytes()
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    ending = "\r\n" if b"\r\n" in before else "\n"
    gap = b"" if before.endswith(b"\n") else ending.encode()
    atomic_write(path, before + gap + ending.join(("", COMMENT, line, "")).encode(), siblings=False)
    try:
        said = load(round_.folder).settings.prefill
    except AuditkitError:
        said = ()
    if not said:
        atomic_write(path, before, siblings=False)
        raise AuditkitError(f"{path} isn't written line by line, so add this to it yourself: {line}")


def _written(folder: Path, other: Path) -> str:
    """Return a folder as a setting names it: from the round's own, with forward slashes on every system."""
    other = other.resolve()
    try:
        text = Path(os.path.relpath(other, folder.resolve())).as_posix()
    except ValueError:  # on another drive of Windows
        text = other.as_posix()
    return text if re.fullmatch(r"[\w./-]*\w[\w./-]*", text) else json.dumps(text, ensure_ascii=False)
