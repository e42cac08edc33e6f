"""Summaries over all parts of a round, worked out by Dask from their Parquet files.

- ``sections``: how many recipients of a part were rated on a section, and the mean of their scores;
- ``points``: how many of them came out at each point;
- ``standings``: how many recipients of a part have returned, and how many haven't.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditkit.cluster import places
from auditkit.errors import AuditkitError
from auditkit.returns.intake import Address
from auditkit.returns.intake.address import is_passing

if TYPE_CHECKING:
    import pandas as pd
    from distributed import Client

SECTION = ["section_id", "section"]


@dataclass(frozen=True)
class Part:
    """A part: the value of the column, and the folder of its files in each table's."""

    value: str
    folder: str


def summaries(
    place: Path | Address, by: str, parts: Sequence[Part], client: Client | None
) -> dict[str, bytes]:
    """Return the summaries as Parquet files, by name.

    Args:
        place: Where the parts are.
        by: The column of the register that they are of.
        parts: All of them.
        client: The cluster; without one, or where it can't get at the files, the work is done here.

    Raises:
        AuditkitError: If a file can't be read again.
    """
    from dask import base

    compute: Any = base.compute
    shared = client is not None and isinstance(place, Address) and not is_passing(place)
    results = _over(place, by, parts, "results", ["recipient_id", *SECTION, "score", "point", "text"])
    people = _over(place, by, parts, "recipients", ["recipient_id", "standing"])
    rated = results.dropna(subset=["point"])
    made = {
        "sections": rated.groupby([by, *SECTION]).agg({"recipient_id": "count", "score": "mean"}),
        "points": rated.groupby([by, *SECTION, "point", "text"]).agg({"recipient_id": "count"}),
        "standings": people.groupby([by, "standing"]).agg({"recipient_id": "count"}),
    }
    try:
        computed = compute(made, scheduler=client if shared else "threads")[0]
    except AuditkitError:
        raise
    except Exception as error:  # its text may have an answer in it
        raise AuditkitError(f"The summaries couldn't be made ({type(error).__name__}).") from None
    return {name: _parquet(frame) for name, frame in computed.items()}


def part_of(part: Part, place: Path | Address, by: str, table: str, columns: list[str]) -> pd.DataFrame:
    """Return the rows of one part of a table, with the column that it is a part by."""
    import pandas as pd

    name = f"{table}/{part.folder}/part-0.parquet"
    wanted = [column for column in columns if column != by]
    try:
        content = places.read(place, name)
        return pd.read_parquet(BytesIO(content), columns=wanted).assign(**{by: part.value})
    except Exception as error:  # without its text, which would stand in the cluster's logs
        raise AuditkitError(f"{place} can't be read again: {name} ({type(error).__name__}).") from None


def _over(place: Path | Address, by: str, parts: Sequence[Part], table: str, columns: list[str]) -> Any:
    from dask import dataframe

    first = part_of(parts[0], place, by, table, columns)
    read = partial(part_of, place=place, by=by, table=table, columns=columns)
    from_map: Any = dataframe.from_map
    return from_map(read, parts, meta=first.iloc[:0])


def _parquet(frame: Any) -> bytes:
    target = BytesIO()
    ordered = frame.sort_index().reset_index().rename(columns={"recipient_id": "recipients"})
    ordered.to_parquet(target, index=False)
    return target.getvalue()
