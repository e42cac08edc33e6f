"""Rows of a register from those of an extract, by the rules; whatever isn't plain is remarked on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from auditkit.definition.wording import quoted
from auditkit.fields import days
from auditkit.register.gias import extract as gias
from auditkit.register.gias.extract import Establishment
from auditkit.register.gias.rules import Rules, YesNo, fold, folded

Status = Literal["open", "closing", "closed", "planned"]
# The columns of a register that follow from an extract, in order, up to and behind those that the rules name.
FIRST, LAST = ("name", "group", "contact", "email", "type", "phase"), ("status", "predecessor", "closed")
YES, NO = "Yes", "No"
EARLIEST, LATEST = dt.date(1800, 1, 1), dt.date(2199, 12, 31)
# How many a remark names.
NAMED = 5


@dataclass(frozen=True)
class School:
    """A school: where it stands, whether it is of a type that is asked, and its row of the register.

    ``closes`` is the day on which it closed or will, if that is known.
    """

    urn: str
    la: str
    status: Status
    is_asked: bool
    closes: dt.date | None
    row: Mapping[str, str]


@dataclass(frozen=True)
class Remark:
    """Something of an extract that wasn't plain: what it is, and the schools that it holds for."""

    what: str
    urns: tuple[str, ...]

    def __str__(self) -> str:
        named = ", ".join(self.urns[:NAMED]) + (" …" if len(self.urns) > NAMED else "")
        return f"{self.what} ({len(self.urns):,}: {named})"


def columns(rules: Rules) -> tuple[str, ...]:
    """Return the columns of a register, without its ids, in their order."""
    return tuple(dict.fromkeys((*FIRST, *rules.yes_no, *rules.copied, "dfe_number", *LAST)))


def schools(
    establishments: Iterable[Establishment], rules: Rules, today: dt.date
) -> tuple[dict[str, School], tuple[Remark, ...]]:
    """Return schools by their URN, and what wasn't plain about them.

    Args:
        establishments: Rows of an extract.
        rules: The rules.
        today: The day that stands for a closing day that isn't known.
    """
    found: dict[str, School] = {}
    remarks: dict[str, list[str]] = {}
    for one in establishments:
        said: list[str] = []
        found[one.urn] = _school(one, rules, today, said)
        # What isn't in the register needs no remark.
        if found[one.urn].is_asked and found[one.urn].status in ("open", "closing"):
            for what in said:
                remarks.setdefault(what, []).append(one.urn)
    return found, tuple(Remark(what, tuple(urns)) for what, urns in remarks.items())


def types_left_out(left: Iterable[School]) -> Counter[str]:
    """Return how many schools there are of each type that isn't asked."""
    return Counter(school.row["type"] for school in left)


def _school(one: Establishment, rules: Rules, today: dt.date, said: list[str]) -> School:
    values = one.values
    status = cast("Status | None", rules.status_of.get(fold(values[gias.STATUS])))
    if status is None:
        said.append(f"the status {quoted(values[gias.STATUS])} isn't known: taken as open")
    closes = _closes(values.get(gias.CLOSES, ""), said)
    # A column that the extract hasn't is left out of the row: nothing is known about it.
    row = {"name": values[gias.NAME], "status": values[gias.STATUS]}
    row["type"] = row["group"] = _known("type", values[gias.TYPE], rules.type_of, rules.left_out, said)
    if gias.PHASE in values:
        row["phase"] = _known("phase", values[gias.PHASE], rules.phase_of, (), said)
    for column, rule in rules.yes_no.items():
        if any(row.get(other) in those for other, those in rule.also.items()):
            row[column] = YES
        elif rule.column in values:
            row[column] = _yes_no(column, rule, values[rule.column], said)
    nothing = folded(rules.nothing)
    given = {part: _something(text, nothing) for part, text in values.items()}
    row |= {column: given[source] for column, source in rules.copied.items() if source in given}
    if gias.NUMBER in values:
        number = values[gias.NUMBER]
        row["dfe_number"] = f"{values[gias.LA]}/{number.zfill(4)}" if number else ""
    if set(rules.contact) & set(given):
        row["contact"] = " ".join(filter(None, (given.get(part, "") for part in rules.contact)))
    row["closed"] = british(closes or today) if status == "closed" else ""
    if "\ufffd" in "".join(row.values()):
        said.append("a character can't be read and shows as \ufffd: correct it")
    is_asked = fold(values[gias.TYPE]) not in folded(rules.left_out)
    return School(one.urn, values[gias.LA], status or "open", is_asked, closes, row)


def _known(what: str, written: str, names: Mapping[str, str], others: Iterable[str], said: list[str]) -> str:
    """Return what a word of the extract is called in the register; one that no rule names stays as it is."""
    name = names.get(fold(written))
    if name is None:
        if not written:
            said.append(f"no {what} is given: fill it in")
        elif fold(written) not in folded(others):
            said.append(f"the {what} {quoted(written)} isn't known: kept as it is")
    return name or written


def _yes_no(column: str, rule: YesNo, written: str, said: list[str]) -> str:
    if fold(written) in folded(rule.yes):
        return YES
    if fold(written) in folded(rule.no):
        return NO
    if written:
        said.append(f"{column}: {quoted(written)} isn't known, so it is left blank: fill in Yes or No")
    else:
        said.append(f"{column} isn't given: fill in Yes or No")
    return ""


def british(day: dt.date) -> str:
    """Return a day as it stands in a register."""
    return f"{day:%d/%m/%Y}"


def _something(text: str, nothing: frozenset[str]) -> str:
    return "" if fold(text) in nothing else text


def _closes(text: str, said: list[str]) -> dt.date | None:
    if not text:
        return None
    day = days.read(text, EARLIEST, LATEST).day
    if day is None:
        said.append(f"{gias.CLOSES}: {quoted(text)} isn't a date, so it isn't known when it closes")
    return day
