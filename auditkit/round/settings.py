"""What an officer sets for a round, and what can be wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from auditkit import passwords
from auditkit.definition.ids import RULE, is_id
from auditkit.definition.source import Issue, Places
from auditkit.definition.wording import listed
from auditkit.errors import Problem
from auditkit.limits import Limits
from auditkit.register import Recipient
from auditkit.rota import Rota
from auditkit.round.folder import SETTINGS

# Which of several returns of one recipient counts.
Policy = Literal["latest", "most complete", "merge by section"]


@dataclass(frozen=True)
class Settings:
    """What an officer sets for one round, in ``round.yaml``.

    ``id`` names the round inside every workbook; ``password`` locks its sheets, ``open_password`` encrypts
    workbooks of recipients without one of their own, ``master_password`` the master. ``several_returns``
    says which counts if a recipient sends more than one return; ``file_passwords`` are tried on files that
    came back locked with one; ``limits`` is how large, deep and slow a file may be. ``prefill`` is the
    folder of the round of last time, from this one's, or several: their answers stand beside the questions,
    the latest of each, but for the response columns ``prefill_without``. Recipients with the same value in
    the register's column ``pack_by`` get one workbook together; ``pack_member`` is what one of them is
    called in it. With ``rota`` only a part of the register is asked.
    """

    id: str
    title: str
    partnership: str
    contact_name: str
    contact_email: str
    deadline: dt.date
    password: str = field(repr=False)
    contact_phone: str = ""
    open_password: str = field(default="", repr=False)
    master_password: str = field(default="", repr=False)
    several_returns: Policy = "latest"
    file_passwords: tuple[str, ...] = field(default=(), repr=False)
    limits: Limits = field(default_factory=Limits)
    prefill: tuple[str, ...] = ()
    prefill_without: tuple[str, ...] = ()
    pack_by: str = ""
    pack_member: str = "setting"
    rota: Rota | None = None


def wrong_settings(settings: Settings, places: Places) -> list[Problem]:
    """Return what is wrong with settings that are all there."""
    wrong = []
    if not is_id(settings.id):
        wrong.append(f"id: {RULE}")
    wrong += [
        f"{name}: this is blank; it appears on every workbook"
        for name in ("title", "partnership", "contact_name", "contact_email", "password")
        if not getattr(settings, name).strip()
    ]
    for_opening = {name: getattr(settings, name) for name in ("open_password", "master_password")}
    unfit = [
        Issue((name,), f"{name}: {passwords.RULE}")
        for name, password in for_opening.items()
        if password and not passwords.is_fit(password)
    ]
    if settings.rota and settings.rota.years < 1:
        unfit.append(Issue(("rota", "years"), "years: this is 1 or more"))
    elif settings.rota and not 1 <= settings.rota.year <= settings.rota.years:
        unfit.append(Issue(("rota", "year"), f"year: this is from 1 to {settings.rota.years}"))
    return [*(Problem(SETTINGS, "", message) for message in wrong), *places.problems(unfit)]


def wrong_passwords(
    settings: Settings, recipients: tuple[Recipient, ...], register: str
) -> Iterator[Problem]:
    """Yield where passwords defeat one another, or some workbooks would go out without one."""
    own = {r.id: r.open_password for r in recipients if r.open_password}
    for message in passwords.clashes(
        own,
        open_password=settings.open_password,
        master_password=settings.master_password,
        password=settings.password,
    ):
        yield Problem(SETTINGS, "", message)
    without = [r.id for r in recipients if r.id not in own]
    if own and without and not settings.open_password:
        yield Problem(
            register,
            "",
            f"some recipients have an open_password, but not {listed(without)}: give them one, or set "
            f"open_password in {SETTINGS}, for all who have none of their own",
        )
