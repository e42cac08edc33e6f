"""auditkit as it is where nothing else is installed: ``python -m benchmarks.alone collate …``.

pandas is here for the rivals only, but pyarrow loads it wherever it finds it: half a second, and 60 MB.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder


class Hidden(MetaPathFinder):
    """Finds pandas nowhere."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Say that a module of pandas isn't there; leave all others to the next finder."""
        if fullname.partition(".")[0] == "pandas":
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


if __name__ == "__main__":
    sys.meta_path.insert(0, Hidden())
    from auditkit.cli import main

    main()
