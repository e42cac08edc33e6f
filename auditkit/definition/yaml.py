"""The YAML form of an audit definition, and of any other settings file of a round.

The names of the settings are the names of the model's fields. Two shorthands: a single text may stand where a
list of texts is expected, and a section's ``responses`` may name columns of the audit by their id.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from auditkit.definition import check, yaml_source
from auditkit.definition.fill import as_meant, fill
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Path, Places, Raw, Source
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import ProblemsError

T = TypeVar("T")


def load(path: pathlib.Path) -> Audit:
    """Read an audit definition that is sound in every way that can be told without a register.

    Raises:
        ProblemsError: With every problem of the file, in its order.
    """
    audit, places = read(path)
    problems = check.problems(audit, places)
    if problems:
        raise ProblemsError(problems)
    return audit


def read(path: pathlib.Path) -> tuple[Audit, Places]:
    """Read an audit definition without :mod:`checking <auditkit.definition.check>` that it makes sense.

    Args:
        path: The YAML file.

    Returns:
        The definition, and where everything in it stands.

    Raises:
        ProblemsError: If the file is no audit definition, with everything that is wrong with its form.
    """
    source, issues = with_shared_responses(yaml_source.read(path))
    return fill(source, Audit, issues), source.places


def read_as_meant(path: pathlib.Path) -> tuple[Audit, Places] | None:
    """Read an audit definition whose settings are misspelt, as it was probably meant.

    It is good for looking for further problems, and for nothing else.

    Args:
        path: The YAML file.

    Returns:
        What :func:`read` returns; None if more is wrong with its form than names of settings.
    """
    try:
        source, issues = with_shared_responses(as_meant(yaml_source.read(path), Audit))
        return fill(source, Audit, issues), source.places
    except ProblemsError:
        return None


def read_yaml_as(path: pathlib.Path, model: type[T]) -> tuple[T, Places]:
    """Read a YAML settings file as an instance of ``model``, a frozen dataclass.

    Returns:
        The settings, and where everything in them stands.

    Raises:
        ProblemsError: With every setting that is unknown, missing or of the wrong type.
    """
    source = yaml_source.read(path)
    return fill(source, model), source.places


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
