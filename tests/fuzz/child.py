"""The process that fuzzes; its options are libFuzzer's. It ends at the first input for which something fails."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["auditkit", "olefile", "oxmsg", "msoffcrypto", "email", "zipfile"]):
    from tests.fuzz import target
    from tests.fuzz.mutate import mutated, scrambled
    from tests.fuzz.seeds import signed_round


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        round_ = signed_round(Path(folder) / "round")
        atheris.Setup(sys.argv, lambda data: target.check(round_, data), custom_mutator=_mutated)
        atheris.Fuzz()


def _mutated(data: bytes, max_size: int, seed: int) -> bytes:
    chance = random.Random(seed)

    def scramble(part: bytes) -> bytes:
        if part and chance.random() < 0.5:
            return bytes(atheris.Mutate(part, len(part) + 64))
        return scrambled(part, chance)

    for _ in range(chance.choice((1, 1, 2, 4))):
        data = mutated(data, chance, scramble)
    return data[:max_size]


if __name__ == "__main__":
    main()
