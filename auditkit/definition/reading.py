"""From what was written, in whichever form, to the audit that it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from auditkit.definition.fill import fill
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Path, Places, Raw, Source
from auditkit.definition.wording import did_you_mean, quoted


def understood(source: Source) -> tuple[Audit, Places]:
    """Return the audit that a source describes, and where everything in it stands.

    Raises:
        ProblemsError: If it is no audit definition, with everything that is wrong with its form.
    """
    source, issues = with_shared_responses(source)
    return fill(source, Audit, issues), source.places


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
