"""Which scale each table of a form rates on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditkit.definition.scale import Scale
from auditkit.definition.wording import listed, quoted
from auditkit.forms import around, scales
from auditkit.forms.keys import Key
from auditkit.forms.ledger import Ledger
from auditkit.forms.sheets import Table
from auditkit.forms.words import Words
from auditkit.forms.workbook import Sheet


def rate(
    tables: Sequence[Table], sheets: Sequence[Sheet], explained: Sequence[Key], words: Words, ledger: Ledger
) -> tuple[Scale, ...]:
    """Put the ratings of all tables on scales, and return these.

    A rating that offers nothing to choose from takes what another of the form offers, else what a key
    explains, else the usual points.
    """
    known: dict[tuple[str, ...], Scale] = {}
    offered = next((table.columns.choices for table in tables if table.columns.choices), ())
    offered = offered or next((tuple(key.points) for key in explained), ())
    for table in tables:
        ledger.placed |= table.columns.source
        if table.columns.is_filled_in:
            ledger.decide(
                f"The form is filled in on the sheet {quoted(table.sheet.name)}: its answers were left out."
            )
        fields = table.columns.fields
        n = next((n for n, field in enumerate(fields) if field.role == "rating"), None)
        if n is None:
            continue
        choices = table.columns.choices or offered or words.usual_points
        if choices is words.usual_points:
            ledger.decide(
                f"The form doesn't say what there is to choose from under {quoted(fields[n].label)}: "
                f"{listed(choices, 'and')} were put in."
            )
        if choices not in known:
            id_ = f"rating_{len(known) + 1}" if known else "rating"
            known[choices] = _scale(id_, choices, tables, sheets, explained, words, ledger)
        fields[n] = replace(fields[n], scale=known[choices].id)
    if not known:
        ledger.decide("The form has no column for a rating, so nothing is scored.")
    return tuple(known.values())


def _scale(
    id_: str,
    choices: tuple[str, ...],
    tables: Sequence[Table],
    sheets: Sequence[Sheet],
    explained: Sequence[Key],
    words: Words,
    ledger: Ledger,
) -> Scale:
    meant: dict[str, str] = {}
    for key in (key for key in explained if key.fits(choices)):
        meant = {label.casefold(): meaning for label, meaning in key.points.items()} | meant
        ledger.placed |= key.cells
    rated = scales.scale(id_, choices, words, meant)
    order = [point.label for point in rated.scale.ranked]
    if order:
        doubt = "" if rated.is_ordered else " Their order is the form's, since their words don't tell it."
        said = f"Ratings from best to worst: {', '.join(order)}.{doubt} Check order, colours and scores."
        ledger.decide(said)
    return around.with_meanings(rated.scale, sheets, around.rows_of(tables), ledger)
