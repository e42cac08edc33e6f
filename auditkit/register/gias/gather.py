"""What GIAS and the authority's own list say about schools, put together: a row of the register for each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from auditkit.errors import Problem, ProblemsError
from auditkit.register.gias import addresses, extract, links, rules, schools
from auditkit.register.gias.addresses import Addresses
from auditkit.register.gias.links import Links
from auditkit.register.gias.schools import Remark, School

T = TypeVar("T")
ASKED = ("open", "closing")
# Why a school isn't in a register, by its status.
WHY = {"closed": "closed", "planned": "not open yet"}


@dataclass(frozen=True)
class Sources:
    """The files that a register is made from, and the codes of the authorities whose schools are asked."""

    extract: Path
    authorities: tuple[str, ...]
    emails: Path | None = None
    links: Path | None = None
    rules: Path | None = None


@dataclass(frozen=True)
class Gathered:
    """What was found out.

    ``asked`` are the rows of schools that are asked, by URN in the order of their names; ``others`` the
    schools that aren't, but were looked up. ``left_out`` counts what was left out by why.

    ``unaddressed`` are schools without an address, if there is a list; ``unused`` what of the list couldn't
    be used, each with why.
    """

    columns: tuple[str, ...]
    asked: Mapping[str, School]
    others: Mapping[str, School]
    links: Links
    left_out: Mapping[str, int]
    types_left_out: Mapping[str, int]
    missing: tuple[str, ...]
    remarks: tuple[Remark, ...]
    unaddressed: tuple[str, ...]
    unused: tuple[str, ...]


def gather(sources: Sources, today: dt.date, also: Collection[str] = ()) -> Gathered:
    """Read all files and put them together.

    Args:
        sources: The files.
        today: The day that stands for a closing day that isn't known.
        also: URNs of schools to look up even if they aren't of these authorities.

    Raises:
        ProblemsError: With every problem of every file.
    """
    problems: list[Problem] = []

    def tried(read: Callable[[], T], default: T) -> T:
        try:
            return read()
        except ProblemsError as error:
            problems.extend(error.problems)
            return default

    own = tried(lambda: rules.read(sources.rules), None) or rules.read(None)
    emails = sources.emails
    listed = tried(lambda: addresses.read(emails), addresses.NONE) if emails else addresses.NONE
    linked = links.NONE
    if sources.links:
        file = sources.links
        linked = tried(lambda: links.read(file, own), links.NONE)
    looked_up = {*also, *listed.by_urn}
    found = tried(lambda: extract.read(sources.extract, own, sources.authorities, looked_up), None)
    if problems or found is None:
        raise ProblemsError(problems)
    known, remarks = schools.schools(found.establishments.values(), own, today)
    repeated = (
        [Remark("stands twice in the extract, in the same words", found.repeated)] if found.repeated else []
    )
    here = {urn: one for urn, one in known.items() if one.la in sources.authorities}
    in_order = sorted(here.items(), key=lambda pair: (pair[1].row["name"].casefold(), pair[0]))
    asked = {urn: one for urn, one in in_order if one.status in ASKED and one.is_asked}
    others = {urn: one for urn, one in known.items() if urn not in asked}
    return Gathered(
        schools.columns(own),
        {urn: _with(one, listed, linked, sources) for urn, one in asked.items()},
        {urn: _with(one, listed, linked, sources) for urn, one in others.items()},
        linked,
        _left_out(here.values(), found.elsewhere),
        schools.types_left_out(one for one in here.values() if one.status in ASKED and not one.is_asked),
        found.missing,
        (*repeated, *remarks),
        tuple(urn for urn in asked if urn not in listed.by_urn) if emails else (),
        (*listed.unusable, *_unused(listed, asked, known)),
    )


def _with(one: School, listed: Addresses, linked: Links, sources: Sources) -> School:
    """Return a school with what other files say about it; a column of a file that isn't there is left out."""
    row = dict(one.row)
    if one.urn in listed.by_urn:
        row["email"] = listed.by_urn[one.urn]
    if sources.links:
        row["predecessor"] = "; ".join(linked.before(one.urn))
    return School(one.urn, one.la, one.status, one.is_asked, one.closes, row)


def _left_out(here: Collection[School], elsewhere: int) -> dict[str, int]:
    counts = Counter(WHY[one.status] for one in here if one.status in WHY)
    counts["of a type that isn't asked"] = sum(one.status in ASKED and not one.is_asked for one in here)
    counts["of other authorities"] = elsewhere
    return {why: counts[why] for why in counts if counts[why]}


def _unused(listed: Addresses, asked: Mapping[str, School], known: Mapping[str, School]) -> list[str]:
    """Return the addresses that belong to no school of the register, each with why."""
    return [
        f"{urn} {address}: {_why(known.get(urn))}"
        for urn, address in listed.by_urn.items()
        if urn not in asked
    ]


def _why(one: School | None) -> str:
    if one is None:
        return "there is no such URN in the extract"
    if one.status == "closed":
        return f"{one.row['name']} has closed ({one.row['closed']})"
    if one.status == "planned":
        return f"{one.row['name']} isn't open yet"
    if not one.is_asked:
        return f"{one.row['name']} is left out ({one.row['type']})"
    return f"{one.row['name']} is of another authority ({one.row['la'] or one.la})"
