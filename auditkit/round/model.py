"""A round that was loaded: its folder and everything in it that the officer wrote, its key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from auditkit import rota
from auditkit.definition.model import Audit
from auditkit.errors import AuditkitError
from auditkit.files import write_state
from auditkit.register import Recipient, packs
from auditkit.register.packs import Pack
from auditkit.rota import Place
from auditkit.round.folder import MASTER, PRIVATE, SETTINGS, TABLES
from auditkit.round.settings import Settings

KEY_BYTES = 32


@dataclass(frozen=True)
class Round:
    """A round that was loaded: its folder and everything in it that the officer wrote.

    ``places`` is who is asked where not everybody is, by recipient id (:mod:`auditkit.rota`).
    """

    folder: Path
    settings: Settings
    audit: Audit
    recipients: tuple[Recipient, ...]
    places: Mapping[str, Place] = field(default_factory=dict)

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

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The recipients that get one workbook together."""
        return packs.packs(self.recipients, self.settings.pack_by, self.asks)

    @cached_property
    def in_packs(self) -> frozenset[str]:
        """The ids of the recipients that are in a pack."""
        return frozenset(recipient_id for pack in self.packs for recipient_id in pack.members)

    @property
    def addressees(self) -> tuple[Recipient, ...]:
        """Everyone whom a workbook can be for: the recipients, and those that packs are for."""
        return (*self.recipients, *(pack.recipient for pack in self.packs))

    def asks(self, recipient: Recipient) -> bool:
        """Tell whether a recipient is asked in this round; who joined since the rota was drawn is."""
        place = self.places.get(recipient.id)
        return place is None or place.asked

    @property
    def is_undrawn(self) -> bool:
        """Whether only a part of the register is to be asked, and nobody has said yet which."""
        return self.settings.rota is not None and not self.places

    def must_be_drawn(self) -> None:
        """Raise AuditkitError if nobody has said yet who is asked."""
        if self.is_undrawn:
            raise AuditkitError(
                f"{SETTINGS} has a rota, but no list of who is asked ({rota.FILE}). First run: auditkit rota"
            )

    def audit_for(self, recipient: Recipient) -> Audit:
        """Return the audit with only what applies to ``recipient``; those asked the same share one."""
        return self.audit.for_recipient(recipient.row())

    def email(self, recipient: Recipient) -> str:
        """Return where a workbook of a recipient's own goes: to its pack's address if it has none itself."""
        whose = (pack.recipient.email for pack in self.packs if recipient.id in pack.members)
        return recipient.email or next(whose, "")

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
