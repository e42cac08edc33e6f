"""Rules between fields: about fields that exist, and about answers that these can have."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.checks import walk
from auditkit.definition.model import Audit, Field
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.fields import KINDS, yes_no

ANY = "any"


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any rule."""
    for path, rule, fields in walk.rules(audit):
        known = list(dict.fromkeys(field.id for field in fields))
        if not rule.when:
            yield Issue(
                (*path, "when"), f"the rule {quoted(rule.id)} never says when it holds: fill in 'when'"
            )
        if not rule.require:
            yield Issue((*path, "require"), f"the rule {quoted(rule.id)} asks for nothing: fill in 'require'")
        for field_id, values in rule.when.items():
            here = (*path, "when", field_id)
            if field_id in known:
                yield from _values(here, values, [field for field in fields if field.id == field_id], audit)
            else:
                yield Issue(here, _no_field(field_id, known), at_name=True)
        for n, field_id in enumerate(rule.require):
            if field_id not in known:
                yield Issue((*path, "require", n), _no_field(field_id, known))


def _no_field(field_id: str, known: list[str]) -> str:
    return f"there is no field called {quoted(field_id)}{did_you_mean(field_id, known)}"


def _values(path: Path, values: tuple[str, ...], fields: list[Field], audit: Audit) -> Iterator[Issue]:
    """Yield the values that no field of this id can have; sections may define the same id differently."""
    if not values:
        yield Issue(path, "no answer is given here: name those that the rule is about, or 'any'")
    if ANY in values and len(values) > 1:
        yield Issue(path, "'any' stands for any answer: leave the others out")
    possible = list(dict.fromkeys(answer for field in fields for answer in _answers(field, audit)))
    if any(field.kind not in KINDS or (field.kind == "rating" and not possible) for field in fields):
        return  # said where the field is
    for n, value in enumerate(values):
        if value == ANY or value in possible:
            continue
        if possible:
            message = (
                f"{quoted(value)} isn't an answer to {quoted(fields[0].id)}{did_you_mean(value, possible)}"
            )
        else:
            kinds = listed(dict.fromkeys(quoted(field.kind) for field in fields))
            message = f"a rule about a {kinds} field can only say 'any' (anything typed), not {quoted(value)}"
        yield Issue((*path, n), message)


def _answers(field: Field, audit: Audit) -> list[str]:
    if field.kind == "rating":
        scale = walk.scale_meant(audit, field.scale)
        return [point.id for point in scale.points] if scale else []
    return [yes_no.YES, yes_no.NO] if field.kind == "yes_no" else list(field.choices)
