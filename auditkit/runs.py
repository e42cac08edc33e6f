"""What counted in earlier runs of collate, so that a run can say what has changed since.

Two runs are remembered: the last, and the last before it in which anything was different. A run in which
nothing changed leaves the record alone and is compared with the same run as before, so that collating twice
gives the same master. Without a record (it was deleted, or is damaged) a run is compared with nothing.

The answers of a return are one sealed record, found by its digest; so those that stay the same are written
once, and those that changed are the only ones that are read.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from auditkit.returns import gist
from auditkit.returns.gist import Gist
from auditkit.returns.model import Return
from auditkit.returns.store import Store
from auditkit.round import Round

NOBODY: Mapping[str, str] = {}
# Under this name stands which runs there were, and what counted in them.
INDEX = hashlib.sha256(b"runs").digest()


@dataclass(frozen=True)
class Counted:
    """The return of one recipient that counted: its file and content, and a digest of what it answers.

    ``answers`` gives the answers themselves; as long as the record is open, if it comes from there.
    """

    file: str
    sha256: str
    digest: str
    answers: Callable[[], Gist] = field(compare=False, repr=False)


@dataclass(frozen=True)
class Run:
    """What counted in a run, by recipient id. ``at`` is when it was, in UTC, as ISO writes it."""

    at: str
    counted: Mapping[str, Counted]

    def changed(self, now: Run) -> list[str]:
        """Return for which recipients something else counted than does now."""
        ids = dict.fromkeys((*self.counted, *now.counted))
        return [key for key in ids if self.counted.get(key) != now.counted.get(key)]


@dataclass(frozen=True)
class Since:
    """A run, and the one that it is compared with."""

    earlier: Run
    now: Run


class History:
    """The last run, and the last before it in which something else counted."""

    def __init__(self, store: Store, successors: Mapping[str, str]) -> None:
        """Read which runs are remembered; none, if the record is gone or damaged.

        Whoever goes on under another id since then stands under that one.
        """
        self._store = store
        self.last: Run | None = None
        self.earlier: Run | None = None
        with contextlib.suppress(ValueError, TypeError, KeyError, AttributeError):
            index = json.loads(store.get(INDEX) or b"null")
            runs = [_run(index[name], store) for name in ("last", "earlier")]
            self.last, self.earlier = (_under(run, successors) for run in runs)
        self._keep(self.last, self.earlier)

    def since(self, now: Run) -> Since | None:
        """Return a run beside the one that it is compared with: the last in which anything was different.

        None if there is none, or if answers of it that changed since can't be read any more.
        """
        last = self.last
        earlier = last if last is None or last.changed(now) else self.earlier
        if earlier is None:
            return None
        with contextlib.suppress(ValueError, TypeError, KeyError):
            for key in earlier.changed(now):
                if key in earlier.counted:
                    earlier.counted[key].answers()
            return Since(earlier, now)
        return None

    def write(self, now: Run) -> None:
        """Write down what is answered in a run; which run that was, :meth:`remember` does."""
        if not self._is_news(now):
            return
        for one in now.counted.values():
            # Asked for, and not looked up: one that was damaged is written again.
            if self._store.get(bytes.fromhex(one.digest)) is None:
                self._store.put(bytes.fromhex(one.digest), gist.written(one.answers()))

    def remember(self, now: Run) -> None:
        """Remember a run whose answers were written down, unless nothing changed in it."""
        last = self.last
        if not self._is_news(now):
            return
        self._keep(now, last)
        index = {"last": _plain(now), "earlier": None if last is None else _plain(last)}
        self._store.put(INDEX, json.dumps(index, ensure_ascii=False).encode("utf-8", "surrogatepass"))

    def _is_news(self, now: Run) -> bool:
        return self.last is None or bool(self.last.changed(now))

    def _keep(self, *runs: Run | None) -> None:
        names = {bytes.fromhex(one.digest) for run in runs if run for one in run.counted.values()}
        self._store.keep({INDEX, *names})


@contextlib.contextmanager
def record(round_: Round, successors: Mapping[str, str] = NOBODY) -> Iterator[History]:
    """Open what is remembered of a round's runs; if it is damaged, there were none.

    Args:
        round_: The round.
        successors: Who goes on under another id, by the one of before.
    """
    with Store(round_.private / "runs.store", round_.key()) as store:
        yield History(store, successors)


def this_run(returns: Iterable[Return], at: dt.datetime) -> Run:
    """Return what counts now: the accepted return of each recipient that has one.

    Args:
        returns: All returns of the round, with their outcomes.
        at: When the run is.
    """
    counted = {one.recipient_id: _counted(one) for one in returns if one.outcome == "accepted"}
    return Run(at.astimezone(dt.timezone.utc).isoformat(timespec="seconds"), counted)


def _counted(one: Return) -> Counted:
    answers = partial(gist.gist_of, one.file, one.answers)
    return Counted(one.file, one.sha256, one.gist or gist.digest(answers()), answers)


def _under(run: Run | None, successors: Mapping[str, str]) -> Run | None:
    if run is None or not successors:
        return run
    return Run(run.at, {successors.get(key, key): one for key, one in run.counted.items()})


def _plain(run: Run) -> dict[str, Any]:
    counted = {key: [one.file, one.sha256, one.digest] for key, one in run.counted.items()}
    return {"at": run.at, "counted": counted}


def _run(plain: dict[str, Any] | None, store: Store) -> Run | None:
    if plain is None:
        return None
    at = dt.datetime.fromisoformat(plain["at"]).isoformat()
    counted = {
        key: Counted(file, sha256, digest, partial(_kept_in, store, bytes.fromhex(digest)))
        for key, (file, sha256, digest) in plain["counted"].items()
    }
    return Run(at, counted)


def _kept_in(store: Store, name: bytes) -> Gist:
    content = store.get(name)
    if content is None:
        raise KeyError(name)
    return gist.read(content)
