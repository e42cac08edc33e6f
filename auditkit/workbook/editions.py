"""What was asked in workbooks issued earlier: every definition that was issued, kept in the round.

A workbook names the digest of its layout, and the log of issues the digest of its definition. From the two
the audit that its recipient saw is made again, however much the definition and the register have changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from auditkit.definition.model import LATER, Audit
from auditkit.files import write_state
from auditkit.round import Round
from auditkit.workbook.carried import with_column
from auditkit.workbook.layout import layout_for

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# A setting that definitions haven't always had, and that says nothing.
SAYS_NOTHING = re.compile(rb',"(?:%s)":(?:null|false|""|\[\]|\{\})' % "|".join(LATER).encode())

# Questions by section, as one layout asks them.
Asked = dict[str, list[str]]
# Under this key, which no section can have, the sections in which something is to be confirmed.
CONFIRM = ":confirm"
NOTHING: Mapping[str, Collection[str]] = MappingProxyType({})


def digest(audit: Audit) -> str:
    """Return the first 16 hex digits of the SHA-256 of a whole definition: any change of it shows."""
    written = SAYS_NOTHING.sub(b"", _adapter().dump_json(audit))
    return hashlib.sha256(written).hexdigest()[:16]


def keep(round_: Round, confirmed: Mapping[str, Collection[str]] = NOTHING) -> None:
    """Keep the round's definition, and what each of its recipients is asked.

    Args:
        round_: The round that is issued.
        confirmed: The sections in which a recipient has to confirm what was carried over, by recipient id.

    Raises:
        AuditkitError: The round's folder can't be written to.
    """
    path = _folder(round_) / f"{digest(round_.audit)}.json"
    asked = _read_asked(round_)
    known = len(asked)
    audits: dict[tuple[object, tuple[str, ...]], Audit] = {}
    for recipient in round_.recipients:
        audit, sections = round_.audit_for(recipient), tuple(confirmed.get(recipient.id, ()))
        audits[_asked_key(audit), sections] = audit
    for (_, sections), audit in audits.items():
        own = {CONFIRM: list(sections)} if sections else {}
        asks = {s.id: [q.id for q in s.questions] for s in audit.sections}
        asked[layout_for(with_column(audit, sections)).digest] = {**asks, **own}
    if _read_audit(round_, digest(round_.audit)) is None:
        write_state(path, _adapter().dump_json(round_.audit, indent=1))
    if len(asked) > known:
        text = json.dumps(asked, ensure_ascii=False, indent=1)
        write_state(_folder(round_) / "layouts.json", text.encode())


def kept(round_: Round, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Audit]:
    """Return the audits that workbooks ask, as far as they are still known.

    Args:
        round_: The round.
        wanted: The digests of definition and of layout of each workbook, in any order.

    Returns:
        The definitions as they were narrowed then, by the same digests.
    """
    asked = _read_asked(round_)
    wanted = set(wanted)
    whole = {definition: _read_audit(round_, definition) for definition, _ in wanted}
    found = {}
    for definition, layout in wanted:
        audit = whole[definition]
        if audit is None or layout not in asked:
            continue
        narrowed = _narrowed(audit, asked[layout])
        if layout_for(narrowed).digest == layout:
            found[definition, layout] = narrowed
    return found


def _narrowed(audit: Audit, asked: Asked) -> Audit:
    sections = []
    for section in audit.sections:
        wanted = set(asked.get(section.id, ()))
        questions = tuple(q for q in section.questions if q.id in wanted)
        if questions:
            sections.append(replace(section, questions=questions))
    return with_column(replace(audit, sections=tuple(sections)), asked.get(CONFIRM, ()))


def _read_audit(round_: Round, definition: str) -> Audit | None:
    """Return a definition that was kept, None if it is gone or damaged: returns are read without it too."""
    try:
        audit = _adapter().validate_json((_folder(round_) / f"{definition}.json").read_bytes())
    except (OSError, ValueError):
        return None
    return audit if digest(audit) == definition else None


def _read_asked(round_: Round) -> dict[str, Asked]:
    try:
        found = json.loads((_folder(round_) / "layouts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    sound = isinstance(found, dict) and all(isinstance(asked, dict) for asked in found.values())
    return found if sound else {}


def _asked_key(audit: Audit) -> tuple[tuple[str, ...], ...]:
    return tuple((section.id, *(q.id for q in section.questions)) for section in audit.sections)


def _folder(round_: Round) -> Path:
    return round_.private / "editions"


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Audit]:
    from pydantic import TypeAdapter  # takes long, and help needs none of it

    return TypeAdapter(Audit)
