"""What triangulation goes by: data, in ``rules.yaml``, which explains each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from auditkit.definition.yaml import read_yaml_as

FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Rules:
    """The thresholds, colours and sentences of ``rules.yaml``."""

    least_answered: int
    charted: int
    colours: Mapping[str, str]
    remarks: Mapping[str, str]
    unmatched: Mapping[str, str]
    about: tuple[str, ...]
    about_small: str


@lru_cache(maxsize=1)
def shipped() -> Rules:
    """Return what auditkit comes with."""
    return read_yaml_as(FILE, Rules)[0]
