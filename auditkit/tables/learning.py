"""Rows of what was found and done well, in the words of those who looked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from auditkit.definition.cases import folded
from auditkit.definition.field import LEARNT
from auditkit.definition.model import Audit
from auditkit.fields.plain import as_text
from auditkit.returns.words import plain, words_for
from auditkit.tables.model import Given
from auditkit.tables.schema import YES
from auditkit.tables.table import Row, Table, rows
from auditkit.tables.themes import theme_titles

# What people call the roles.
KINDS = dict(zip(LEARNT, ("single-agency finding", "multi-agency finding", "good practice"), strict=True))
ASIDE = (*LEARNT, "theme")


def asks_what_was_found(audit: Audit) -> bool:
    """Tell whether any column of an audit asks for such a text."""
    return any(field.role in LEARNT for s in audit.sections for field in audit.responses_of(s))


def learning_rows(given: Given, answers: Table) -> Iterator[Row]:
    """Yield every such text, in the order of the register and of the definition (``learning``).

    One that says nothing, such as “none”, stands among the answers only.

    Args:
        given: The collation.
        answers: The table of that name.
    """
    audit = given.collation.audit
    if not asks_what_was_found(audit):
        return
    audited, titles = audit.cases, theme_titles(given)
    nothing = words_for(audit.checks).placeholders
    people = {recipient.id: recipient for recipient in given.collation.recipients}
    known = {folded(name): theme.title for theme in audit.themes for name in (theme.id, theme.title)}
    wanted = (row for row in rows(answers) if row.role in ASIDE and row.unconfirmed != YES)
    for (key, question), beside in groupby(wanted, lambda row: (row.recipient_id, row.question_id)):
        found = list(beside)
        named = next((as_text(row.value) for row in found if row.role == "theme"), "")
        is_named = bool(named) and plain(named) not in nothing
        themes = known.get(folded(named), named) if is_named else titles.get(question) or None
        register_row = people[key].row()
        case = audited.case_of(register_row) if audited else None
        agency = audited.agency_of(register_row) if audited else people[key].name
        for row in found:
            if row.role in KINDS and plain(as_text(row.value)) not in nothing:
                what = (row.section_id, row.section, question, row.question)
                place = (row.file, row.sheet, row.cell)
                yield (KINDS[row.role], case, agency, key, themes, *what, as_text(row.value), *place)
