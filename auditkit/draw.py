"""Drawing the rota of a round: what the last round and the officer say, and who is asked then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditkit import rota
from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import AuditkitError, Problem, ProblemsError
from auditkit.lock import alone
from auditkit.rating import result_scale
from auditkit.rota import Before, Place, Rota
from auditkit.round import SETTINGS, Round, find, load, register_path
from auditkit.tables import OVERALL
from auditkit.tables.kept import kept
from auditkit.workbook.log import first_issued, read_log, successors


@dataclass(frozen=True)
class Drawn:
    """Who is asked, by recipient id in the order of the register, and what an officer should know of it."""

    rota: Rota
    places: dict[str, Place]
    last: Path | None
    notes: tuple[str, ...]


def draw(round_: Round, last: Path | None = None, *, today: dt.date) -> Drawn:
    """Choose who is asked in a round; nothing is written.

    Args:
        round_: The round. Whoever has its workbook already stays in.
        last: A folder in the last round; by default the one that the settings name.
        today: Who has closed by then isn't asked.

    Raises:
        ProblemsError: The settings or the register say something that can't be.
        AuditkitError: There is no such last round, or it wasn't collated.
    """
    settings = _settings(round_)
    wishes = rota.wishes_of(round_.recipients, register_path(round_.folder).name)
    if last is None and settings.last:
        last = (round_.folder / settings.last).resolve()
    past = load(find(last)) if last else None
    if past is not None and past.settings.id == round_.settings.id:
        raise AuditkitError(f"{past.folder} is a copy of this round: name the round before it.")
    log = read_log(round_)
    places = rota.choose(
        *(round_.recipients, settings),
        before=before(past, settings) if past else None,
        wishes=wishes,
        issued=first_issued(log, successors(log, round_.recipients)).keys(),
        closed={recipient.id for recipient in round_.recipients if recipient.is_closed(today)},
    )
    return Drawn(settings, places, past.folder if past else None, tuple(_notes(settings, past)))


def keep(round_: Round, drawn: Drawn) -> Path:
    """Write who is asked into the round's folder; return where it is."""
    with alone(round_, "rota"):
        return rota.write(round_.folder, round_.recipients, drawn.places)


def before(past: Round, settings: Rota) -> Before:
    """Return what a round says to the one after it.

    Args:
        past: The round, collated.
        settings: The rota of the round after it.

    Raises:
        AuditkitError: The round wasn't collated, its tables aren't there, or its scale hasn't the points.
    """
    waited = {}
    for recipient in past.recipients:
        place = past.places.get(recipient.id)
        asked = place is None or place.asked
        waited[recipient.id.casefold()] = 0 if place is None or asked else place.waited + 1
    red = _red(past, settings)
    results = kept(past, "results", "recipient_id", "section_id", "point")
    standings = kept(past, "recipients", "recipient_id", "standing")
    return Before(
        waited,
        red={key.casefold() for key, section, point in results if section == OVERALL and point in red},
        silent={key.casefold() for key, standing in standings if standing == "not returned"},
    )


def _settings(round_: Round) -> Rota:
    """Return the rota's settings, once they say enough."""
    settings = round_.settings.rota
    if settings is None:
        raise AuditkitError(
            f"{SETTINGS} has no rota, so everybody is asked. To ask a part each year, put in it:\n"
            "rota:\n  year: 1\n  seed: " + rota.evenest(round_.recipients, Rota(1).years, round_.settings.id)
        )
    problems = [Problem(SETTINGS, "rota", text) for text in rota.unknown_columns(settings, round_.recipients)]
    if not settings.seed.strip():
        seed = rota.evenest(round_.recipients, settings.years, round_.settings.id)
        problems.append(
            Problem(
                *(SETTINGS, "rota"),
                f"there is no seed yet. {quoted(seed)} divides this register evenly: write  seed: {seed}  "
                "and keep it in the years to come",
            )
        )
    if problems:
        raise ProblemsError(problems)
    return settings


def _red(past: Round, settings: Rota) -> frozenset[str]:
    """Return the points of the last round's overall rating that bring somebody back."""
    try:
        scale = result_scale(past.audit)
    except KeyError:  # nothing in it was rated
        return frozenset()
    known = [point.id for point in scale.points]
    unknown = [point for point in settings.red if point not in known]
    if unknown:
        raise ProblemsError(
            Problem(
                *(SETTINGS, "rota"),
                f"red: the overall scale of {past.settings.title} has no point {quoted(point)}"
                f"{did_you_mean(point, known)}",
            )
            for point in unknown
        )
    return frozenset(settings.red or [scale.ranked[-1].id])


def _notes(settings: Rota, past: Round | None) -> Iterator[str]:
    """Yield what doesn't break the rota, but should be known."""
    if past is None:
        if settings.year == 1:  # the first year has none before it
            return
        yield "no last round was named, so nobody counts as new, red or not returned"
        return
    old = past.settings.rota
    if old is None:
        return
    if (old.seed, old.years) != (settings.seed, settings.years):
        yield (
            f"seed and years aren't those of {past.settings.title} ({old.seed}, {old.years}): turns have "
            "moved, and whoever would wait too long is asked now"
        )
    elif settings.year != old.year % old.years + 1:
        yield (
            f"the year after {old.year} of {old.years} is {old.year % old.years + 1}, not {settings.year}: "
            "some are asked again early, and others wait"
        )
