"""Scales: points from best to worst, in colours that exist, with scores or bands in that order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditkit.definition.checks.walk import scale_called
from auditkit.definition.model import Audit
from auditkit.definition.scale import NumberRange, Scale
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.fields.plain import trimmed

# A dropdown with more numbers than this is of no use to anyone.
MOST_STEPS = 1_000


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any scale, its wording apart."""
    for i, scale in enumerate(audit.scales):
        path: Path = ("scales", i)
        if scale_called(audit, scale.id) is not scale:
            continue  # its id is taken: that is said once, and the rest would be about the other one
        if not scale.ranked:
            yield Issue(
                path,
                f"the scale {quoted(scale.id)} has no points to choose from: list them from best to worst",
            )
        for n, point in enumerate(scale.points):
            here = (*path, "points", n)
            if not re.fullmatch(r"#[0-9A-Fa-f]{6}", point.colour):
                yield Issue(
                    (*here, "colour"),
                    f"{quoted(point.colour)} isn't a colour: write # and six digits or letters A "
                    "to F in quotes, such as '#00A651'",
                )
            if point.not_applicable and point.score is not None:
                message = "a point that is not applicable takes no part in scores: leave its score out"
                yield Issue((*here, "score"), message)
        for n, done in enumerate(scale.done):
            if done not in {point.id for point in scale.points}:
                known = [point.id for point in scale.points]
                yield Issue(
                    (*path, "done", n),
                    f"the scale {quoted(scale.id)} has no point {quoted(done)}{did_you_mean(done, known)}",
                )
        yield from _bands(path, scale, scale.numbers) if scale.numbers else _scores(path, scale)


def _scores(path: Path, scale: Scale) -> Iterator[Issue]:
    """Yield what is wrong with the scores of a scale of words."""
    for n, point in enumerate(scale.points):
        if point.at_least is not None:
            message = "'at_least' is for scales of numbers; give this point a 'score', or the scale 'numbers'"
            yield Issue((*path, "points", n, "at_least"), message)
    scored = [
        (n, p.score) for n, p in enumerate(scale.points) if p.score is not None and not p.not_applicable
    ]
    for n in _turns([score for _, score in scored]):
        here: Path = (*path, "points", scored[n][0], "score")
        yield Issue(
            here, "points are listed from best to worst, and so must their scores be: all down or all up"
        )
    if scored:
        for n, point in enumerate(scale.points[: scored[-1][0]]):
            if point.score is None and not point.not_applicable:
                message = (
                    f"the point {quoted(point.id)} has no score, but points below it have: give it "
                    "a 'score', make it "
                    "'not_applicable: yes', or list it last if answers with it shouldn't count"
                )
                yield Issue((*path, "points", n), message)


def _turns(numbers: list[float]) -> list[int]:
    """Return the positions at which numbers that should only fall, or only rise, turn round."""
    moves = [
        (n, (after > before) - (after < before)) for n, (before, after) in enumerate(pairwise(numbers), 1)
    ]
    way = next((sign for _, sign in moves if sign), 0)
    return [n for n, sign in moves if sign == -way != 0]


def _bands(path: Path, scale: Scale, numbers: NumberRange) -> Iterator[Issue]:
    """Yield what is wrong with a scale of numbers and the bands that its points are."""
    yield from _range((*path, "numbers"), numbers)
    if numbers.minimum >= numbers.maximum:
        return  # no band can be right until this is
    bands: list[tuple[Path, float]] = []
    for n, point in enumerate(scale.points):
        here = (*path, "points", n)
        if point.score is not None and not point.not_applicable:
            yield Issue((*here, "score"), "on a scale of numbers the number is the score: leave this out")
        if point.not_applicable:
            if point.at_least is not None:
                yield Issue((*here, "at_least"), "a point that is not applicable is no band: leave this out")
        elif point.at_least is None:
            message = f"the band {quoted(point.id)} needs 'at_least', the lowest number that falls in it"
            yield Issue(here, message)
        else:
            bands.append(((*here, "at_least"), point.at_least))
            if not numbers.minimum <= point.at_least <= numbers.maximum:
                span = f"{trimmed(numbers.minimum)} to {trimmed(numbers.maximum)}"
                yield Issue((*here, "at_least"), f"{trimmed(point.at_least)} is outside the scale's {span}")
    floors = [floor for _, floor in bands]
    for n in _turns(floors):
        yield Issue(bands[n][0], "bands go from best to worst, and so must 'at_least': all down or all up")
    if len(set(floors)) < len(floors):
        yield Issue(
            path, f"two points of the scale {quoted(scale.id)} have the same 'at_least': each needs its own"
        )
    if bands and min(floors) > numbers.minimum:
        here = next(here for here, floor in bands if floor == min(floors))
        low = trimmed(numbers.minimum)
        yield Issue(here, f"the lowest band must catch everything that is left: make its 'at_least' {low}")


def _range(path: Path, numbers: NumberRange) -> Iterator[Issue]:
    if numbers.minimum >= numbers.maximum:
        yield Issue((*path, "minimum"), "'minimum' must be below 'maximum'")
    elif numbers.step <= 0:
        yield Issue((*path, "step"), "'step' must be more than 0")
    else:
        steps = (numbers.maximum - numbers.minimum) / numbers.step
        span = f"{trimmed(numbers.minimum)} to {trimmed(numbers.maximum)}"
        if steps > MOST_STEPS:
            message = (
                f"steps of {trimmed(numbers.step)} from {span} are too many to choose from: "
                "make the step larger"
            )
            yield Issue((*path, "step"), message)
        elif abs(steps - round(steps)) > 1e-6:
            message = f"steps of {trimmed(numbers.step)} don't lead from {span}: change the step or the range"
            yield Issue((*path, "step"), message)
