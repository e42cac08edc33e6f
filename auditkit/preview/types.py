"""The types of recipient: those who are asked the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditkit.definition.conditions import is_bound, matches
from auditkit.definition.model import Audit
from auditkit.definition.wording import listed
from auditkit.register import Recipient
from auditkit.round import Round

# More groups than this are counted in a type's name, not named.
NAMED = 3


@dataclass(frozen=True)
class RecipientType:
    """Recipients who are asked the same questions; ``audit`` is narrowed to them."""

    name: str
    audit: Audit
    recipients: tuple[Recipient, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that they are of, in the order of the register."""
        return tuple(dict.fromkeys(recipient.group for recipient in self.recipients))

    @property
    def questions(self) -> int:
        """How many questions they are asked."""
        return sum(1 for _ in self.audit.questions())


def types(round_: Round) -> tuple[RecipientType, ...]:
    """Return the types of a round's recipients, in the order of the register."""
    found: dict[tuple[str, ...], list[Recipient]] = {}
    audits: dict[tuple[str, ...], Audit] = {}
    for recipient in round_.recipients:
        audit = round_.audit_for(recipient)
        events = (f"{section.id}:" for section in audit.sections if section.events)
        asked = (*events, *(question.id for _, question in audit.questions()))
        if asked:
            audits.setdefault(asked, audit)
            found.setdefault(asked, []).append(recipient)
    names = _names(round_.audit, [tuple(members) for members in found.values()])
    return tuple(
        RecipientType(name, audits[asked], tuple(members))
        for name, (asked, members) in zip(names, found.items(), strict=True)
    )


def _names(audit: Audit, types_: list[tuple[Recipient, ...]]) -> list[str]:
    """Return a name for each type: its groups, then what tells it from others of the same groups."""
    named: dict[str, dict[str, None]] = {}
    for section, question in audit.questions():
        for conditions in (section.applies_to, section.except_for, question.applies_to, question.except_for):
            for column, values in conditions.items():
                named.setdefault(column, {}).update(dict.fromkeys(values))
    named.pop("group", None)
    names = [_groups(members) for members in types_]
    # First by what the register says, then, where that isn't enough, by which bounds for numbers hold.
    names = _told_apart(
        types_, names, {c: () for c, values in named.items() if not all(map(is_bound, values))}
    )
    names = _told_apart(types_, names, {c: tuple(filter(is_bound, values)) for c, values in named.items()})
    return [
        f"{name} ({n})" if (n := names[: i + 1].count(name)) > 1 else name for i, name in enumerate(names)
    ]


def _told_apart(
    types_: list[tuple[Recipient, ...]], names: list[str], columns: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Return the names, those that several types have with what their columns say behind."""
    found = []
    for members, name in zip(types_, names, strict=True):
        others = [each for each, same in zip(types_, names, strict=True) if same == name and each != members]
        said = [
            f"{column.replace('_', ' ')} {listed(values, 'and')}"
            for column, bounds in columns.items()
            if (values := _values(members, column, bounds))
            and any(_values(other, column, bounds) != values for other in others)
        ]
        found.append(", ".join((name, *said)))
    return found


def _groups(members: tuple[Recipient, ...]) -> str:
    groups = [group for group in dict.fromkeys(recipient.group for recipient in members) if group]
    if not groups:
        return "All recipients"
    if len(groups) > NAMED:
        return f"{groups[0]} and {len(groups) - 1} other groups"
    return listed(groups, "and")


def _values(members: tuple[Recipient, ...], column: str, bounds: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the register says of a type in a column, or which of these bounds that is within."""
    said = dict.fromkeys(dict(recipient.row()).get(column, "") for recipient in members)
    if not bounds:
        return tuple(each or "blank" for each in said)
    within = (next((b for b in bounds if matches(b, each)), f"not {listed(bounds)}") for each in said)
    return tuple(dict.fromkeys(within))
