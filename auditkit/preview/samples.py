"""Sample workbooks: what each type of recipient would be sent, marked so that nobody takes it for theirs."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from auditkit.definition.model import Audit
from auditkit.preview.types import RecipientType
from auditkit.register import Recipient
from auditkit.round import Round
from auditkit.workbook.blocks import layout_for
from auditkit.workbook.book import Issue
from auditkit.workbook.build import build
from auditkit.workbook.identity import SAMPLE, SAMPLE_ISSUE, Identity
from auditkit.workbook.protection import lock

MARK = "Sample – not for filling in"


def sample(round_: Round, type_: RecipientType) -> bytes:
    """Return the workbook of a type of recipient, as a sample.

    Args:
        round_: The round.
        type_: Whom it is for.

    Returns:
        What a recipient of this type would be sent, with a mark on every sheet and in print, and an identity
        that no issued workbook has: collating holds it.
    """
    settings = replace(round_.settings, title=f"{MARK}: {round_.settings.title}")
    audit = _marked(type_.audit)
    layout = layout_for(audit)
    identity = Identity(settings.id, SAMPLE, audit.edition, SAMPLE_ISSUE, layout.digest)
    recipient = Recipient(SAMPLE, MARK, type_.name)
    salt = hashlib.sha256(settings.id.encode()).digest()[:16]
    return build(Issue(settings, audit, recipient, layout, identity), lock(settings.password, salt))


def _marked(audit: Audit) -> Audit:
    sections = (replace(section, intro=f"{MARK}. {section.intro}".strip()) for section in audit.sections)
    return replace(audit, sections=tuple(sections))
