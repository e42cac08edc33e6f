"""The rule by which a part of a register is asked each year.

Everybody's turn follows from the seed and its own first id alone: not from the order of the register, and not
from who else is in it. So nobody's turn moves when others open, close or are sorted, or when a school becomes
an academy. Whoever has waited too long all the same, since the seed was changed, say, is asked out of turn.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from auditkit.register import Recipient

# Why somebody is asked, the first that holds first in the list. What the officer says comes before all.
CHOSEN, ISSUED, NEW, RED, SILENT, ALWAYS, TURN, WAITED = REASONS = (
    "your choice",
    "issued already",
    "new",
    "red last time",
    "no return last time",
    "every year",
    "its turn",
    "waited",
)
LEFT_OUT, CLOSED = "left out", "closed"
# So many seeds are tried for one that divides a register evenly.
SEEDS = 200


@dataclass(frozen=True)
class Rota:
    """A part of the register is asked each year, and everybody at least once in so many years.

    Attributes:
        year: Whose turn it is: 1 in the first year, 2 in the next, and 1 again after the last.
        seed: Any word. It decides, with a recipient's first id, whose turn is when; never change it.
        years: In how many years everybody's turn comes once.
        last: The folder of the last round, from this one: who is new, was red or didn't return.
        red: Points of the last round's overall scale that bring a recipient back the next year; the worst one
            if left out.
        not_returned: Whether those come back who were asked last time and didn't return.
        always: Column of the register: values; matching recipients are asked every year.
    """

    year: int
    seed: str = ""
    years: int = 3
    last: str = ""
    red: tuple[str, ...] = ()
    not_returned: bool = True
    always: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """One recipient's place in the rota: whether it is asked, why (or why not), and when its turn is.

    ``waited`` counts the rounds in a row, up to the last one, in which it wasn't asked.
    """

    asked: bool
    why: tuple[str, ...]
    turn: int
    waited: int


@dataclass(frozen=True)
class Before:
    """What the last round says, by recipient id in lower case.

    ``waited`` has everybody who was in its register, with the rounds waited up to and including that one.
    """

    waited: Mapping[str, int]
    red: Collection[str] = ()
    silent: Collection[str] = ()

    def ids(self, recipient: Recipient) -> tuple[str, ...]:
        """Return the ids under which it knows a recipient: its own, else earlier ones; none if new."""
        own = recipient.id.casefold()
        if own in self.waited:
            return (own,)
        return tuple(was for was in map(str.casefold, recipient.predecessors) if was in self.waited)


@dataclass(frozen=True)
class Wish:
    """What the officer says of one recipient in the register: to ask it or not, and why."""

    asked: bool
    reason: str


def turn_of(seed: str, first_id: str, years: int) -> int:
    """Return in which year, from 1 to ``years``, the turn is of whoever first had this id."""
    drawn = hashlib.sha256(f"{seed}\n{first_id.casefold()}".encode()).digest()
    return int.from_bytes(drawn, "big") % years + 1


def choose(
    recipients: Iterable[Recipient],
    rota: Rota,
    *,
    before: Before | None = None,
    wishes: Mapping[str, Wish] | None = None,
    issued: Collection[str] = (),
    closed: Collection[str] = (),
) -> dict[str, Place]:
    """Choose who is asked.

    Args:
        recipients: The register.
        rota: The settings, with a seed.
        before: What the last round says; without one nobody is new, red or has waited.
        wishes: The officer's word on some, by id.
        issued: The ids of those who have a workbook of this round.
        closed: The ids of those who have closed, and aren't asked unless they have a workbook already.

    Returns:
        Everybody's place, by id in the order of the register.
    """
    places = {}
    for recipient in recipients:
        wish = (wishes or {}).get(recipient.id)
        turn = turn_of(rota.seed, _first_id(recipient), rota.years)
        known = before.ids(recipient) if before else ()
        # Of several that became one, whoever waited longest.
        waited = max((before.waited[key] for key in known), default=0) if before else 0
        holds = {
            ISSUED: recipient.id in issued,
            NEW: before is not None and not known,
            RED: before is not None and any(key in before.red for key in known),
            SILENT: before is not None and rota.not_returned and any(key in before.silent for key in known),
            ALWAYS: _matches(recipient.row(), rota.always),
            TURN: turn == rota.year,
            WAITED: waited >= rota.years - 1,
        }
        why = tuple(reason for reason in REASONS if holds.get(reason))
        if recipient.id in closed and recipient.id not in issued:
            places[recipient.id] = Place(False, (CLOSED,), turn, waited)
            continue
        if wish is not None:
            said = CHOSEN if wish.asked else LEFT_OUT
            own = f"{said}: {wish.reason}" if wish.reason else said
            why = (own, *why) if wish.asked else (own,)
        asked = wish.asked if wish is not None else bool(why)
        places[recipient.id] = Place(asked, why, turn, waited)
    return places


def reason_of(place: Place) -> str:
    """Return the first of a place's reasons, as :data:`REASONS` has it; blank if it isn't asked."""
    return place.why[0].partition(":")[0] if place.asked and place.why else ""


def evenest(recipients: Sequence[Recipient], years: int, stem: str) -> str:
    """Return a seed that divides a register evenly, group by group.

    Args:
        recipients: The register.
        years: Into how many parts.
        stem: What the seeds that are tried begin with; the same one gives the same seed.

    Returns:
        The best of some that were tried.
    """

    def uneven(seed: str) -> float:
        sizes = Counter((r.group, turn_of(seed, _first_id(r), years)) for r in recipients)
        whole = Counter(r.group for r in recipients)
        parts = range(1, years + 1)
        return sum(
            (sizes[group, part] - count / years) ** 2 / count
            for group, count in whole.items()
            for part in parts
        )

    return min((f"{stem}-{n}" for n in range(1, SEEDS + 1)), key=uneven)


def _first_id(recipient: Recipient) -> str:
    """Return the earliest id that the register knows of a recipient."""
    return recipient.predecessors[-1] if recipient.predecessors else recipient.id


def _matches(row: Mapping[str, str], conditions: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether any column has one of its values; case and surrounding spaces don't matter."""
    return any(
        row.get(column, "").strip().casefold() in {value.strip().casefold() for value in values}
        for column, values in conditions.items()
    )
