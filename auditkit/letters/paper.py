"""A letter in Word, for who needs it on paper."""

from __future__ import annotations

import datetime as dt
import io
from itertools import groupby

from auditkit.letters.words import Letter
from auditkit.plan import written
from auditkit.register import Recipient
from auditkit.round import Settings

BULLETS = ("- ", "* ", "• ")


def letter(said: Letter, recipient: Recipient, settings: Settings, today: dt.date) -> bytes:
    """Return a letter as a Word document: sender, date, whom it is to, what it is about, its words.

    Args:
        said: Its words. A blank line ends a paragraph; lines that begin with a dash become a list.
        recipient: To whom it goes.
        settings: Those of the round, which say from whom.
        today: The date that it bears.
    """
    from auditkit.preview import word  # only letters on paper need it

    made = word.document(said.subject, settings.partnership, today)
    made.add_paragraph(settings.partnership, style="Subtitle")
    made.add_paragraph(written(today))
    made.add_paragraph("\n".join(filter(None, (recipient.contact, recipient.name))))
    made.add_heading(said.subject, 1)
    for paragraph in said.body.split("\n\n"):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        for is_list, run in groupby(lines, key=lambda line: line.startswith(BULLETS)):
            if is_list:
                word.bullets(made, (line[2:].strip() for line in run))
            else:
                made.add_paragraph("\n".join(run))
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()
