"""The definition's rules between the fields of one row, checked on what came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditkit.definition.model import Audit, Field, Rule
from auditkit.fields.plain import as_text
from auditkit.returns.model import Answer


@dataclass(frozen=True)
class Broken:
    """A rule that isn't kept: the answer that triggered it, and the fields that it then needs."""

    rule: Rule
    trigger: Answer
    missing: tuple[Field, ...]


def broken(
    rules: tuple[Rule, ...], row: Mapping[str, Answer], fields: tuple[Field, ...], audit: Audit
) -> list[Broken]:
    """Check rules on one row.

    Args:
        rules: The audit's rules. Those that look at a field this row doesn't have are left aside.
        row: The answers of the row by field id, parsed.
        fields: The fields of the row.
        audit: The definition.

    Returns:
        The rules that aren't kept. A field that is filled, though not usably, isn't missing: it has its own
        finding.
    """
    found = []
    for rule in _holding(rules, row, fields, audit):
        lacking = [i for i in rule.require if i not in row]
        by_id = {field.id: field for field in fields} if lacking else {}
        missing = tuple(by_id[i] for i in lacking if i in by_id)
        if missing:
            trigger = row[next(iter(rule.when))] if rule.when else next(iter(row.values()))
            found.append(Broken(rule, trigger, missing))
    return found


def required(
    rules: tuple[Rule, ...], row: Mapping[str, Answer], fields: tuple[Field, ...], audit: Audit
) -> frozenset[str]:
    """Return the ids of the fields that rules require on one row; for the arguments see :func:`broken`."""
    return frozenset(i for rule in _holding(rules, row, fields, audit) for i in rule.require)


def _holding(
    rules: tuple[Rule, ...], row: Mapping[str, Answer], fields: tuple[Field, ...], audit: Audit
) -> Iterator[Rule]:
    """Yield the rules whose conditions hold on one row."""
    for rule in rules:
        for field_id, values in rule.when.items():
            if not _holds(row.get(field_id), values, audit):
                break
        else:
            if rule.when.keys() <= {field.id for field in fields}:
                yield rule


def _holds(answer: Answer | None, values: tuple[str, ...], audit: Audit) -> bool:
    if answer is None:
        return False
    if values == ("any",):
        return True
    if answer.value is None:
        return False
    if answer.field.kind == "rating":
        point = audit.scale(answer.field.scale).point_for(answer.value)
        return point is not None and point.id in values
    return as_text(answer.value) in values
