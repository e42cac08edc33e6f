"""auditkit as it is where nothing else is installed: ``python -m benchmarks.alone collate …``.

pandas is here for the rivals only, but where pyarrow finds it, it loads it with the first values that it
takes. Beside what collate imports that is 0.24 s of processor time and 43 MB (medians of nine runs on Linux;
Python 3.11, pyarrow 26.0, pandas 3.1).
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
