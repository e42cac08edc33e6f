"""The YAML form of an audit definition, and of any other settings file of a round.

The names of the settings are the names of the model's fields. Two shorthands: a single text may stand where a
list of texts is expected, and a section's ``responses`` may name columns of the audit by their id.
"""

from __future__ import annotations

import pathlib
from typing import TypeVar

from auditkit.definition import check, yaml_source
from auditkit.definition.fill import as_meant, fill
from auditkit.definition.model import Audit
from auditkit.definition.reading import understood
from auditkit.definition.source import Places
from auditkit.definition.yaml_text import written
from auditkit.errors import ProblemsError

__all__ = ["load", "read", "read_as_meant", "read_yaml_as", "written"]

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
    return understood(yaml_source.read(path))


def read_as_meant(path: pathlib.Path) -> tuple[Audit, Places] | None:
    """Read an audit definition whose settings are misspelt, as it was probably meant.

    It is good for looking for further problems, and for nothing else.

    Args:
        path: The YAML file.

    Returns:
        What :func:`read` returns; None if more is wrong with its form than names of settings.
    """
    try:
        return understood(as_meant(yaml_source.read(path), Audit))
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
