"""Response columns and cover fields: a kind that exists, with what belongs to it, in a role of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from auditkit.definition.checks import walk
from auditkit.definition.events import EVENT_ROLES
from auditkit.definition.field import COVER_ROLES, RESPONSE_ROLES
from auditkit.definition.model import Audit, Field, Section
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.fields import KINDS
from auditkit.fields.plain import trimmed

OPTIONS = ("scale", "choices", "closed", "minimum", "maximum")
# Roles that outputs calculate with, and the kind that makes it possible.
KIND_OF_ROLE = {
    "rating": "rating",
    "due": "date",
    "nil_return": "yes_no",
    "signoff_date": "date",
    "event_date": "uncertain_date",
    "event_time": "time",
    "event_until": "uncertain_date",
    "event_until_time": "time",
    "child_seen": "yes_no",
}
WIDEST = 255


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any field, its wording apart."""
    for path, field in walk.fields(audit):
        yield from kind(path, field, audit)
        yield from limits(path, field)
        if field.width is not None and not 0 < field.width <= WIDEST:
            message = f"'width' is in characters, from 1 to {WIDEST}, not {trimmed(field.width)}"
            yield Issue((*path, "width"), message)
    for path, responses in walk.response_lists(audit):
        for n, field in enumerate(responses):
            if field.each:
                message = "'each' is for fields of the cover: in a pack, mark questions 'shared' instead"
                yield Issue((*path, n, "each"), message, at_name=True)
        of_events = len(path) > 1 and audit.sections[int(path[1])].events is not None
        yield from _roles(path, responses, EVENT_ROLES if of_events else RESPONSE_ROLES)
        yield from _ratings(path, responses)
        if not responses and not all(map(_has_columns, audit.sections)):
            yield Issue(path, "there are no response columns: list at least one under 'responses'")
    yield from _roles(("cover",), audit.cover, COVER_ROLES)


def _has_columns(section: Section) -> bool:
    """Tell whether something can be filled in beside its questions though the audit has no columns."""
    return bool(section.responses) or section.is_survey or section.is_numbers


def kind(path: Path, field: Field, audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with the kind of a field, and with what belongs to it."""
    known = KINDS.get(field.kind)
    if known is None:
        message = f"there is no kind of field called {quoted(field.kind)}{did_you_mean(field.kind, KINDS)}"
        yield Issue((*path, "kind"), message)
        return
    for option in OPTIONS:
        given = getattr(field, option) not in ("", (), None)
        if given and option not in known.OPTIONS:
            takes = [name for name in OPTIONS if name in known.OPTIONS]
            also = f"; it takes {listed((quoted(name) for name in takes), 'and')}" if takes else ""
            message = (
                f"'{option}' doesn't belong to a {quoted(field.kind)} field{also}: leave it "
                "out or change the kind"
            )
            yield Issue((*path, option), message, at_name=True)
        elif not given and option in known.REQUIRES:
            yield Issue(
                path, f"the field {quoted(field.id)} is of kind {quoted(field.kind)}, which needs '{option}'"
            )
    if "scale" in known.OPTIONS and field.scale and walk.scale_called(audit, field.scale) is None:
        scales = [scale.id for scale in audit.scales]
        message = f"there is no scale called {quoted(field.scale)}{did_you_mean(field.scale, scales)}"
        yield Issue((*path, "scale"), message)
    for n, choice in enumerate(field.closed if "closed" in known.OPTIONS else ()):
        if choice not in field.choices:
            message = (
                f"{quoted(choice)} isn't one of this field's choices{did_you_mean(choice, field.choices)}"
            )
            yield Issue((*path, "closed", n), message)
    for n, choice in enumerate(field.choices):
        if choice.casefold() == "any":
            yield Issue(
                (*path, "choices", n), "'any' stands for any answer in a rule: word this choice another way"
            )


def limits(path: Path, field: Field) -> Iterator[Issue]:
    """Yield what is wrong with the minimum and maximum of a field whose kind takes them."""
    if field.kind not in KINDS or "minimum" not in KINDS[field.kind].OPTIONS:
        return
    wrong = False
    for name, limit in (("minimum", field.minimum), ("maximum", field.maximum)):
        message = _limit(field.kind, limit)
        if message:
            wrong = True
            yield Issue((*path, name), f"'{name}' {message}")
    low, high = (_comparable(limit) for limit in (field.minimum, field.maximum))
    if not wrong and low is not None and high is not None and low > high:
        yield Issue((*path, "minimum"), "'minimum' is above 'maximum'", other=(*path, "maximum"))


def _comparable(limit: float | dt.date | None) -> float | None:
    return limit.toordinal() if isinstance(limit, dt.date) else limit


def _limit(kind: str, limit: float | dt.date | None) -> str:
    """Return how a limit must be put right for its kind, empty if it needn't."""
    if limit is None:
        return ""
    if kind in ("date", "uncertain_date"):
        fits = isinstance(limit, dt.date)
        return "" if fits else "of a date must be a date written as year-month-day, such as 2026-09-01"
    if isinstance(limit, dt.date):
        return "must be a number here, not a date"
    if kind == "whole_number" and limit != int(limit):
        return f"of a whole number must be one too, not {trimmed(limit)}"
    if kind == "percent" and not 0 <= limit <= 100:
        return f"of a percentage is from 0 to 100, not {trimmed(limit)}"
    return ""


def _roles(path: Path, fields: tuple[Field, ...], roles: tuple[str, ...]) -> Iterator[Issue]:
    first: dict[str, int] = {}
    for n, field in enumerate(fields):
        role, here = field.role, (*path, n, "role")
        if not role:
            continue
        if role not in roles:
            yield Issue(here, f"there is no role called {quoted(role)} here{did_you_mean(role, roles)}")
        elif role in first:
            message = f"two fields have the role {quoted(role)}; only one can: take it from the other"
            yield Issue(here, message, other=(*path, first[role], "role"))
        elif field.kind in KINDS and KIND_OF_ROLE.get(role, field.kind) != field.kind:
            message = (
                f"the role {quoted(role)} is for a field of kind '{KIND_OF_ROLE[role]}', "
                f"not {quoted(field.kind)}"
            )
            yield Issue(here, message)
        first.setdefault(role, n)


def _ratings(path: Path, responses: tuple[Field, ...]) -> Iterator[Issue]:
    """Yield what is wrong with the fields of kind rating: one for each section, and it is scored."""
    ratings = [(n, field) for n, field in enumerate(responses) if field.kind == "rating"]
    for n, field in ratings:
        if field.role != "rating" and len(ratings) == 1:
            message = f"the field {quoted(field.id)} is a rating, so it needs 'role: rating' to be scored"
            yield Issue((*path, n), message)
    for n, field in ratings[1:]:
        message = (
            f"a section has one rating, and {quoted(field.id)} is a second: make it a 'choice' or take it out"
        )
        yield Issue((*path, n), message, other=(*path, ratings[0][0]))
