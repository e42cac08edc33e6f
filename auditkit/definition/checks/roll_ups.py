"""Roll-ups: rules that can be worked out on the scales they meet, with bands that leave no result out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import get_args

from auditkit.definition.checks import walk
from auditkit.definition.model import Audit
from auditkit.definition.roll_up import RollUp, RuleOfRollUp
from auditkit.definition.scale import Scale
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.fields.plain import trimmed

# What the results of a rule are compared with bands as.
RESULT = {"mean": "mean score", "percent": "percentage", "share": "percentage"}
RULES = listed(get_args(RuleOfRollUp), "or")


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any roll-up."""
    shared: list[Scale] = []
    rated: list[Scale] = []
    for i, section in enumerate(audit.sections):
        scale = walk.scale_of(audit, section)
        if scale is None:
            continue
        rated.append(scale)
        if section.roll_up is None:
            shared.append(scale)
        else:
            yield from _roll_up(("sections", i, "roll_up"), section.roll_up, [scale], audit)
    if audit.roll_up is None:
        yield from _missing("roll_up", "the rating of a section", shared)
    else:
        for scale in _distinct(shared):
            yield from _roll_up(("roll_up",), audit.roll_up, [scale], audit)
    if audit.overall is None:
        yield from _missing("overall", "one overall rating", rated)
    else:
        yield from _roll_up(("overall",), audit.overall, _distinct(rated), audit)


def _missing(name: str, result: str, scales: list[Scale]) -> Iterator[Issue]:
    """Yield that a roll-up is missing, if anything is rated that it would be for."""
    if scales:
        message = f"questions are rated, and nothing says how their ratings become {result}"
        yield Issue((name,), f"{message}: add '{name}' with a 'rule', which is one of {RULES}")


def _distinct(scales: Sequence[Scale]) -> list[Scale]:
    return list({scale.id: scale for scale in scales}.values())


def _roll_up(path: Path, roll_up: RollUp, scales: list[Scale], audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with one roll-up of ratings on ``scales``."""
    named = walk.scale_called(audit, roll_up.scale)
    if roll_up.scale and named is None:
        known = [scale.id for scale in audit.scales]
        message = f"there is no scale called {quoted(roll_up.scale)}{did_you_mean(roll_up.scale, known)}"
        yield Issue((*path, "scale"), message)
        return
    if not scales:
        return  # nothing is rated, so this is never used
    if len(scales) > 1 and (message := _across(roll_up, scales)):
        yield Issue((*path, "rule"), message)
        return
    result = named or scales[0]
    if roll_up.rule == "worst" and result is not scales[0]:
        message = (
            "'worst' gives one of the answers, and these are on the scale "
            f"{quoted(scales[0].id)}: leave 'scale' out"
        )
        yield Issue((*path, "scale"), message)
        return
    yield from _scores(path, roll_up, scales)
    if roll_up.rule == "worst":
        if roll_up.bands:
            yield Issue(
                (*path, "bands"), "'worst' takes the worst answer as it is: leave 'bands' out", at_name=True
            )
    elif roll_up.bands:
        yield from _bands((*path, "bands"), roll_up, scales, result)
    elif not _own_bands(roll_up, result):
        message = (
            f"'{roll_up.rule}' needs 'bands': the lowest {RESULT[roll_up.rule]} for each point, best first"
        )
        yield Issue(path, message)
    yield from _at_or_above(path, roll_up, scales)
    yield from _caps((*path, "caps"), roll_up, scales, result)


def _across(roll_up: RollUp, scales: list[Scale]) -> str:
    """Return what is wrong with rolling up ratings on several scales, empty if nothing is."""
    different = f"sections are rated on different scales ({listed((s.id for s in scales), 'and')})"
    if roll_up.rule in ("mean", "worst"):
        return f"{different}, which '{roll_up.rule}' can't compare: use 'rule: percent'"
    return "" if roll_up.scale else f"{different}: add 'scale', the one that the result is on"


def _scores(path: Path, roll_up: RollUp, scales: list[Scale]) -> Iterator[Issue]:
    """Yield the scales whose scores the rule can't calculate with."""
    if roll_up.rule not in ("mean", "percent"):
        return
    for scale in scales:
        if scale.numbers is None and all(point.score is None for point in scale.ranked):
            message = (
                f"'{roll_up.rule}' calculates with scores, and no point of the scale {quoted(scale.id)} has "
                "one: give each a 'score', or use 'share' or 'worst'"
            )
            yield Issue((*path, "rule"), message)
        elif roll_up.rule == "percent" and (_span(scale)[1] <= 0 or not _upwards(scale)):
            message = (
                "'percent' needs the best point to have the highest score, above 0, and the scale "
                f"{quoted(scale.id)} hasn't that: change its scores or use 'share'"
            )
            yield Issue((*path, "rule"), message)


def _upwards(scale: Scale) -> bool:
    """Tell whether more is better on ``scale``; on some scales 1 is the best."""
    floors = [point.at_least for point in scale.ranked if point.at_least is not None]
    scores = floors if scale.numbers else [p.score for p in scale.ranked if p.score is not None]
    return not scores or scores[0] >= scores[-1]


def _span(scale: Scale) -> tuple[float, float]:
    """Return the lowest and highest score that an answer on ``scale`` can have."""
    if scale.numbers is not None:
        return scale.numbers.minimum, scale.numbers.maximum
    scores = [point.score for point in scale.ranked if point.score is not None]
    return (min(scores), max(scores)) if scores else (0.0, 0.0)


def _possible(roll_up: RollUp, scales: list[Scale]) -> tuple[float, float]:
    """Return the lowest and highest result that the rule can have."""
    spans = [_span(scale) for scale in scales]
    if roll_up.rule == "mean":
        return spans[0]
    if roll_up.rule == "percent":
        return min(100 * low / high if high > 0 else 0.0 for low, high in spans), 100.0
    return 0.0, 100.0


def _bands(path: Path, roll_up: RollUp, scales: list[Scale], result: Scale) -> Iterator[Issue]:
    """Yield what is wrong with the bands: unknown points, a wrong order, results that no band catches."""
    for n, band in enumerate(roll_up.bands):
        yield from _point((*path, n, "point"), band.point, [result])
    least, most = _possible(roll_up, scales)
    ranks = {point.id: rank for rank, point in enumerate(result.ranked)}
    falling = roll_up.rule == "mean" and not _upwards(scales[0])
    for n, (higher, lower) in enumerate(pairwise(roll_up.bands), start=1):
        better, worse = (lower, higher) if falling else (higher, lower)
        if lower.at_least >= higher.at_least:
            message = (
                "bands go from the highest down: this 'at_least' must be below that of the band above it"
            )
            yield Issue((*path, n, "at_least"), message)
        elif better.point in ranks and worse.point in ranks and ranks[better.point] > ranks[worse.point]:
            message = (
                f"{quoted(worse.point)} is better than {quoted(better.point)}, so it can't be "
                f"the result of a worse {RESULT[roll_up.rule]}: turn the points of these bands round"
            )
            yield Issue((*path, n, "point"), message)
    for n, band in enumerate(roll_up.bands):
        if band.at_least > most:
            message = (
                f"a {RESULT[roll_up.rule]} is never above {trimmed(most)}, so this band is never reached"
            )
            yield Issue((*path, n, "at_least"), message)
    last = len(roll_up.bands) - 1
    floor = roll_up.bands[last].at_least
    if floor > least:
        message = (
            f"a {RESULT[roll_up.rule]} below {trimmed(floor)} falls in no band: the last band must "
            f"catch everything that is left, so make its 'at_least' {trimmed(min(0.0, least))}"
        )
        yield Issue((*path, last, "at_least"), message)


def _own_bands(roll_up: RollUp, result: Scale) -> bool:
    """Tell whether the bands of a number scale can do for the rule: its results are numbers of that scale."""
    numbers = result.numbers
    if numbers is None or roll_up.rule == "share":
        return False
    return roll_up.rule == "mean" or (numbers.minimum, numbers.maximum) == (0, 100)


def _at_or_above(path: Path, roll_up: RollUp, scales: list[Scale]) -> Iterator[Issue]:
    if roll_up.rule != "share":
        if roll_up.at_or_above:
            message = f"'at_or_above' belongs to the rule 'share', not to '{roll_up.rule}': leave it out"
            yield Issue((*path, "at_or_above"), message, at_name=True)
    elif not roll_up.at_or_above:
        yield Issue(path, "'share' needs 'at_or_above', the lowest point that counts as good enough")
    else:
        for scale in scales:
            yield from _point((*path, "at_or_above"), roll_up.at_or_above, [scale])


def _caps(path: Path, roll_up: RollUp, scales: list[Scale], result: Scale) -> Iterator[Issue]:
    for n, cap in enumerate(roll_up.caps):
        if not cap.name:
            yield Issue(
                (*path, n, "name"), "a cap needs a name, which says in the master why a rating was held down"
            )
        if not cap.any_of:
            yield Issue((*path, n, "any_of"), "this cap never holds: name the answers that bring it about")
        for m, point in enumerate(cap.any_of):
            yield from _point((*path, n, "any_of", m), point, scales, ranked=False)
        yield from _point((*path, n, "at_most"), cap.at_most, [result])


def _point(path: Path, point_id: str, scales: list[Scale], *, ranked: bool = True) -> Iterator[Issue]:
    """Yield an issue if none of the scales has this point, or has it outside its order where that matters."""
    found = [point for scale in scales for point in scale.points if point.id == point_id]
    if not found:
        known = [point.id for scale in scales for point in scale.points]
        names = listed(quoted(scale.id) for scale in scales)
        yield Issue(path, f"the scale {names} has no point {quoted(point_id)}{did_you_mean(point_id, known)}")
    elif ranked and found[0].not_applicable:
        yield Issue(
            path, f"{quoted(point_id)} means not applicable and can't be a result: choose another point"
        )
