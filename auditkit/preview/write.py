"""Writing a preview into a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditkit.definition.model import Audit
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write, safe_name
from auditkit.preview.paper import paper
from auditkit.preview.samples import sample
from auditkit.preview.types import RecipientType, types
from auditkit.round import Round

FOLDER = "preview"


@dataclass(frozen=True)
class Preview:
    """What was written: the sample of each type of recipient, and the questions on paper."""

    samples: tuple[tuple[RecipientType, Path], ...]
    paper: Path


def write(
    round_: Round,
    folder: Path,
    today: dt.date,
    group: str = "",
    on_sample: Callable[[], None] = lambda: None,
) -> Preview:
    """Write a sample workbook for each type of recipient, and the questions as a Word document.

    Args:
        round_: The round; nothing in it changes.
        folder: Where to; made if it isn't there.
        today: The day that is printed on the document.
        group: Show only what recipients of this group are asked; everybody if empty.
        on_sample: Called after each sample.

    Raises:
        AuditkitError: There is no such group, nobody is asked anything, or the folder can't be written to.
    """
    found = chosen(round_, group)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AuditkitError(f"{folder} can't be made ({error.strerror}).") from error
    samples = []
    digits = len(str(len(found)))
    for n, type_ in enumerate(found, start=1):
        # Numbered, since a long name is cut, and two could end up the same.
        name = safe_name(f"Sample {n:0{digits}} {type_.name}")
        path = atomic_write(folder / f"{name}.xlsx", sample(round_, type_))
        samples.append((type_, path))
        on_sample()
    name = f"Questions of {round_.audit.id} {round_.audit.edition}" + (f" for {group}" if group else "")
    content = paper(round_, found, _asked(round_.audit, found), today)
    return Preview(tuple(samples), atomic_write(folder / f"{safe_name(name)}.docx", content))


def chosen(round_: Round, group: str = "") -> tuple[RecipientType, ...]:
    """Return the types of recipient of a group, or all; AuditkitError if there are none."""
    found = types(round_)
    if not found:
        raise AuditkitError("No question applies to anybody in the register, so there is nothing to show.")
    if not group:
        return found
    wanted = tuple(type_ for type_ in found if group.casefold() in map(str.casefold, type_.groups))
    if not wanted:
        groups = dict.fromkeys(name for type_ in found for name in type_.groups if name)
        raise AuditkitError(
            f"Nobody in the register who is asked anything is of the group {quoted(group)}"
            f"{did_you_mean(group, groups)}."
        )
    return wanted


def _asked(audit: Audit, found: Sequence[RecipientType]) -> Audit:
    """Return the audit with what any of these types is asked."""
    asked = {question.id for type_ in found for _, question in type_.audit.questions()}
    events = {section.id for type_ in found for section in type_.audit.sections if section.events}
    sections = (
        replace(section, questions=tuple(q for q in section.questions if q.id in asked))
        for section in audit.sections
    )
    return replace(audit, sections=tuple(s for s in sections if s.questions or s.id in events))
