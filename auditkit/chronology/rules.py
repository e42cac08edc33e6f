"""What the integrated chronology goes by: data, in ``rules.yaml``, which explains each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from auditkit.definition.yaml import read_yaml_as
from auditkit.returns.words import plain

FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True)
class Rules:
    """The thresholds, words and colours of ``rules.yaml``."""

    near_days: int
    alike: int
    few_words: int
    near_minutes: int
    vague_days: int
    out_of_order: int
    nothing: tuple[str, ...]
    colours: tuple[str, ...]

    def says_nothing(self, text: str) -> bool:
        """Tell whether a text is blank or only says that there is nothing."""
        return plain(text) in {"", *map(plain, self.nothing)}


@lru_cache(maxsize=1)
def shipped() -> Rules:
    """Return what auditkit comes with."""
    return read_yaml_as(FILE, Rules)[0]
