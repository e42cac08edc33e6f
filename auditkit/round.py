"""A round's folder: where everything lies, its settings, its key.

Commands find the round as git finds its repository: from a folder upwards to the one that holds
``round.yaml``.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from auditkit import passwords
from auditkit.definition import check, forms, yaml
from auditkit.definition.checks.applicability import unmatched
from auditkit.definition.ids import RULE, is_id
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Places
from auditkit.definition.wording import listed, quoted
from auditkit.errors import AuditkitError, Problem, ProblemsError
from auditkit.files import write_state
from auditkit.limits import Limits
from auditkit.register import Recipient, alike, read, without_email

SETTINGS = "round.yaml"
# The two forms of the definition; the first is the one that a new round gets.
DEFINITIONS = ("audit.xlsx", "audit.yaml")
MASTER, TABLES, PRIVATE = "master.xlsx", "master", ".auditkit"
REGISTERS = ("register.csv", "register.xlsx")
KEY_BYTES = 32

# Which of several returns of one recipient counts.
Policy = Literal["latest", "most complete", "merge by section"]


@dataclass(frozen=True)
class Settings:
    """What an officer sets for one round, in ``round.yaml``.

    ``id`` names the round inside every workbook; ``password`` locks its sheets, ``open_password`` encrypts
    workbooks of recipients without one of their own, ``master_password`` the master. ``several_returns`` says
    which counts if a recipient sends more than one return; ``file_passwords`` are tried on files that came
    back locked with one; ``limits`` is how large, deep and slow a file may be. ``prefill`` is the folder of
    the round of last time, from this one's: its answers stand beside the questions, but for its response
    columns ``prefill_without``.
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
    prefill: str = ""
    prefill_without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """A round that was loaded: its folder and everything in it that the officer wrote."""

    folder: Path
    settings: Settings
    audit: Audit
    recipients: tuple[Recipient, ...]

    @property
    def workbooks(self) -> Path:
        """Where issued workbooks are kept."""
        return self.folder / "workbooks"

    @property
    def returns(self) -> Path:
        """Where the officer puts what came back."""
        return self.folder / "returns"

    @property
    def master(self) -> Path:
        """The master's path."""
        return self.folder / MASTER

    @property
    def tables(self) -> Path:
        """Where the master's tables are as files, for other programs."""
        return self.folder / TABLES

    @property
    def private(self) -> Path:
        """Where auditkit keeps what only it needs: the key, the log of issues, decisions."""
        return self.folder / PRIVATE

    @property
    def log(self) -> Path:
        """The record of the workbooks that were issued."""
        return self.private / "issued.json"

    def audit_for(self, recipient: Recipient) -> Audit:
        """Return the audit with only what applies to ``recipient``; those asked the same share one."""
        return self.audit.for_recipient(recipient.row())

    def open_password(self, recipient: Recipient) -> str:
        """Return what opens the workbook of ``recipient``; nothing if it isn't encrypted."""
        return recipient.open_password or self.settings.open_password

    def key(self) -> bytes:
        """Return the round's signing key, making it (readable by its owner only) the first time."""
        path = self.private / "key"
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii"))
        except FileNotFoundError:
            if self.log.exists():
                raise AuditkitError(
                    f"{path} is missing, so the workbooks issued so far can't be recognised. "
                    f"Put it back from a backup; if there is none, delete {self.log.name} beside it "
                    "and issue them all again."
                ) from None
            key = secrets.token_bytes(KEY_BYTES)
            write_state(path, key.hex().encode("ascii"), private=True)
        except OSError as error:
            raise AuditkitError(
                f"{path} can't be read ({error.strerror}). If a colleague made this round, ask them for the "
                f"right to use the folder {self.private.name} and everything in it."
            ) from error
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise AuditkitError(
                f"{path} is damaged, so returns can't be recognised. Put back a copy of it from a backup; "
                "if there is none, delete it and issue every workbook again."
            )
        return key


def find(start: Path) -> Path:
    """Return the nearest folder at or above ``start`` that is a round; AuditkitError if there is none."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise AuditkitError(
        f"{start.absolute()} is not inside a round (no {SETTINGS} here or in any folder above). "
        "Change to the round's folder, or make one: auditkit new section11 s11-2026"
    )


def find_from(path: Path) -> Path:
    """Return the round that ``path`` lies in, else the one that the current folder lies in."""
    try:
        return find(path)
    except AuditkitError:
        return find(Path())


def register_path(folder: Path) -> Path:
    """Return the round's register; AuditkitError if it has none, or two."""
    found = [folder / name for name in REGISTERS if (folder / name).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise AuditkitError(
            f"{folder} holds two registers, {' and '.join(REGISTERS)}: keep the one that counts."
        )
    raise AuditkitError(f"{folder} holds no register. Put the list of who is asked there as {REGISTERS[0]}.")


def definition_path(folder: Path) -> Path:
    """Return the round's definition; AuditkitError if it has none, or one in each form."""
    found = [folder / name for name in DEFINITIONS if (folder / name).is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise AuditkitError(
            f"{folder} holds two definitions of the audit, {' and '.join(DEFINITIONS)}: keep the one that "
            "counts, and move the other elsewhere."
        )
    raise AuditkitError(f"{folder} holds no definition of the audit ({' or '.join(DEFINITIONS)}).")


def definition_at(path: Path) -> Audit:
    """Read the definition that ``path`` is, or that the round's folder ``path`` holds.

    Raises:
        ProblemsError: With every problem of the definition.
        AuditkitError: The folder holds none, or two.
    """
    return forms.load(definition_path(path) if path.is_dir() else path)


def new_register_path(start: Path) -> Path:
    """Return where the register of the round at or above ``start`` goes; without a round, in ``start``."""
    try:
        return find(start) / REGISTERS[0]
    except AuditkitError:
        return start / REGISTERS[0]


def load(folder: Path) -> Round:
    """Read everything of the round that the officer wrote.

    Raises ProblemsError with every problem of all three files, as far as each can be read; AuditkitError if
    one of them isn't there.
    """
    problems: list[Problem] = []
    settings = audit = None
    recipients: tuple[Recipient, ...] = ()
    register = register_path(folder)
    definition = definition_path(folder)
    try:
        settings, places = yaml.read_yaml_as(folder / SETTINGS, Settings)
        problems += _wrong_settings(settings, places)
    except ProblemsError as error:
        problems += error.problems
    try:
        audit, places = forms.read(definition)
    except ProblemsError as error:
        problems += error.problems
        audit, places = forms.read_as_meant(definition) or (None, Places())
    try:
        recipients = read(register, audit.groups if audit else ())
    except ProblemsError as error:
        problems += error.problems
    if audit:
        problems += check.problems(audit, places, recipients or None, register.name)
    if settings and recipients:
        problems += _wrong_passwords(settings, recipients, register.name)
    if problems or settings is None or audit is None:
        raise ProblemsError(problems)
    return Round(folder, settings, audit.as_asked(), recipients)


def notes(round_: Round, today: dt.date) -> list[str]:
    """Return what an officer should know about a sound round before sending it out."""
    found = []
    closed = [recipient.name for recipient in round_.recipients if recipient.is_closed(today)]
    unreachable = without_email(r for r in round_.recipients if not r.is_closed(today))
    if unreachable:
        names = ", ".join(recipient.name for recipient in unreachable)
        found.append(f"recipients without an email address in the register: {len(unreachable)} ({names})")
    if closed:
        found.append(
            f"recipients that have closed, so they aren't asked: {len(closed)} ({', '.join(closed)})"
        )
    for ids in alike(round_.recipients):
        found.append(f"{listed(ids, 'and')} are different recipients, though their ids are nearly the same")
    if round_.settings.deadline < today:
        found.append(f"the deadline in {SETTINGS}, {round_.settings.deadline:%d/%m/%Y}, has passed")
    days = {q.id: q.measure.last_day for _, q in round_.audit.questions() if q.measure}
    late = [key for key, day in days.items() if day and day > round_.settings.deadline]
    if late:
        found.append(f"the numbers {listed(late, 'and')} are for a day after the deadline in {SETTINGS}")
    silent = [recipient.name for recipient in round_.recipients if not round_.audit_for(recipient).sections]
    if silent:
        found.append(f"no question applies to {', '.join(silent)}")
    own = {r.id: r.open_password for r in round_.recipients if r.open_password}
    for ids in passwords.shared(own):
        found.append(f"{listed(ids, 'and')} have the same password, so they can open each other's workbooks")
    rows = [recipient.row() for recipient in round_.recipients]
    for column, value in unmatched(round_.audit, rows):
        found.append(
            f"some questions are only for {column} {quoted(value)}, which nobody in the register has"
        )
    return found


def _wrong_settings(settings: Settings, places: Places) -> list[Problem]:
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
    return [*(Problem(SETTINGS, "", message) for message in wrong), *places.problems(unfit)]


def _wrong_passwords(
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
