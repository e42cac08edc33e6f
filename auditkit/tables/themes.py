"""Rows of themes: how what they are about was rated, over which denominators, by agency and by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from auditkit.definition.cases import folded
from auditkit.definition.model import Question
from auditkit.definition.scale import Point, Scale
from auditkit.definition.theme import Theme
from auditkit.register import Recipient
from auditkit.tables.agencies import CAME
from auditkit.tables.cases import CLOSED, change_word, standings
from auditkit.tables.model import Given
from auditkit.tables.stands import Stands
from auditkit.tables.table import Row, Table, rows
from auditkit.tables.tally import Tally

# What stands for all questions of a theme, and for all agencies.
ALL = None
# A row of themes: theme id and title, question, agency.
Key = tuple[str | None, str, str | None, str | None]
# Strengths of two rounds that differ by less are the same.
SAME = 0.05


@dataclass(frozen=True)
class Fared:
    """What is known of every row of themes, in their order.

    ``points`` are those that a row's questions can be given, by theme and question.
    """

    tallies: dict[Key, Tally] = field(default_factory=dict)
    events: Counter[Key] = field(default_factory=Counter)
    points: dict[tuple[str | None, str | None], dict[Point, None]] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)


def agency_of(given: Given, recipient: Recipient) -> str:
    """Return the agency that a recipient is; in an audit without cases its group, or its name without one."""
    audited = given.collation.audit.cases
    return audited.agency_of(recipient.row()) if audited else recipient.group or recipient.name


def fared(given: Given, tables: Mapping[str, Table], stands: Mapping[str, Stands]) -> Fared:
    """Return how the themes fared.

    Args:
        given: The collation.
        tables: At least ``recipients`` and ``events``.
        stands: The ratings that stand, by recipient.
    """
    found = Fared()
    agencies = _agencies(given)
    asked: dict[str, list[tuple[Question, Scale]]] = {theme.id: [] for theme in given.collation.audit.themes}
    for section, scale, _ in given.rated:
        for question in section.questions:
            for theme_id in given.collation.audit.themes_of(section, question):
                asked[theme_id].append((question, scale))
    standing = standings(tables["recipients"])
    for theme in given.collation.audit.themes:
        _begin(found, theme, asked[theme.id], list(dict.fromkeys(agencies.values())))
        for recipient in given.collation.recipients:
            if standing[recipient.id] == CLOSED:
                continue
            came = standing[recipient.id] in CAME
            for question, scale in asked[theme.id]:
                if question.id in given.asked[recipient.id]:
                    value = stands[recipient.id].values.get(question.id)
                    for key in _keys(theme.id, theme.title, question.id, agencies[recipient.id]):
                        found.tallies.setdefault(key, Tally()).add(scale, value, has_returned=came)
    if given.collation.audit.themes:
        _count_events(given, found, tables["events"], agencies)
    return found


def _begin(found: Fared, theme: Theme, asked: list[tuple[Question, Scale]], agencies: list[str]) -> None:
    """Put the rows of a theme in their order: the whole by agency, then each question by agency."""
    for question_id in (ALL, *(question.id for question, _ in asked)):
        for agency in (ALL, *agencies):
            found.tallies[theme.id, theme.title, question_id, agency] = Tally()
    for question, scale in asked:
        found.questions[question.id] = question
        for part in (ALL, question.id):
            found.points.setdefault((theme.id, part), {}).update(dict.fromkeys(scale.points))


def _keys(theme_id: str, title: str, question_id: str, agency: str) -> Iterator[Key]:
    """Yield the rows to which a rating belongs."""
    for part in (ALL, question_id):
        for whose in (ALL, agency):
            yield (theme_id, title, part, whose)


def _agencies(given: Given) -> dict[str, str]:
    """Return the agency of each recipient by id, spelt as it is spelt first; the meeting comes last."""
    audited, spelt = given.collation.audit.cases, dict[str, str]()
    people = given.collation.recipients
    if audited is not None:
        people = tuple(sorted(people, key=lambda r: audited.is_meeting(r.row())))
    return {r.id: spelt.setdefault(folded(agency_of(given, r)), agency_of(given, r)) for r in people}


def _count_events(given: Given, found: Fared, events: Table, agencies: Mapping[str, str]) -> None:
    """Count the events by the theme that they name; one that the audit hasn't has a row of its own."""
    known = {
        folded(name): theme for theme in given.collation.audit.themes for name in (theme.id, theme.title)
    }
    spelt = dict[str, str]()
    for recipient_id, said in rows(events, "recipient_id", "theme"):
        if not said:
            continue
        theme = known.get(folded(said))
        named = (theme.id, theme.title) if theme else (None, spelt.setdefault(folded(said), said))
        for agency in (ALL, agencies[recipient_id]):
            key: Key = (*named, ALL, agency)
            found.tallies.setdefault(key, Tally())
            found.events[key] += 1


def theme_rows(given: Given, found: Fared) -> Iterator[Row]:
    """Yield every theme and question of it, for all and by agency (``themes``); nobody who isn't asked."""
    for key, tally in _shown(found):
        question_id = key[2]
        events = None if question_id else found.events[key]
        figures = (*tally.figures, tally.blank, tally.not_returned, tally.mean, events)
        yield (*_part(found, key), *figures, *_then(given, key, tally))


def theme_grade_rows(found: Fared) -> Iterator[Row]:
    """Yield how often each point was given in each row of themes (``theme_grades``)."""
    for key, tally in _shown(found):
        theme_id, _, question_id, _ = key
        given = Counter[str]()
        for point, count in tally.points.items():
            given[point.text] += count
        texts = {point.text: point for point in found.points.get((theme_id, question_id), {})}
        for text, point in texts.items():
            yield (*_part(found, key), point.id, text, given[text], tally.answered)


def _shown(found: Fared) -> Iterator[tuple[Key, Tally]]:
    """Yield the rows that say something: of an agency only what it was asked, or its events."""
    for key, tally in found.tallies.items():
        if key[3] is ALL or tally.asked or found.events[key]:
            yield key, tally


def _part(found: Fared, key: Key) -> Row:
    theme_id, title, question_id, agency = key
    question = found.questions[question_id].text if question_id else None
    return (theme_id, title, question_id, question, agency)


def _then(given: Given, key: Key, tally: Tally) -> Row:
    """Return round, ratings and strength of last time, and whether today's are better."""
    theme_id, _, question_id, agency = key
    then = given.collation.last.themes.get((theme_id or "", question_id or "", folded(agency or "")))
    if then is None:
        return (None,) * 4
    better = None if tally.mean is None else tally.mean - then.strength
    word = change_word(0 if better is not None and abs(better) < SAME else better)
    return (then.round, then.rated, then.strength, word)


def theme_titles(given: Given) -> dict[str, str]:
    """Return the titles of each question's themes, by question."""
    audit = given.collation.audit
    titles = {theme.id: theme.title for theme in audit.themes}
    return {
        question.id: "; ".join(titles[key] for key in audit.themes_of(section, question))
        for section, question in audit.questions()
    }
