"""A folder of made-up returns for a round whose workbooks are issued."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from auditkit.demo.answers import Respondent, answers, personas
from auditkit.demo.fill import Place, fill
from auditkit.fields import Typed
from auditkit.files import atomic_write
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.log import read_log

SEED = 11
# How many answers, the last ones of the workbook, a corrected return changes.
CORRECTED = 12
# What else an officer's mailbox holds: a scan that can't be read as a workbook.
SCAN = (
    "Scanned form from the front desk.pdf",
    b"%PDF-1.4\n% a scan of a form, made up for the demonstration\n%%EOF\n",
)


def make_returns(
    round_: Round,
    template: str,
    *,
    seed: int = SEED,
    on_recipient: Callable[[Recipient], None] = lambda _: None,
) -> int:
    """Fill in issued workbooks as the people of the template's ``demo.yaml`` would; return how many files.

    One recipient sends a corrected return as well, and one file is no workbook. The same seed gives the same
    files. The first batch of returns lies in ``returns``, those after the deadline in a folder below it.
    """
    bank = _bank(template)
    chance = random.Random(seed)
    issued = {entry.recipient_id: entry.file for entry in read_log(round_)}
    kinds = personas(bank, len(round_.recipients), chance)
    count, resent = 0, False
    for recipient, kind in zip(round_.recipients, kinds, strict=True):
        on_recipient(recipient)
        if not kind.get("returns") or recipient.id not in issued:
            continue
        who = Respondent(kind, bank, chance, round_.settings.deadline, recipient.contact, recipient.row())
        returned = who.day("returns")
        said = answers(round_.audit_for(recipient), who, returned)
        _send(round_, recipient, issued[recipient.id], (issued[recipient.id], said, returned), chance)
        count += 1
        if not resent and kind["id"] == "thorough":
            name = issued[recipient.id].replace(".xlsx", " - corrected.xlsx")
            later = returned + dt.timedelta(days=3)
            again = answers(round_.audit_for(recipient), who, later)
            some = dict(list(again.items())[-CORRECTED:])
            _send(round_, recipient, issued[recipient.id], (name, {**said, **some}, later), chance)
            count, resent = count + 1, True
    atomic_write(round_.returns / SCAN[0], SCAN[1])
    return count + 1


def _send(
    round_: Round,
    recipient: Recipient,
    issued: str,
    sent: tuple[str, dict[Place, Typed], dt.date],
    chance: random.Random,
) -> None:
    """Put a filled-in copy of the issued workbook into the returns; ``sent``: its name, answers and day."""
    name, said, day = sent
    workbook = (round_.workbooks / issued).read_bytes()
    saved = dt.datetime.combine(day, dt.time(9 + chance.randint(0, 7), chance.randint(0, 59)))
    content = fill(workbook, layout_for(round_.audit_for(recipient)), said, saved)
    folder = round_.returns / "after the deadline" if day > round_.settings.deadline else round_.returns
    folder.mkdir(parents=True, exist_ok=True)
    path = atomic_write(folder / name, content)
    received = saved.replace(tzinfo=dt.timezone.utc).timestamp()
    os.utime(path, (received, received))


def _bank(template: str) -> Any:
    from ruamel.yaml import YAML

    text = (files("workbook_templates") / template / "demo.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe").load(text)
