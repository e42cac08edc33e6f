"""Rows that may be of one event: nearly the same day, and the same words or the same kind of event.

Both must be about the same subject, or one of them doesn't say about whom it is.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from auditkit.chronology.event import Event, Pair
from auditkit.chronology.rules import Rules
from auditkit.returns.words import plain

# How many texts are compared with the others at a time.
AT_ONCE = 256


def pairs(events: Sequence[Event], rules: Rules) -> tuple[Pair, ...]:
    """Return every pair of rows that may be of one event, in the order of the first.

    Rows of one agency are of one event only if no day that both can mean is left out, and the times agree.
    """
    found: dict[tuple[int, int], Pair] = {}
    for pair in (*_by_words(events, rules), *_by_kind(events, rules)):
        if pair.of_one_agency and differences(pair, rules):
            continue
        found.setdefault((pair.one.number, pair.other.number), pair)
    return tuple(found[key] for key in sorted(found))


def differences(pair: Pair, rules: Rules) -> list[str]:
    """Return the facts in which two rows differ, in words: the day, the time, whether the child was seen."""
    one, other = pair.one, pair.other
    found = []
    if one.exact and other.exact and one.at != other.at:
        found.append(f"the day: {one.when} or {other.when}")
    elif one.exact and other.exact and _apart(one, other, rules):
        found.append(f"the time: {one.time} or {other.time}")
    if one.child_seen and other.child_seen and one.child_seen != other.child_seen:
        found.append(f"whether the child was seen: {one.child_seen} or {other.child_seen}")
    return found


def _by_words(events: Sequence[Event], rules: Rules) -> Iterator[Pair]:
    """Yield the pairs that say what happened in the same words."""
    subjects: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.earliest and event.event and event.days <= rules.vague_days:
            subjects[event.subject.casefold()].append(event)
    unsaid = subjects.pop("", [])
    for own in subjects.values() or [[]]:
        yield from _alike(sorted((*own, *unsaid), key=_span), rules)


def _span(event: Event) -> tuple[dt.date, dt.date]:
    assert event.earliest is not None
    assert event.latest is not None
    return event.earliest, event.latest


def _alike(events: list[Event], rules: Rules) -> Iterator[Pair]:
    """Yield those of some events, by their first day, whose days are near and whose words are alike."""
    from rapidfuzz import fuzz, process

    first_days = [_span(event)[0] for event in events]
    texts = [plain(event.event) for event in events]
    start = 0
    for (_, last), group in groupby(events, key=_span):
        stop = start + sum(1 for _ in group)
        end = bisect_right(first_days, last + dt.timedelta(rules.near_days))
        for here in range(start, stop, AT_ONCE):
            own, others = texts[here : min(here + AT_ONCE, stop)], texts[here:end]
            scores = process.cdist(
                own, others, scorer=fuzz.token_set_ratio, score_cutoff=rules.alike, workers=-1
            )
            for n, m in zip(*scores.nonzero(), strict=True):
                if m > n and (pair := _pair(events, texts, here + int(n), here + int(m), rules)):
                    yield pair
        start = stop


def _pair(events: list[Event], texts: list[str], n: int, m: int, rules: Rules) -> Pair | None:
    from rapidfuzz import fuzz

    few = min(texts[n].count(" "), texts[m].count(" ")) + 1 < rules.few_words
    scorer = fuzz.token_sort_ratio if few else fuzz.token_set_ratio
    alike = int(scorer(texts[n], texts[m]))
    if alike < rules.alike:
        return None
    one, other = sorted((events[n], events[m]), key=lambda event: event.number)
    return Pair(one, other, alike)


def _by_kind(events: Sequence[Event], rules: Rules) -> Iterator[Pair]:
    """Yield the pairs of two agencies that have the same kind of event with the same person at one time."""
    together: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        if event.exact and event.subject and event.event_type:
            together[event.at, event.subject.casefold(), event.event_type.casefold()].append(event)
    for same in together.values():
        for one, other in combinations(same, 2):
            if one.recipient_id != other.recipient_id and not _apart(one, other, rules):
                yield Pair(one, other, 0)


def _apart(one: Event, other: Event, rules: Rules) -> bool:
    """Tell whether two rows name times that are further apart than one event's times should be."""
    minutes = [_minutes(one.time), _minutes(other.time)]
    return None not in minutes and abs(minutes[0] - minutes[1]) > rules.near_minutes  # type: ignore[operator]


def _minutes(time: str) -> int | None:
    """Return a time in minutes since midnight; None if it is none."""
    hour, _, minute = time.partition(":")
    return int(hour) * 60 + int(minute) if hour.isdecimal() and minute.isdecimal() else None
