"""Rounds of any size, all returns in, made in seconds and the same each time."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path

from auditkit import exports
from auditkit.fields import kind_of
from auditkit.files import safe_name, write_state
from auditkit.register import Recipient
from auditkit.returns.model import Answer, Return
from auditkit.round import Round, load
from auditkit.tables import Collation, build
from auditkit.workbook import editions
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.identity import Identity
from auditkit.workbook.issue import generate
from auditkit.workbook.layout import Layout
from auditkit.workbook.log import Issued
from benchmarks.answers import answers
from benchmarks.audits import Scenario, settings
from benchmarks.forms import Form, filled, taken_apart

ISSUED = dt.date(2026, 9, 14)
AS_AT = dt.date(2026, 12, 18)
SEED = 175
# How many returns one process makes before it asks for more.
BATCH = 50
FORM_ID, FORM_NAME = "form-of-a-layout-{}", "Name of a layout {}"


def bare(scenario: Scenario, folder: Path, count: int) -> Round:
    """Make a round of ``count`` recipients in an empty folder: nothing issued, nothing returned."""
    _write(scenario, folder, list(scenario.register(count)))
    return load(folder)


def returned(scenario: Scenario, folder: Path, count: int) -> Round:
    """Make a round of ``count`` recipients in an empty folder, all of whom have returned their workbook.

    The workbooks count as issued, but only one of each layout was built.
    """
    round_ = bare(scenario, folder / "round", count)
    _issue(round_)
    forms = _forms(scenario, folder / "forms", round_)
    round_.returns.mkdir()
    batches = list(_batches(round_.recipients, BATCH))
    with ProcessPoolExecutor(os.cpu_count(), initializer=_begin, initargs=(round_.folder, forms)) as pool:
        for _ in pool.map(_send, batches):
            pass
    return round_


def answered(folder: Path) -> None:
    """Give a round the tables that it would have if all its recipients had answered; nothing is returned."""
    round_ = load(folder)
    layouts: dict[int, Layout] = {}
    returns = []
    for recipient in round_.recipients:
        audit = round_.audit_for(recipient)
        layout = layouts.setdefault(id(audit), layout_for(audit))
        said = answers(audit, layout, f"{SEED} before {recipient.id}")
        slots = {
            (block.id, *key): (block, slot) for block in layout.blocks for key, slot in block.by_key.items()
        }
        typed = tuple(
            Answer(
                *place,
                slot.field,
                value,
                kind_of(slot.field).parse(value, slot.field, audit).value,
                block.sheet,
                "A1",
            )
            for place, value in said.items()
            for block, slot in [slots[place]]
        )
        returns.append(Return(f"{recipient.id}.xlsx", "", "accepted", recipient.id, answers=typed))
    collation = Collation(round_.settings, round_.audit, round_.recipients, tuple(returns), AS_AT)
    exports.write(round_.tables, build(collation))


def _write(scenario: Scenario, folder: Path, rows: Sequence[Mapping[str, str]]) -> None:
    folder.mkdir(parents=True)
    (folder / "audit.yaml").write_text(scenario.definition(), encoding="utf-8")
    (folder / "round.yaml").write_text(settings("benchmark"), encoding="utf-8")
    with (folder / "register.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _issue(round_: Round) -> None:
    """Write down that every recipient was issued its workbook."""
    definition = editions.digest(round_.audit)
    log = [
        Issued(
            *(r.id, r.name, r.group, r.email, file_name(r), round_.audit.edition),
            *(1, ISSUED.isoformat(), layout_for(round_.audit_for(r)).digest, definition),
        )
        for r in round_.recipients
    ]
    round_.key()
    editions.keep(round_)
    write_state(round_.log, json.dumps([asdict(entry) for entry in log]).encode())


def file_name(recipient: Recipient) -> str:
    """Return what auditkit calls a recipient's workbook."""
    return f"{safe_name(recipient.name)} ({recipient.id}).xlsx"


def _forms(scenario: Scenario, folder: Path, round_: Round) -> dict[str, tuple[Form, Identity]]:
    """Return the form of each layout, by its digest, with the identity that stands in it."""
    first: dict[str, Recipient] = {}
    for recipient in round_.recipients:
        first.setdefault(layout_for(round_.audit_for(recipient)).digest, recipient)
    own = [
        replace(recipient, id=FORM_ID.format(f"{n:04}"), name=FORM_NAME.format(f"{n:04}"))
        for n, recipient in enumerate(first.values())
    ]
    _write(scenario, folder, [recipient.row() for recipient in own])
    issued = load(folder)
    generate(issued, today=ISSUED)
    forms = {}
    for digest, recipient in zip(first, issued.recipients, strict=True):
        layout = layout_for(issued.audit_for(recipient))
        identity = Identity(issued.settings.id, recipient.id, issued.audit.edition, 1, digest)
        workbook = (issued.workbooks / file_name(recipient)).read_bytes()
        forms[digest] = taken_apart(workbook, layout), identity.signed(issued.key())
    return forms


def _batches(recipients: Sequence[Recipient], size: int) -> Iterator[list[str]]:
    left = iter([recipient.id for recipient in recipients])
    while batch := list(islice(left, size)):
        yield batch


@dataclass(frozen=True)
class _Desk:
    """What a process that makes returns has before it."""

    round_: Round
    key: bytes
    recipients: Mapping[str, Recipient]
    forms: Mapping[str, tuple[Form, Identity]]
    layouts: dict[tuple[str, ...], Layout] = field(default_factory=dict)


_desks: list[_Desk] = []


def _begin(folder: Path, forms: Mapping[str, tuple[Form, Identity]]) -> None:
    round_ = load(folder)
    _desks[:] = [_Desk(round_, round_.key(), {r.id: r for r in round_.recipients}, forms)]


def _send(ids: Sequence[str]) -> None:
    (desk,) = _desks
    for recipient in map(desk.recipients.__getitem__, ids):
        audit = desk.round_.audit_for(recipient)
        asked = tuple(question.id for _, question in audit.questions())
        if asked not in desk.layouts:
            desk.layouts[asked] = layout_for(audit)
        layout = desk.layouts[asked]
        form, old = desk.forms[layout.digest]
        new = replace(old, recipient_id=recipient.id).signed(desk.key)
        number = int(old.recipient_id[-4:])
        names = {
            old.recipient_id: new.recipient_id,
            old.signature: new.signature,
            FORM_NAME.format(f"{number:04}"): recipient.name,
        }
        saved = dt.datetime(2026, 12, 1, 9) + dt.timedelta(minutes=sum(recipient.id.encode()))
        said = answers(audit, layout, f"{SEED} {recipient.id}")
        (desk.round_.returns / file_name(recipient)).write_bytes(filled(form, said, names, saved))
