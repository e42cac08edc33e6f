"""Tables as pandas has them, for tests that pick rows and columns."""

from __future__ import annotations

import pandas as pd

from auditkit.tables import Table, rows


def frame(table: Table) -> pd.DataFrame:
    """Return a table with its values as they are."""
    return pd.DataFrame(list(rows(table)), columns=table.schema.names, dtype=object)
