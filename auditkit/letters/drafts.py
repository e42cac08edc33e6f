"""Letters as drafts of emails, each with the recipient's workbook, that a mail program opens; or on paper."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from auditkit.errors import AuditkitError
from auditkit.files import atomic_write, safe_name
from auditkit.letters import paper, words
from auditkit.letters.words import Letter
from auditkit.register import Recipient, addresses_in
from auditkit.round import Round
from auditkit.workbook.log import read_log

FOLDER, PAPERS = "emails", "letters"
# Headers on one line each, as mail programs write them; addresses may have letters beyond ASCII.
WHOLE = SMTP.clone(utf8=True, max_line_length=990)
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True)
class Drafts:
    """The drafts that were written, and the names of whom nothing can be sent to as it is."""

    paths: tuple[Path, ...]
    without_email: tuple[str, ...]
    without_workbook: tuple[str, ...]


def write(round_: Round, today: dt.date, *, on_paper: bool = False) -> Drafts:
    """Write a draft for everybody who is asked in a round.

    Args:
        round_: The round.
        today: Who has closed by then isn't written to. Letters on paper bear this date.
        on_paper: Whether they are letters in Word instead of emails.

    Raises:
        ProblemsError: The words of the letter can't be understood.
        AuditkitError: There are none, no plan has begun yet, or a draft can't be written.
    """
    if round_.audit.plans and not round_.schedule.dues:
        raise AuditkitError(
            "The letters name days, and no plan has begun yet. First run: auditkit plan --from DATE"
        )
    template = words.read(round_.folder)
    issued = {entry.recipient_id: round_.workbooks / entry.file for entry in read_log(round_)}
    asked = list(_asked(round_, today))
    found = {one.id: path for one in asked if (path := issued.get(one.id)) and path.is_file()}
    letters = {
        one.id: words.filled(
            template, words.values(round_, one, found[one.id].name if one.id in found else "")
        )
        for one in asked
    }
    folder, ending = (round_.folder / PAPERS, "docx") if on_paper else (round_.folder / FOLDER, "eml")
    folder.mkdir(exist_ok=True)
    paths = []
    for one in asked:
        path = folder / f"{safe_name(f'{one.id} {one.name}')}.{ending}"
        if on_paper:
            content = paper.letter(letters[one.id], one, round_.settings, today)
        else:
            content = _draft(letters[one.id], one, round_.settings.contact_email, found.get(one.id))
        paths.append(atomic_write(path, content, siblings=False))
    return Drafts(
        tuple(paths),
        tuple(one.name for one in asked if not one.email),
        tuple(one.name for one in asked if one.id not in found),
    )


def _asked(round_: Round, today: dt.date) -> Iterator[Recipient]:
    """Yield whom a workbook is for: packs, and recipients who are in none."""
    for one in round_.addressees:
        if one.id not in round_.in_packs and round_.asks(one) and not one.is_closed(today):
            yield one


def _draft(letter: Letter, recipient: Recipient, reply_to: str, workbook: Path | None) -> bytes:
    message = EmailMessage(SMTP)
    message["Subject"] = letter.subject
    if recipient.email:
        message["To"] = ", ".join(addresses_in(recipient.email))
    message["Reply-To"] = reply_to
    # Outlook opens it as a draft of one's own.
    message["X-Unsent"] = "1"
    message.set_content(letter.body, cte="quoted-printable")
    if workbook is not None:
        content = workbook.read_bytes()
        message.add_attachment(content, maintype=XLSX[0], subtype=XLSX[1], filename=workbook.name)
        # The same letter gives the same file.
        message.set_boundary(f"auditkit-{hashlib.sha256(content).hexdigest()[:32]}")
    return message.as_bytes(policy=WHOLE)
