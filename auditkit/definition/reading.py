"""From what was written, in whichever form, to the audit that it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from auditkit.definition.fill import as_meant, fit, listed, validated
from auditkit.definition.gaps import GUESSES, Guess, filled, gaps, is_in
from auditkit.definition.misfits import misfits
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Path, Places, Raw, Source, at
from auditkit.definition.wording import did_you_mean, quoted

# A gap that is filled may show another inside of what was around it; more often than this it never does.
TRIES = 4


@dataclass(frozen=True)
class Reading:
    """An audit as far as it could be read, and where everything in it stands.

    ``issues`` is what is wrong with its form. ``audit`` is the definition; where something couldn't be read,
    it has gaps that are filled in for the time being (:mod:`~auditkit.definition.gaps`), and is good for
    looking for further problems and for nothing else. It is None if not even that can be done. ``settled``
    are the paths at which the issues say all that can be said, ``data`` is what was written, with gaps.
    """

    audit: Audit | None
    places: Places
    issues: tuple[Issue, ...] = ()
    gaps: frozenset[Path] = frozenset()
    settled: frozenset[Path] = frozenset()
    data: Any = None

    def named(self, issue: Issue) -> str:
        """Return the word that an issue is about, empty if it is about something else."""
        said = issue.path[-1] if issue.at_name and issue.path else at(self.data, issue.path)
        return said if isinstance(said, str) else ""

    def otherwise(self, names: Iterable[str], ids: frozenset[Path]) -> Iterator[Audit]:
        """Yield the audit with its gaps filled in other ways, and with each of some names.

        Args:
            names: The names.
            ids: Where ids stand that have to be changed: a name takes their place too.
        """
        ways = [(guess, self.gaps) for guess in GUESSES[1:] if self.gaps]
        named = self.gaps | frozenset(path for path in ids if not is_in(path, self.gaps))
        for guess, where in (*ways, *((Guess(name), named) for name in names)):
            with suppress(ValidationError):
                yield validated(filled(self.data, where, Audit, guess), Audit)


def understood(source: Source) -> Reading:
    """Return the audit that a source describes, with everything that is wrong with its form."""
    source, unknown = with_shared_responses(source)
    audit, found = fit(source, Audit, unknown)
    issues = (*source.issues, *found)
    if issues:
        return _guessed(source, issues)
    return Reading(audit, source.places, data=listed(source, Audit))


def _guessed(source: Source, issues: tuple[Issue, ...]) -> Reading:
    """Return the audit that was probably meant by what isn't in its form."""
    meant = as_meant(source, Audit)
    data = listed(meant, Audit)
    unread = (path for path in (*(issue.path for issue in issues), *source.open) if at(data, path) is None)
    where = gaps(data, unread, Audit)
    further: list[Issue] = []
    for _ in range(TRIES):
        try:
            audit = validated(filled(data, where, Audit, GUESSES[0]), Audit)
        except ValidationError as error:
            further += misfits(error, meant, Audit)
            where = gaps(data, {*where, *(detail["loc"][1:] for detail in error.errors())}, Audit)
        else:
            told = {issue.path for issue in issues}
            issues += tuple(issue for issue in further if not is_in(issue.path, told))
            return Reading(audit, source.places, issues, where, where.union(source.unsure), data)
    return Reading(None, source.places, issues)


def with_shared_responses(source: Source) -> tuple[Source, list[Issue]]:
    """Put the audit's own response columns where sections name them by id.

    Args:
        source: A definition as it was written.

    Returns:
        The same with whole columns in place of ids, and an issue for each id that names no column.
    """
    columns = source.data.get("responses")
    shared: dict[str, tuple[int, Raw]] = {}
    for n, column in enumerate(columns if isinstance(columns, list) else []):
        if isinstance(column, dict) and isinstance(column.get("id"), str):
            shared.setdefault(str(column["id"]), (n, column))
    values, names = dict(source.places.values), dict(source.places.names)
    sections, issues = source.data.get("sections"), []
    filled: list[Raw] = []
    for i, section in enumerate(sections if isinstance(sections, list) else []):
        if not isinstance(section, dict) or section.get("responses") is None:
            filled.append(section)
            continue
        written = section["responses"]
        entries: list[Raw] = list(written) if isinstance(written, list) else [written]
        for n, entry in enumerate(entries):
            if not isinstance(entry, str):
                continue
            path: Path = ("sections", i, "responses", n)
            if entry not in shared:
                message = f"there is no response column called {quoted(entry)}{did_you_mean(entry, shared)}"
                issues.append(Issue(path, message))
                continue
            at, entries[n] = shared[entry]
            values |= _moved(source.places.values, ("responses", at), path)
            names |= _moved(source.places.names, ("responses", at), path)
        filled.append({**section, "responses": entries})
    data = {**source.data, "sections": filled} if isinstance(sections, list) else source.data
    return replace(source, data=data, places=replace(source.places, values=values, names=names)), issues


def _moved(places: Mapping[Path, str], root: Path, to: Path) -> dict[Path, str]:
    """Return the places of what stands inside ``root`` as those of the same inside ``to``."""
    inside = {path[len(root) :]: place for path, place in places.items() if path[: len(root)] == root}
    return {(*to, *rest): place for rest, place in inside.items() if rest}
