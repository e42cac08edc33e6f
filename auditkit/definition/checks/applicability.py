"""Who is asked what: ``applies_to`` and ``except_for`` name groups of the audit, columns of the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditkit.definition.checks import walk
from auditkit.definition.conditions import is_bound, is_number, matches
from auditkit.definition.model import Audit, Question, Section
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import closest, did_you_mean, quoted

GROUP = "group"


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any condition, as far as the definition alone can tell."""
    for path, column, values in _conditions(audit):
        if not values:
            yield Issue(path, f"no value of {quoted(column)} is given here: name at least one")
        if column == GROUP and audit.groups:
            for n, value in enumerate(values):
                if _fold(value) not in _folded(audit.groups):
                    message = (
                        f"{quoted(value)} isn't one of the audit's "
                        f"'groups'{did_you_mean(value, audit.groups)}"
                    )
                    yield Issue((*path, n), message)


def register_issues(
    audit: Audit, rows: Sequence[Mapping[str, str]], aliases: Mapping[str, str], register: str
) -> Iterator[Issue]:
    """Yield each condition that can't hold because of what is, or isn't, in the register.

    Args:
        audit: The definition.
        rows: The register, each row by column.
        aliases: Other headers of a register (lower case), and the column that each stands for.
        register: The register's file name, for messages.
    """
    columns = list(dict.fromkeys(column for row in rows for column in row))
    known = {column: _present(column, rows) for _, column, _ in _conditions(audit)}
    folded = {column: _folded(present) for column, present in known.items()}
    for path, column, values in _conditions(audit):
        if column not in columns:
            meant = aliases.get(column.strip().casefold())
            hint = f"; did you mean {quoted(meant)}?" if meant else did_you_mean(column, columns)
            yield Issue(path, f"{register} has no column {quoted(column)}{hint}", at_name=True)
            continue
        for n, value in enumerate(values):
            if _fold(value) in folded[column] or (column == GROUP and audit.groups) or is_bound(value):
                continue
            meant = closest(value, known[column])
            # Without a likely misspelling there is simply nobody of that kind this year: see `unmatched`.
            if meant:
                message = (
                    f"no recipient in {register} has {column} {quoted(value)}; did you mean {quoted(meant)}?"
                )
                yield Issue((*path, n), message)


def unmatched(audit: Audit, rows: Sequence[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Return the columns and values that conditions name and that no row of the register has."""
    named = {(column, value) for _, column, values in _conditions(audit) for value in values}
    known = {column: _present(column, rows) for column in {column for column, _ in named}}
    return sorted((c, value) for c, value in named if not any(matches(value, each) for each in known[c]))


def without_number(audit: Audit, rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Return the columns that bounds are said of, and in how many rows of each there is no number."""
    bound = {c: None for _, c, values in _conditions(audit) if any(map(is_bound, values))}
    without = {column: sum(not is_number(row.get(column, "")) for row in rows) for column in bound}
    return {column: count for column, count in without.items() if count}


def _present(column: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    return sorted({row.get(column, "") for row in rows} - {""})


def _conditions(audit: Audit) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    places: list[tuple[Path, Section | Question]] = [
        (("sections", i), s) for i, s in enumerate(audit.sections)
    ]
    places += [(path, question) for path, _, question in walk.questions(audit)]
    for path, item in places:
        for name, conditions in (("applies_to", item.applies_to), ("except_for", item.except_for)):
            for column, values in conditions.items():
                yield (*path, name, column), column, values


def _folded(values: Iterable[str]) -> set[str]:
    return {_fold(value) for value in values}


def _fold(value: str) -> str:
    """Return a value as it is compared: case and surrounding spaces don't matter."""
    return value.strip().casefold()
