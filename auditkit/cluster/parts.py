"""Which parts a round has, by a column of its register, and whether a place can take them.

All of this is looked at before anything is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from auditkit.cluster import mine
from auditkit.cluster.mine import Mine
from auditkit.cluster.places import folders, overlap
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import AuditkitError
from auditkit.returns.intake import Address
from auditkit.returns.intake.address import needed
from auditkit.round import Round
from auditkit.tables import SCHEMAS

# What Hive, and whoever reads such folders, calls a part without a value.
BLANK = "__HIVE_DEFAULT_PARTITION__"
# What no folder's name may hold, or what would make two folders or a pattern of it; Windows drops dots and
# spaces at the end.
UNFIT = re.compile(r'[%/\\=:*?"<>|#\[\]{}\x00-\x1f\x7f]|[. ](?=[. ]*\Z)')
# The folder of a part, in that of a table.
PART = re.compile(r"[^=]+=.+", re.DOTALL)
MASTERS, SUMMARY = "masters", "summary"
# The file of a part, in its folder.
FILE = "part-0.parquet"
# All that a place holds of tables.
PARTED = f"the folders “COLUMN=…” of each table, and the .parquet files in “{SUMMARY}”,"
# As many bytes a file's name may have.
LONGEST = 255
# Columns of tables and summaries that would be taken for the register's, also by those to whom case is the
# same; group and sector are the register's.
TAKEN = {name.casefold() for schema in SCHEMAS.values() for name in schema.names} - {"group", "sector"}
TAKEN |= {"recipients"}


@dataclass(frozen=True)
class Parts:
    """Where the parts of a round go, and by which column of the register it is parted.

    ``private`` is the round's private folder, which knows what was written there before.
    """

    place: Path | Address
    by: str
    private: Path


def parts_of(place: Path | Address, by: str, round_: Round, returns: Path | Address) -> Parts:
    """Return how a round is parted.

    Args:
        place: Where the parts go.
        by: The column of the register.
        round_: The round.
        returns: The folder with what came back.

    Raises:
        AuditkitError: If the extra isn't installed, the register has no such column, folders can't be named
            by it or by what is in it, the place isn't apart from the round and its returns, can't be asked,
            or holds parts that this round doesn't have: whoever reads the folder would count them.
    """
    try:
        import dask  # noqa: F401 - said now, and not after an hour of reading
    except ImportError:
        raise needed("Parts of a round need") from None
    rows = [recipient.row() for recipient in round_.recipients]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if by not in columns:
        raise AuditkitError(f"The register has no column {quoted(by)}{did_you_mean(by, columns)}.")
    if UNFIT.search(by) or by.casefold() in TAKEN:
        raise AuditkitError(
            f"Folders can't be named by the column {quoted(by)}: give it a name of letters in the register, "
            "and one that no column of the tables has."
        )
    values = list(dict.fromkeys(row.get(by, "") for row in rows))
    _look_at_names(by, values)
    for what, own in (("the round's folder", round_.folder), ("the returns", returns)):
        if overlap(place, own):
            raise AuditkitError(
                f"Parts of the round can't go to {place}: it is, holds or lies in {what} ({own}), "
                "and would be taken for something of the round's. Name a place of its own."
            )
    _look_at_place(place, mine.read(round_.private, place, by), values)
    return Parts(place, by, round_.private)


def named(value: str) -> str:
    """Return a value as the name of a folder."""
    return UNFIT.sub(lambda found: f"%{ord(found[0]):02X}", value) or BLANK


def lie_open(place: Path | Address) -> bool:
    """Tell whether a place holds tables: they aren't locked, whatever the masters are."""
    tables = (PART.fullmatch(one) for name in SCHEMAS for one in folders(place, name))
    return any(tables) or any(name.endswith(".parquet") for name in folders(place, SUMMARY))


def _look_at_names(by: str, values: Iterable[str]) -> None:
    """Raise AuditkitError if two values would have one folder on some system, or one is too long for any."""
    seen: dict[str, str] = {}
    for value in values:
        # For Windows and macOS, ä is one character or two, case is the same, and the end of a name may go.
        alike = unicodedata.normalize("NFC", value.rstrip(". ") or BLANK).casefold()
        if alike in seen:
            raise AuditkitError(
                f"In the register's column {quoted(by)}, {quoted(seen[alike])} and {quoted(value)} would "
                "have one folder on some computers: write them alike, or with more of a difference."
            )
        seen[alike] = value
        files = (f"{by}={named(value)}", f"{named(value)}.xlsx")
        if any(len(name.encode(errors="surrogatepass")) > LONGEST for name in files):
            raise AuditkitError(
                f"In the register's column {quoted(by)}, {quoted(value[:40] + '…')} is too long to name a "
                "folder by: shorten it."
            )


def _look_at_place(place: Path | Address, before: Mine, values: Iterable[str]) -> None:
    """Raise AuditkitError if a place holds parts, or masters of parts, that a round doesn't have.

    Those that the round wrote there ``before``, and nobody changed since, are taken away in the end.
    """
    own = {f"{before.by}={named(value)}" for value in values}
    for name in SCHEMAS:
        for other in folders(place, name):
            is_ours = other in own or before.has(place, f"{name}/{other}/{FILE}")
            if PART.fullmatch(other) and not is_ours:
                raise AuditkitError(
                    f"{place} holds {name}/{other}, a part that this round doesn't have, which whoever reads "
                    "the table would count. Delete that folder if it is of an earlier run, or name another "
                    "place."
                )
    masters = {f"{named(value)}.xlsx" for value in values}
    for other in folders(place, MASTERS):
        is_ours = other in masters or before.has(place, f"{MASTERS}/{other}")
        if other.endswith(".xlsx") and not other.startswith(("~$", ".")) and not is_ours:
            raise AuditkitError(
                f"{place} holds {MASTERS}/{other}, which isn't the master of a part of this round. Move it "
                "away, or name another place."
            )
