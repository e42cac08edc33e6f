"""The tables of another round, from the files that its collation wrote: last year's, say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditkit.errors import AuditkitError
from auditkit.round import SETTINGS, Round
from auditkit.tables.schemas import SCHEMAS
from auditkit.tables.table import Table, rows


def kept(then: Round, name: str, *wanted: str) -> Iterator[Any]:
    """Yield the rows of a table of a round that was collated.

    Args:
        then: The round. Nothing in its folder is changed.
        name: The table, a key of ``SCHEMAS``.
        wanted: The columns.

    Raises:
        AuditkitError: It wasn't collated, its tables aren't kept as files, or this one is damaged.
    """
    import pyarrow as pa

    path = then.tables / f"{name}.parquet"
    try:
        yield from rows(Table(SCHEMAS[name], pa.py_buffer(path.read_bytes())), *wanted)
    except FileNotFoundError:
        how = "Collate it first: auditkit collate returns, in that folder."
        if then.settings.master_password:
            how = (
                "Its master is locked with a password, so its tables aren't kept as files: take "
                f"master_password out of its {SETTINGS}, collate it, and put it back."
            )
        raise AuditkitError(
            f"{then.folder} has no {path.parent.name}/{path.name}, so what was said there isn't known. {how}"
        ) from None
    except OSError as error:
        raise AuditkitError(f"{path} can't be read ({error.strerror}).") from error
    except (pa.ArrowException, ValueError, KeyError, IndexError, TypeError) as error:
        raise AuditkitError(
            f"{path} is damaged, or another auditkit wrote it. Collate that round again to write it anew."
        ) from error
