"""The YAML form of an audit definition, and of any other settings file of a round.

The names of the settings are the names of the model's fields. Two shorthands: a single text may stand where a
list of texts is expected, and a section's ``responses`` may name columns of the audit by their id.
"""

from __future__ import annotations

import pathlib
from typing import TypeVar

from auditkit.definition.fill import fill
from auditkit.definition.source import Places
from auditkit.definition.yaml_source import read
from auditkit.definition.yaml_text import written

__all__ = ["read", "read_yaml_as", "written"]

T = TypeVar("T")


def read_yaml_as(path: pathlib.Path, model: type[T]) -> tuple[T, Places]:
    """Read a YAML settings file as an instance of ``model``, a frozen dataclass.

    Returns:
        The settings, and where everything in them stands.

    Raises:
        ProblemsError: With every setting that is unknown, missing or of the wrong type.
    """
    source = read(path)
    return fill(source, model), source.places
