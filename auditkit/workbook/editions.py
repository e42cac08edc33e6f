"""What was asked in workbooks issued earlier: every definition that was issued, kept in the round.

A workbook names the digest of its layout, and the log of issues the digest of its definition. From the two
the audit that its recipient saw is made again, however much the definition and the register have changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditkit.definition.model import LATER, Audit
from auditkit.files import write_state
from auditkit.round import Round
from auditkit.workbook import progress
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.carried import with_column
from auditkit.workbook.layout import PROGRESS
from auditkit.workbook.pack import Member, PackAudit, layout_of, narrowed, pack_audit
from auditkit.workbook.pack_carried import confirming, sections_confirmed

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# A setting that definitions haven't always had, and that says nothing.
SAYS_NOTHING = re.compile(rb',"(?:%s)":(?:null|false|""|\[\]|\{\})' % "|".join(LATER).encode())

# Questions by section, as one layout asks them.
Asked = dict[str, list[str]]
NOTHING: Mapping[str, Audit] = {}
# Under this key, which no section can have, the sections in which something is to be confirmed.
CONFIRM = ":confirm"


def digest(audit: Audit) -> str:
    """Return the first 16 hex digits of the SHA-256 of a whole definition: any change of it shows."""
    written = SAYS_NOTHING.sub(b"", _adapter().dump_json(audit))
    return hashlib.sha256(written).hexdigest()[:16]


def keep(
    round_: Round,
    packs: Mapping[str, PackAudit] | None = None,
    confirm: Mapping[str, Sequence[str]] | None = None,
    forms: Mapping[str, Audit] = NOTHING,
) -> None:
    """Keep the round's definition, and what each of its recipients and packs is asked.

    Args:
        round_: The round that is issued.
        packs: What its packs ask, by the digest of their layout.
        confirm: The sections in which a recipient has to confirm what was carried over, by recipient id.
        forms: What its progress workbooks ask, by the digest of their layout.

    Raises:
        AuditkitError: The round's folder can't be written to.
    """
    path = _folder(round_) / f"{digest(round_.audit)}.json"
    asked = _read_asked(round_)
    known = len(asked)
    audits: dict[tuple[object, tuple[str, ...]], Audit] = {}
    for recipient in round_.recipients:
        audit, sections = round_.audit_for(recipient), tuple((confirm or {}).get(recipient.id, ()))
        audits[_asked_key(audit), sections] = audit
    for (_, sections), audit in audits.items():
        own = {CONFIRM: list(sections)} if sections else {}
        asked[layout_for(with_column(audit, sections)).digest] = {**_asked(audit), **own}
    asked.update((layout, _asked(form)) for layout, form in forms.items())
    if _read_audit(round_, digest(round_.audit)) is None:
        write_state(path, _adapter().dump_json(round_.audit, indent=1))
    if len(asked) > known:
        text = json.dumps(asked, ensure_ascii=False, indent=1)
        write_state(_folder(round_) / "layouts.json", text.encode())
    new = {layout: {m.id: _of_member(m) for m in pack.members} for layout, pack in (packs or {}).items()}
    known_packs = _read_packs(round_) if new else {}
    if not new.keys() <= known_packs.keys():
        text = json.dumps({**known_packs, **new}, ensure_ascii=False, separators=(",", ":"))
        write_state(_folder(round_) / "packs.json", text.encode())


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
        own = with_column(_narrowed(audit, asked[layout]), asked[layout].get(CONFIRM, ()))
        if layout_for(own).digest == layout:
            found[definition, layout] = own
    return found


def kept_packs(round_: Round, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PackAudit]:
    """Return what packs ask, as far as it is still known.

    Args:
        round_: The round.
        wanted: The digests of definition and of layout of each pack, in any order.

    Returns:
        What they ask as it was then, by the same digests; their members are named by their ids.
    """
    wanted = set(wanted)
    if not wanted:
        return {}
    members = _read_packs(round_)
    whole = {definition: _read_audit(round_, definition) for definition, _ in wanted}
    found = {}
    for definition, layout in wanted:
        audit = whole[definition]
        if audit is not None and layout in members:
            distinct = {json.dumps(asked): narrowed(audit, asked) for asked in members[layout].values()}
            own = [Member(key, key, distinct[json.dumps(asked)]) for key, asked in members[layout].items()]
            confirm = {section for asked in members[layout].values() for section in asked.get(CONFIRM, ())}
            pack = confirming(pack_audit(audit, own, definition=definition), confirm)
            if layout_of(pack).digest == layout:
                found[definition, layout] = pack
    return found


def _narrowed(audit: Audit, asked: Asked) -> Audit:
    """Return a definition as one layout asks it: for the audit, or for progress."""
    if any(section.startswith(PROGRESS) for section in asked):
        return progress.form(audit, {question for own in asked.values() for question in own})
    return narrowed(audit, asked)


def _asked(audit: Audit) -> Asked:
    return {section.id: [q.id for q in section.questions] for section in audit.sections}


def _of_member(member: Member) -> Asked:
    confirm = sections_confirmed(member.audit)
    return {**_asked(member.audit), **({CONFIRM: confirm} if confirm else {})}


def _read_audit(round_: Round, definition: str) -> Audit | None:
    """Return a definition that was kept, None if it is gone or damaged: returns are read without it too."""
    try:
        audit = _adapter().validate_json((_folder(round_) / f"{definition}.json").read_bytes())
    except (OSError, ValueError):
        return None
    return audit if digest(audit) == definition else None


def _read_asked(round_: Round) -> dict[str, Asked]:
    found = _read(round_, "layouts.json")
    return found if all(isinstance(asked, dict) for asked in found.values()) else {}


def _read_packs(round_: Round) -> dict[str, dict[str, Asked]]:
    """Return what each member of each pack is asked, by the digest of the pack's layout."""
    found = _read(round_, "packs.json")
    packs = [pack for pack in found.values() if isinstance(pack, dict)]
    sound = all(isinstance(asked, dict) for pack in packs for asked in pack.values())
    return found if sound and len(packs) == len(found) else {}


def _read(round_: Round, name: str) -> dict[str, Any]:
    try:
        found = json.loads((_folder(round_) / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _asked_key(audit: Audit) -> tuple[tuple[str, ...], ...]:
    return tuple((section.id, *(q.id for q in section.questions)) for section in audit.sections)


def _folder(round_: Round) -> Path:
    return round_.private / "editions"


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Audit]:
    from pydantic import TypeAdapter  # takes long, and help needs none of it

    return TypeAdapter(Audit)
