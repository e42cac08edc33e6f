"""The main job: every file of the returns folder, read into the master."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from auditkit import collation, edited, exports, master, runs, standing
from auditkit.errors import AuditkitError
from auditkit.garbage import uncollected
from auditkit.lock import alone
from auditkit.read import read
from auditkit.returns.cache import is_sure
from auditkit.returns.files import Elsewhere, OnFile
from auditkit.returns.intake import Address
from auditkit.returns.model import Return
from auditkit.round import Round
from auditkit.standing import Counts
from auditkit.tables import Collation, Tables, build, differences
from auditkit.workbook.log import first_issued, read_log, successors

# Makes more of a round as it stands, whose master was written to a path.
Also = Callable[[Collation, Path], None]


@dataclass(frozen=True)
class Collated:
    """What a run of :func:`collate` gives: the tables, their counts, and where the master was written.

    ``kept`` is a copy of the master that was there before, if somebody had worked in it.
    """

    tables: Tables
    counts: Counts
    master: Path
    kept: Path | None = None

    @property
    def needs_decision(self) -> bool:
        """Whether a file waits for the officer: it was held or rejected."""
        return self.counts.needs_decision

    def as_json(self) -> dict[str, int | str]:
        """Return the object that ``--json`` prints."""
        return self.counts.as_json(self.master)


def collate(
    round_: Round,
    returns: Path | Address,
    *,
    as_at: dt.date,
    passwords: Sequence[str] = (),
    jobs: int | None = None,
    on_file: OnFile | None = None,
    anew: bool = False,
    made_from: str | None = None,
    elsewhere: Elsewhere | None = None,
    also: Also | None = None,
) -> Collated:
    """Read every file in ``returns`` and below, and write the round's master.

    Args:
        round_: The round.
        returns: The returns folder, or its address in a store; nothing in it is changed.
        as_at: The day to which the master speaks: what is overdue depends on it.
        passwords: What to try on locked files, besides what the round knows; it isn't kept.
        jobs: How many processes read files at most; by default as many as there are processor cores.
        on_file: Called after each file.
        anew: Whether to read every file, though it is known from an earlier run what is in it.
        made_from: What :func:`auditkit.standing.made_from` gave before the round was loaded, so that the next
            run knows whether anything has changed.
        elsewhere: What reads files instead of processes of this computer (see :mod:`auditkit.cluster`).
        also: Called with the round as it stands, and its master, once that is written.

    Raises:
        AuditkitError: There is no such folder or nothing in it; the rota wasn't drawn; the master can't be
            written; or the proof that nothing was lost failed, which is a bug; or another run is at work on
            the round.
    """
    if isinstance(returns, Path) and not returns.is_dir():
        raise AuditkitError(
            f"There is no folder {returns}. Put the files that came back in a folder and name it."
        )
    round_.must_be_drawn()
    with alone(round_, "collate"):
        files = read(
            *(round_, returns),
            as_at=as_at,
            passwords=passwords,
            jobs=jobs,
            on_file=on_file,
            anew=anew,
            elsewhere=elsewhere,
        )
        return _collate(round_, returns, files, as_at, made_from, also)


def _collate(
    round_: Round,
    returns: Path | Address,
    files: tuple[Return, ...],
    as_at: dt.date,
    made_from: str | None,
    also: Also | None,
) -> Collated:
    if all(_is_litter(file) for file in files):
        raise AuditkitError(f"There is no return in {returns}, so there is nothing to collate yet.")
    at = dt.datetime.now(dt.timezone.utc)
    files, changes = collation.with_progress(round_, files, as_at, at)
    now, sure = runs.this_run(files, at), all(map(is_sure, files))
    log = read_log(round_)
    now_called = successors(log, round_.recipients)
    issued = first_issued(log, now_called)
    remembers = not round_.audit.survey_policy.anonymous
    with runs.record(round_, now_called) as history:
        with uncollected():
            stands = collation.of(round_, files, as_at, issued, history.since(now), changes)
            proved = partial(history.write, now) if remembers else None
            tables, path, kept = _master(round_, stands, proved)
            # After the master: a run that is cut off in between is then simply done again.
            if remembers:
                history.remember(now)
        if also is not None:
            also(stands, path)
    counts = _counts(tables)
    if made_from is not None and path == round_.master and sure:
        queries = Counter(tables.findings["severity"])["query"]
        standing.remember(round_, made_from, at, counts, queries)
    return Collated(tables, counts, path, kept)


def _master(
    round_: Round, stands: Collation, proved: Callable[[], None] | None
) -> tuple[Tables, Path, Path | None]:
    """Make the tables and the master, and put it in its place once it is proved that nothing was lost.

    Args:
        round_: The round.
        stands: The round as it stands.
        proved: What is done in between.

    Returns:
        The tables, where the master is, and the edited one before it.
    """
    with master.writer(sum(len(file.answers) for file in stands.returns)) as begin:
        tables = build(stands)
        with _written(round_, tables, begin) as put:
            _prove(stands, tables)
            if proved is not None:
                proved()
            return tables, *put()


def _prove(stands: Collation, tables: Tables) -> None:
    """Prove that nothing was lost on the way to the tables."""
    wrong = differences(stands, tables)
    if wrong:
        raise AuditkitError(
            "auditkit found that its own figures don't add up, so no master was written. Please report "
            "this:\n" + "\n".join(wrong)
        )


@contextmanager
def _written(
    round_: Round, tables: Tables, begin: master.Begin
) -> Iterator[Callable[[], tuple[Path, Path | None]]]:
    """Write the master and the files of tables, while the block does something else.

    Yields:
        What puts them in their places; it returns where the master is, and the edited one before it.
    """
    locked = bool(round_.settings.master_password)
    # Of a locked master there are no files of tables: what is locked in it would lie open beside it.
    exported = nullcontext(tuple) if locked else exports.begun(round_.tables, tables)
    with exported as put_tables, begin(round_.master, tables, round_.private) as put_master:

        def put() -> tuple[Path, Path | None]:
            mark = round_.private / "master.sha256"
            kept = edited.keep(round_.master, mark)
            path = put_master()
            if path == round_.master:
                edited.remember(path, mark)
            put_tables()
            return path, kept

        yield put


def _is_litter(file: Return) -> bool:
    """Tell whether a file was passed over without the officer having said so: a lock file, say."""
    return file.outcome == "passed over" and all(f.code != "excluded-by-decision" for f in file.findings)


def _counts(tables: Tables) -> Counts:
    outcomes = Counter(tables.returns["outcome"])
    standings = Counter(tables.recipients["standing"])
    cover = Counter(tables.cover["outcome"])["accepted"]
    return Counts(
        files=tables.files,
        returns=len(tables.returns),
        accepted=outcomes["accepted"],
        superseded=outcomes["superseded"],
        held=outcomes["held"],
        rejected=outcomes["rejected"],
        passed_over=outcomes["passed over"],
        recipients=len(tables.recipients),
        returned=standings["returned"],
        partly=standings["partly"],
        nil_return=standings["nil return"],
        not_returned=standings["not returned"],
        closed=standings["closed"],
        findings=len(tables.findings),
        answers=len(tables.answers) + cover,
        not_asked=tables.unasked,
        progress=outcomes["progress"],
    )
