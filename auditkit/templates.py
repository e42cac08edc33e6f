"""Ready-made audits, and making a round's folder from one."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from rapidfuzz import process

from auditkit.definition import forms
from auditkit.definition.wording import listed
from auditkit.definition.yaml import read_yaml_as
from auditkit.errors import AuditkitError
from auditkit.passwords import READABLE
from auditkit.register import read
from auditkit.register.gias import rules
from auditkit.round import (
    AGENCIES,
    DEFINITIONS,
    GRID,
    LETTER,
    REGISTERS,
    SETTINGS,
    Round,
    Settings,
    definition_path,
    register_path,
)

# What of a template belongs in a round besides its definition; the rest (answers for the demonstration) stays
# where it is.
ROUND_FILES = (SETTINGS, LETTER, GRID, AGENCIES, *REGISTERS)
# How many groups are named of those that an audit is for.
GROUPS = 4


def names() -> tuple[str, ...]:
    """Return the names of the ready-made audits."""
    found = (entry for entry in files("workbook_templates").iterdir() if entry.is_dir())
    return tuple(sorted(e.name for e in found if any(e.joinpath(name).is_file() for name in DEFINITIONS)))


def described() -> Iterator[tuple[str, str]]:
    """Yield the ready-made audits by name, each with a line on what it is and whom it is for."""
    with as_file(files("workbook_templates")) as folder:
        for name in names():
            audit, _ = forms.read(definition_path(folder / name))
            questions = sum(1 for _ in audit.questions())
            rest = [f"{len(audit.groups) - GROUPS} more groups"] if len(audit.groups) > GROUPS + 1 else []
            groups = [*audit.groups[:GROUPS], *rest] if rest else list(audit.groups)
            whom = f", for {listed(groups, 'and')}" if groups else ""
            yield name, f"{audit.title}: {questions} questions in {len(audit.sections)} standards{whom}"


def new_round(template: str, folder: Path, *, yaml: bool = False) -> None:
    """Make ``folder`` a round of a ready-made audit, with a password of its own.

    Args:
        template: The name of the ready-made audit.
        folder: Where the round is to be.
        yaml: Whether its definition is to be text, and not a workbook.

    Raises:
        AuditkitError: If there is no such template, or the folder already holds something.
    """
    if template not in names():
        close = process.extractOne(template, names(), score_cutoff=60)
        hint = f"Did you mean {close[0]}? " if close else ""
        raise AuditkitError(
            f"There is no ready-made audit called {template}. {hint}There is: {', '.join(names())}."
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AuditkitError(
            f"{folder} already exists and isn't empty. Choose another name for the round's folder."
        )
    (folder / "returns").mkdir(parents=True)
    ending = ".yaml" if yaml else ".xlsx"
    with as_file(files("workbook_templates") / template) as source:
        for name in ROUND_FILES:
            if (source / name).is_file():
                shutil.copyfile(source / name, folder / name)
        definition = definition_path(source)
        if definition.suffix == ending:
            shutil.copyfile(definition, folder / definition.name)
        else:
            audit, _ = forms.read(definition)
            (folder / f"audit{ending}").write_bytes(forms.written(audit, ending))
    settings = folder / SETTINGS
    text = settings.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^id:.*$", f"id: {_round_id(folder)}", text, count=1)
    text = re.sub(r"(?m)^password:.*$", f"password: {_password()}", text, count=1)
    settings.write_text(text, encoding="utf-8", newline="\n")


def lists_schools(folder: Path) -> bool:
    """Tell whether the register of a round has the columns that registers made from GIAS have."""
    first, *_ = read(register_path(folder), ())
    return set(rules.read(None).copied) <= set(first.row())


def is_sample(register: Path) -> bool:
    """Tell whether a register is still the made-up one of a ready-made audit, as ``new`` put it there."""
    with as_file(files("workbook_templates")) as folder:
        samples = [folder / name / register.name for name in names()]
        return register.is_file() and register.read_bytes() in [
            s.read_bytes() for s in samples if s.is_file()
        ]


def untouched(round_: Round) -> list[str]:
    """Return what a round still has of the made-up samples of the ready-made audits, in sentences.

    Args:
        round_: The round.
    """
    found: list[str] = []
    with as_file(files("workbook_templates")) as folder:
        for name in names():
            found += _untouched(round_, folder / name)
    return list(dict.fromkeys(found))


def _untouched(round_: Round, template: Path) -> Iterator[str]:
    sample, _ = read_yaml_as(template / SETTINGS, Settings)
    own = round_.settings
    if own.partnership == sample.partnership:
        yield f"{SETTINGS} still names the sample partnership, {sample.partnership}: put in your own"
    contact = [
        said
        for said, theirs in (
            (own.contact_name, sample.contact_name),
            (own.contact_email, sample.contact_email),
            (own.contact_phone, sample.contact_phone),
        )
        if said and said == theirs
    ]
    if contact:
        yield f"{SETTINGS} still names the sample contact ({', '.join(contact)}): put in your own"
    made_up = {(recipient.id, recipient.name) for recipient in read(register_path(template), ())}
    left = sum((recipient.id, recipient.name) in made_up for recipient in round_.recipients)
    if left:
        yield f"the register still lists {left} of the sample's made-up recipients: put in your own"


def _round_id(folder: Path) -> str:
    """Return the folder's name, as a round's id may be written."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", folder.absolute().name).strip("-._") or "round"


def _password() -> str:
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(3))
