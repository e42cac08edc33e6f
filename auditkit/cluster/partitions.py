"""Masters and tables of parts of a round: one for each local authority, say, in a folder or a store.

A part is the round with only some of its recipients, so its tables and master are made as those of the whole
are. Parts are made on the cluster if there is one, and always written from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from auditkit import exports, master
from auditkit.cluster import errand, mine, summary, tasks
from auditkit.cluster.parts import FILE, MASTERS, SUMMARY, Parts, named
from auditkit.cluster.places import write
from auditkit.cluster.workers import lost
from auditkit.errors import AuditkitError
from auditkit.register import Recipient
from auditkit.returns.model import Return
from auditkit.runs import Counted, Since
from auditkit.tables import SCHEMAS, Collation, build, differences

if TYPE_CHECKING:
    from distributed import Client

# So long a part may take: far longer than any does.
SECONDS = 3600.0


def write_parts(parts: Parts, collation: Collation, national: Path, client: Client | None) -> None:
    """Write the tables and the master of each part, the national master and the summaries.

    Args:
        parts: Where to, and by which column.
        collation: The round as it stands.
        national: Its master.
        client: The cluster that makes them; without one they are made here.

    Raises:
        AuditkitError: If the place can't be written to, the cluster is lost, or what an earlier run wrote of
            a part that isn't one any more can't be taken away.
    """
    values = []
    written: dict[str, str] = {}

    def put(name: str, content: bytes) -> None:
        write(parts.place, name, content)
        written[name] = mine.digest(content)

    locked = bool(collation.settings.master_password)
    for value, files in _made(divide(collation, parts.by), parts.by, client):
        if not _is_of(files, _names(parts.by, value, locked)):
            raise lost(tasks.GARBLED)
        for name, content in files.items():
            put(name, content)
        values.append(value)
    put("master.xlsx", national.read_bytes())
    if not locked:
        own = [summary.Part(value, f"{parts.by}={named(value)}") for value in sorted(values)]
        for name, content in summary.summaries(parts.place, parts.by, own, client).items():
            put(f"{SUMMARY}/{name}.parquet", content)
    mine.tidy(parts.private, parts.place, parts.by, written)


def divide(collation: Collation, by: str) -> Iterator[tuple[str, Collation]]:
    """Yield each value of a column of the register, with the round as its recipients alone would be."""
    rest = _by_value(collation.unasked, by)
    returns: dict[str, list[Return]] = {}
    for one in collation.returns:
        returns.setdefault(one.recipient_id, []).append(one)
    for value, recipients in _by_value(collation.recipients, by).items():
        title = f"{collation.settings.title}: {value or 'no ' + by}"
        unasked = tuple(rest.get(value, ()))
        ids = [recipient.id for recipient in (*recipients, *unasked)]
        yield (
            value,
            replace(
                collation,
                settings=replace(collation.settings, title=title),
                recipients=tuple(recipients),
                unasked=unasked,
                returns=tuple(one for key in ids for one in returns.get(key, ())),
                since=collation.since and _since(collation.since, ids),
            ),
        )


def _by_value(recipients: Iterable[Recipient], by: str) -> dict[str, list[Recipient]]:
    found: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        found.setdefault(recipient.row().get(by, ""), []).append(recipient)
    return found


def make(part: errand.Sent) -> bytes:
    """Make the files of one part, as a task of the cluster.

    Args:
        part: The column, its value and the part.

    Returns:
        Names below the place and what is in them, as :func:`auditkit.cluster.errand.done` says it.
    """
    return errand.done(part, lambda own: _files(*own))


def _files(by: str, value: str, collation: Collation) -> dict[str, bytes]:
    tables = build(collation)
    if wrong := differences(collation, tables):
        raise AuditkitError(f"The figures of {value} don't add up. Please report this:\n" + "\n".join(wrong))
    locked = bool(collation.settings.master_password)
    own, *others = _names(by, value, locked)
    with TemporaryDirectory(prefix="auditkit-") as folder:
        path = master.write(Path(folder, "master.xlsx"), tables, Path(folder))
        files = {own: path.read_bytes()}
        if not locked:
            exports.write(Path(folder, "tables"), tables)
        for name, other in zip(SCHEMAS, others, strict=False):
            table = Path(folder, "tables", f"{name}.parquet").read_bytes()
            files[other] = _without(by, table)
    return files


def _names(by: str, value: str, locked: bool) -> list[str]:
    """Return the names of a part's files below the place: its master, and its tables unless that is locked.

    What is locked in the master would lie open in them.
    """
    tables = [] if locked else [f"{name}/{by}={named(value)}/{FILE}" for name in SCHEMAS]
    return [f"{MASTERS}/{named(value)}.xlsx", *tables]


def _is_of(files: Any, names: Iterable[str]) -> bool:
    """Tell whether what a task said are files of these names, and none of another: they are written here."""
    return (
        isinstance(files, dict)
        and set(files) == set(names)
        and all(isinstance(content, bytes) for content in files.values())
    )


def _without(column: str, content: bytes) -> bytes:
    """Return a Parquet file without a column: that of the partition is in the name of its folder."""
    from pyarrow import parquet

    table = parquet.read_table(BytesIO(content))
    if column not in table.column_names:
        return content
    target = BytesIO()
    parquet.write_table(table.drop_columns([column]), target, compression="zstd")
    return target.getvalue()


def _since(since: Since, ids: Iterable[str]) -> Since:
    """Return two runs with what differs for some recipients only: answers, where they were in a record."""
    changed = set(since.earlier.changed(since.now)).intersection(ids)
    earlier, now = since.earlier.counted, since.now.counted
    both = changed.intersection(earlier).intersection(now)

    def own(counted: Mapping[str, Counted]) -> dict[str, Counted]:
        return {
            key: replace(one, answers=partial(dict, one.answers() if key in both else {}))
            for key, one in counted.items()
            if key in changed
        }

    return Since(replace(since.earlier, counted=own(earlier)), replace(since.now, counted=own(now)))


def _made(
    divided: Iterable[tuple[str, Collation]], by: str, client: Client | None
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield each value with the files of its part, as they are made."""
    if client is not None:
        jobs = (tasks.Job(value, (errand.sent((by, value, part)),), SECONDS) for value, part in divided)
        yield from tasks.each(client, make, jobs)
    else:
        for value, part in divided:
            yield value, _files(by, value, part)
