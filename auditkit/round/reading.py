"""Reading what the officer wrote, with everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from auditkit import rota
from auditkit.definition import check, forms, yaml
from auditkit.definition.asked import as_asked
from auditkit.definition.reading import Reading
from auditkit.definition.source import Places
from auditkit.errors import Problem, ProblemsError
from auditkit.register import Recipient, packs, read
from auditkit.rota import Place
from auditkit.round.folder import SETTINGS, definition_path, register_path
from auditkit.round.model import Round
from auditkit.round.settings import Settings, wrong_passwords, wrong_plan, wrong_settings

NO_PACKS = (
    "pack_by: an audit with a table of events (a chronology) can't be sent in packs, since each recipient "
    "needs a table of its own. Take pack_by out, so that each gets a workbook, or ask for the chronology in "
    "a round apart."
)


def load(folder: Path) -> Round:
    """Read everything of the round that the officer wrote.

    Raises ProblemsError with every problem of all three files, as far as each can be read; AuditkitError if
    one of them isn't there.
    """
    problems: list[Problem] = []
    settings = audit = None
    found = Reading(None, Places())
    said = Places()
    recipients: tuple[Recipient, ...] = ()
    register = register_path(folder)
    definition = definition_path(folder)
    try:
        settings, said = yaml.read_yaml_as(folder / SETTINGS, Settings)
        problems += wrong_settings(settings, said)
    except ProblemsError as error:
        problems += error.problems
    try:
        found = forms.reading(definition)
        audit = found.audit
    except ProblemsError as error:
        problems += error.problems
    wrong_register: tuple[Problem, ...] = ()
    try:
        recipients = read(register, audit.groups if audit else ())
    except ProblemsError as error:
        wrong_register = error.problems
    problems += check.all_problems(found, recipients or None, register.name)
    problems += wrong_register
    if settings and audit:
        problems += wrong_plan(settings, said, audit)
    if settings and recipients:
        problems += (
            Problem(register.name, "", message) for message in packs.problems(recipients, settings.pack_by)
        )
        packed = packs.packs(recipients, settings.pack_by)
        if packed and audit and any(section.events for section in audit.sections):
            problems.append(Problem(SETTINGS, "", NO_PACKS))
        problems += wrong_passwords(settings, (*recipients, *(p.recipient for p in packed)), register.name)
    chosen: Mapping[str, Place] = {}
    if settings and settings.rota and (folder / rota.FILE).exists():
        try:
            chosen = rota.read(folder / rota.FILE, recipients)
        except ProblemsError as error:
            problems += error.problems
    if problems or settings is None or audit is None:
        raise ProblemsError(problems)
    return Round(folder, settings, as_asked(audit), recipients, chosen)
