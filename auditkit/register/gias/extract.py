"""An extract of GIAS: the schools of some authorities, and what became of all the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from auditkit.definition.wording import listed, quoted
from auditkit.errors import Problem, ProblemsError
from auditkit.register.gias import table
from auditkit.register.gias.rules import Rules

URN, NAME, LA = "URN", "EstablishmentName", "LA (code)"
STATUS, TYPE = "EstablishmentStatus (name)", "TypeOfEstablishment (name)"
PHASE, NUMBER, CLOSES = "PhaseOfEducation (name)", "EstablishmentNumber", "CloseDate"
NEEDED = (URN, NAME, LA, STATUS, TYPE)
WHAT = "an extract of all establishments from GIAS (edubasealldata….csv)"


@dataclass(frozen=True)
class Establishment:
    """One row of the extract: the line that it ends on, its URN, and what stands in the wanted columns."""

    line: int
    urn: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Extract:
    """What is wanted of an extract.

    ``establishments`` are those of the authorities, and any asked for by their URN, by that. ``elsewhere`` is
    how many there are of other authorities, ``missing`` which columns aren't there, ``repeated`` which URNs
    stand twice in the same words.
    """

    establishments: Mapping[str, Establishment]
    elsewhere: int
    missing: tuple[str, ...]
    repeated: tuple[str, ...]


def read(
    path: Path, rules: Rules, authorities: Collection[str], also: Collection[str] = frozenset()
) -> Extract:
    """Read an extract.

    Args:
        path: The file.
        rules: By which it will be read: they name the columns.
        authorities: The codes of the local authorities whose schools are wanted.
        also: URNs of schools that are wanted wherever they are.

    Raises:
        ProblemsError: It is no extract, is damaged, or contradicts itself; with everything that is wrong.
    """
    wanted = (PHASE, NUMBER, CLOSES, *rules.copied.values(), *rules.contact)
    wanted = (*wanted, *(column.column for column in rules.yes_no.values()))
    found: dict[str, Establishment] = {}
    repeated: list[str] = []
    problems: list[Problem] = []
    codes: Counter[str] = Counter()
    with table.opened(path, NEEDED, wanted, WHAT) as extract:
        la, urn_at = extract.columns[LA], extract.columns[URN]
        for line, cells in extract.rows:
            code = cells[la].strip()
            codes[code] += 1
            if code not in authorities and cells[urn_at].strip() not in also:
                continue
            one = Establishment(line, extract.text(cells, URN), _values(extract, cells))
            other = found.setdefault(one.urn, one)
            wrong = _wrong(one, other)
            if wrong:
                problems.append(Problem(path.name, f"line {line}", wrong))
            elif other is not one:
                repeated.append(one.urn)
        missing = extract.missing
    for code in authorities:
        if code not in codes:
            problems.append(Problem(path.name, "", _nobody(code, codes)))
    if problems:
        raise ProblemsError(problems)
    elsewhere = codes.total() - sum(codes[code] for code in set(authorities))
    return Extract(found, elsewhere, missing, tuple(repeated))


def _values(extract: table.Table, cells: list[str]) -> dict[str, str]:
    return {column: extract.text(cells, column) for column in extract.columns}


def _wrong(one: Establishment, other: Establishment) -> str:
    """Return what is wrong with a row on its own, or beside one with the same URN."""
    if not re.fullmatch(r"[0-9]{5,7}", one.urn):
        return f"{quoted(one.urn)} isn't a URN, which is a number of five to seven digits"
    if not one.values[NAME]:
        return f"{one.urn} has no name"
    if one.values != other.values:
        return f"the URN {one.urn} stands in line {other.line} already, and not with the same data"
    return ""


def _nobody(code: str, codes: Iterable[str]) -> str:
    known = sorted(set(codes) - {""})
    said = (
        f"it has {listed(known, 'and')}" if 0 < len(known) <= 5 else f"it has {len(known)} other authorities"
    )
    return f"there is no school of the local authority {quoted(code)} in this file ({said}): check the code"
