"""Whole audits for Hypothesis: sound ones, as different as officers might write them.

>>> @given(audits())
... def test_whatever_is_asked(audit): ...

What is drawn has every kind of setting that the model has, in texts of any script, and checks clean.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from auditkit.definition.cases import Cases
from auditkit.definition.checks.fields import KIND_OF_ROLE
from auditkit.definition.checks.ids import ANY, COLUMN_KEYS, ROW_KEYS
from auditkit.definition.content import Content, Subset
from auditkit.definition.events import EVENT_ROLES, Events
from auditkit.definition.follow_up import FollowUp
from auditkit.definition.follows import Follows, Link
from auditkit.definition.measure import Measure, Measures
from auditkit.definition.model import Audit, Field, Question, Rule, Section
from auditkit.definition.places import offered
from auditkit.definition.plan import Plan, Step
from auditkit.definition.roll_up import Band, Cap, RollUp
from auditkit.definition.scale import NumberRange, Point, Scale
from auditkit.definition.survey import AnswerType, Survey
from auditkit.definition.theme import Theme
from auditkit.definition.xlsx.cells import ERRORS
from auditkit.fields.yes_no import NO, YES

T = TypeVar("T")

# What people can type: no control characters, and no code points that no script uses.
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
# What has a meaning in YAML, in formulas or in cells of the form.
AWKWARD = (
    "yes",
    "NO",
    "null",
    "~",
    "1.10",
    "007",
    "2026.1",
    "#1",
    "- a",
    "a: b",
    "a | b",
    "=1+1",
    "'tis",
    '"',
    '""',
    '""""',
)
RESERVED = ANY | COLUMN_KEYS | ROW_KEYS

_IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,9}", fullmatch=True).filter(
    lambda text: text.casefold() not in RESERVED
)
_LINES = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(SIGNS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(bool),
)
_LINES = _LINES.filter(lambda text: text not in ERRORS)
# Plain words, for what workbooks count or compare.
_WORDS = st.from_regex(r"[A-Za-z][A-Za-z ,;:/|&']{0,18}[A-Za-z]", fullmatch=True).map(
    lambda text: " ".join(text.split())
)
_TEXTS = st.lists(_LINES, min_size=1, max_size=3).map("\n".join).map(str.strip).filter(bool)
_NUMBERS = st.one_of(st.integers(-1000, 1000).map(float), st.floats(-1000, 1000).map(lambda n: round(n, 3)))
_DATES = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))
_WEIGHTS = st.sampled_from([1.0, 0.5, 2.0, 1.25, 0.1])
COLOURS = ("#9BD3A8", "#FBF0A8", "#F0A64F", "#DE7268", "#d9d9d9")


def _some(values: st.SearchStrategy[T], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, min_size=least, max_size=most).map(tuple)


def _unlike(
    values: st.SearchStrategy[str], least: int = 0, most: int = 3
) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, min_size=least, max_size=most, unique_by=str.casefold).map(tuple)


def _maybe(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | values


@st.composite
def scales(draw: Callable[..., T], scale_id: str) -> Scale:
    """Draw a scale of words, best first; or one of numbers, whose points are bands."""
    count = draw(st.integers(2, 4))
    ids = draw(_unlike(_IDS, count, count))
    labels = draw(_unlike(_WORDS, count, count))
    looks = [(draw(st.sampled_from(COLOURS)), draw(st.sampled_from(["", "●", "▲"]))) for _ in ids]
    told = [draw(_maybe(_TEXTS)) for _ in ids]
    steps = sorted({draw(st.integers(1, 9)) * 10 for _ in range(count - 1)} | {0}, reverse=True)
    numbers = draw(st.booleans()) and len(steps) == count
    points = [
        Point(
            name,
            label,
            colour,
            symbol,
            None if numbers else float(count - n),
            meaning,
            at_least=float(steps[n]) if numbers else None,
        )
        for n, (name, label, (colour, symbol), meaning) in enumerate(
            zip(ids, labels, looks, told, strict=True)
        )
    ]
    if not numbers and draw(st.booleans()):
        points.append(Point("n-a", "Not applicable here", "#D9D9D9", not_applicable=True))
    ranged = NumberRange(0.0, 100.0, 5.0, draw(_maybe(_WORDS))) if numbers else None
    done = tuple(ids[: draw(st.integers(0, count - 1))])
    return Scale(scale_id, tuple(points), draw(_maybe(_LINES)), ranged, done)


@st.composite
def fields(draw: Callable[..., T], field_id: str, role: str = "") -> Field:
    """Draw a field that isn't a rating."""
    kinds = [
        "text",
        "person",
        "yes_no",
        "choice",
        "whole_number",
        "decimal",
        "date",
        "uncertain_date",
        "time",
    ]
    kind = draw(st.sampled_from(kinds))
    choices = draw(_unlike(_WORDS.filter(lambda t: t.casefold() != "any"), 2)) if kind == "choice" else ()
    low = high = None
    if kind in ("decimal", "date", "uncertain_date") and draw(st.booleans()):
        low, high = (
            sorted([draw(_DATES), draw(_DATES)])
            if kind != "decimal"
            else sorted([draw(_NUMBERS), draw(_NUMBERS)])
        )
    return Field(
        field_id,
        draw(_LINES),
        kind,
        role,
        draw(_maybe(_TEXTS)),
        draw(_maybe(_LINES)),
        draw(st.booleans()),
        draw(st.none() | st.sampled_from([8.0, 20.5])),
        choices=choices,
        closed=tuple(choices[:1]) if draw(st.booleans()) else (),
        minimum=low,
        maximum=high,
    )


def _rating(scale: Scale, noun: str) -> Field:
    return Field("rating", "Rating", "rating", "rating", noun=noun, required=True, scale=scale.id)


@st.composite
def roll_ups(draw: Callable[..., T], scale: Scale, overall: bool = False) -> RollUp:
    """Draw a roll-up of ratings on one scale; that of the whole return names its scale."""
    ranked = [point.id for point in scale.ranked]
    rule = draw(st.sampled_from(["percent", "share", "worst"]))
    caps = draw(
        _some(
            st.builds(Cap, _LINES, st.just((ranked[-1],)) | st.just(tuple(ranked[:2])), st.just(ranked[-1])),
            0,
            2,
        )
    )
    if rule == "worst":
        return RollUp(rule, caps=caps)
    floors = sorted({draw(st.integers(1, 99)) for _ in ranked[1:]} | {0}, reverse=True)
    bands = tuple(Band(float(floor), point) for floor, point in zip(floors, ranked, strict=False))
    named = scale.id if overall and draw(st.booleans()) else ""
    return RollUp(rule, bands, ranked[0] if rule == "share" else "", caps, named)


@st.composite
def rules(draw: Callable[..., T], rule_id: str, listed: tuple[Field, ...], scale: Scale | None) -> Rule:
    """Draw a rule between fields of one row."""
    one = draw(st.sampled_from(listed))
    possible: tuple[str, ...] = {
        "rating": tuple(point.id for point in scale.points) if scale else (),
        "yes_no": (YES, NO),
        "choice": one.choices,
    }.get(one.kind, ())
    values = draw(st.just(("any",)) | (_unlike(st.sampled_from(possible), 1) if possible else st.nothing()))
    require = draw(_unlike(st.sampled_from([each.id for each in listed]), 1))
    return Rule(rule_id, {one.id: values}, require, draw(_LINES))


@st.composite
def contents(draw: Callable[..., T], numbers: tuple[str, ...]) -> Content:
    """Draw an audit's own settings of the checks of content."""
    subsets = (Subset(numbers[0], numbers[1], draw(_maybe(_LINES))),) if len(numbers) > 1 else ()
    return Content(
        off=draw(_unlike(st.sampled_from(["thin-evidence", "same-text"]))),
        thin_words=draw(st.none() | st.integers(1, 20)),
        same_percent=draw(st.none() | st.sampled_from([50.0, 33.3])),
        placeholders=draw(_some(_LINES)),
        examples=draw(_some(_TEXTS)),
        subsets=draw(st.just(()) | st.just(subsets)),
    )


@st.composite
def measures(draw: Callable[..., T], whole: str) -> Measure:
    """Draw what a number is of and for; ``whole`` is a question that it may be a part of."""
    kind = draw(st.sampled_from(["whole_number", "decimal", "percent", "date"]))
    when: dict[str, object] = draw(
        st.just({})
        | st.builds(lambda day: {"census": day}, _DATES)
        | st.builds(lambda a, b: {"start": min(a, b), "end": max(a, b)}, _DATES, _DATES)
        | st.builds(lambda text: {"period": text}, _WORDS)
    )
    parts = (whole,) if kind == "whole_number" and draw(st.booleans()) else ()
    ask = {"required": draw(st.booleans()), "not_collected": draw(st.booleans())}
    return Measure(draw(_maybe(_WORDS)), kind, subset_of=parts, **ask, **when)  # type: ignore[arg-type]


@st.composite
def numbers(draw: Callable[..., T], take: Callable[[], str]) -> Section:
    """Draw a section of numbers, whose ids are taken from ``take``."""
    whole = Question(take(), draw(_LINES), measure=Measure())
    rest = (
        Question(take(), draw(_LINES), measure=draw(measures(whole.id)))
        for _ in range(draw(st.integers(0, 2)))
    )
    return Section(take(), draw(_LINES), (whole, *rest))


@st.composite
def plans(draw: Callable[..., T], plan_id: str) -> Plan:
    """Draw a plan, whose steps are counted from its first day or from one another."""
    ids = draw(_unlike(_IDS, 1))
    steps = []
    for n, step_id in enumerate(ids):
        days = draw(st.integers(0, 750) | st.none())
        steps.append(
            Step(
                step_id,
                draw(_LINES),
                draw(_LINES),
                days,
                draw(st.integers(1, 36)) if days is None else None,
                draw(st.sampled_from(["", *ids[:n]])),
                draw(_maybe(_TEXTS)),
                draw(st.booleans()),
            )
        )
    return Plan(plan_id, draw(_LINES), draw(_LINES), tuple(steps))


@st.composite
def themed(draw: Callable[..., T], audit: Audit) -> Audit:
    """Draw an audit with themes, each of which some of its sections and questions have."""
    titles = draw(_unlike(_LINES, 0, 3))
    ids = draw(_unlike(_IDS, len(titles), len(titles)))
    themes = tuple(Theme(one, title, draw(_maybe(_TEXTS))) for one, title in zip(ids, titles, strict=True))
    some = _unlike(st.sampled_from(ids)) if ids else st.just(())
    sections = [
        replace(
            section,
            themes=draw(some),
            questions=tuple(replace(question, themes=draw(some)) for question in section.questions),
        )
        for section in audit.sections
    ]
    sections[0] = replace(sections[0], themes=ids)  # none that nothing has
    return replace(audit, themes=themes, sections=tuple(sections))


@st.composite
def answer_types(draw: Callable[..., T]) -> AnswerType:
    """Draw how a question of a survey is answered."""
    kind = draw(st.sampled_from(["choice", "several", "yes_no", "text", "whole_number", "date"]))
    required = draw(st.booleans())
    if kind not in ("choice", "several"):
        good = draw(st.just(()) | st.just((NO,))) if kind == "yes_no" else ()
        return AnswerType(kind, required=required, favourable=good)
    choices = draw(_unlike(_WORDS.filter(lambda t: t.casefold() != "any"), 2, 5))
    other = draw(st.just("") | st.just(choices[-1]))
    none = draw(st.just("") | st.just(choices[0]))
    answer = AnswerType(kind, choices, other, none, required)
    ordered = offered(answer)
    if kind != "choice" or len(ordered) <= 1:
        return answer
    end = st.just(ordered[:1]) | st.just(ordered[1:][::-1])
    return replace(answer, favourable=draw(st.just(()) | end))


@st.composite
def surveys(draw: Callable[..., T], take: Callable[[], str]) -> Section:
    """Draw a section of a survey, whose ids are taken from ``take``; its own answer makes a matrix of it."""
    shared = draw(st.none() | answer_types())
    own = answer_types() if shared is None else st.none() | answer_types()
    answers = [draw(own) for _ in range(draw(st.integers(1, 3)))]
    questions = []
    for answer in answers:
        meant = answer or shared or AnswerType()
        can = bool(meant.favourable) and not meant.other
        beside = draw(_maybe(_IDS)) if can else ""
        questions.append(Question(take(), draw(_LINES), answer=answer, beside=beside))
    return Section(take(), draw(_LINES), tuple(questions), answer=shared)


@st.composite
def events(draw: Callable[..., T], take: Callable[[], str]) -> Section:
    """Draw a table of events, whose ids are taken from ``take``."""
    day = Field(take(), draw(_LINES), "uncertain_date", "event_date", required=draw(st.booleans()))
    roles = [role for role in EVENT_ROLES if role not in KIND_OF_ROLE]
    others = tuple(draw(fields(take(), role)) for role in draw(_unlike(st.sampled_from(["", *roles]), 0, 2)))
    table = draw(st.builds(Events, st.integers(1, 300), st.sampled_from([28, 7])))
    title, intro, given = draw(_LINES), draw(_maybe(_TEXTS)), draw(st.permutations((day, *others)))
    return Section(take(), title, intro=intro, responses=tuple(given), events=table)


@st.composite
def follows(draw: Callable[..., T], audit: Audit) -> Follows:
    """Draw what an audit says of the edition before it."""
    links = tuple(
        Link(question.id, draw(_unlike(_IDS, 0, 2)))
        for _, question in audit.questions()
        if draw(st.booleans())
    )
    points = {scale.id: {draw(_IDS): scale.points[0].id} for scale in audit.scales if draw(st.booleans())}
    fields_ = {draw(_IDS): audit.responses[0].id} if draw(st.booleans()) else {}
    return Follows(links, fields_, points, edition=audit.edition + "-")


@st.composite
def audits(draw: Callable[..., T]) -> Audit:
    """Draw a whole audit that checks clean."""
    names = draw(_unlike(_IDS, 40, 40))
    take = iter(names).__next__
    scale = draw(scales(take()))
    spare = (draw(scales(take())),) if draw(st.booleans()) else ()
    others = tuple(
        draw(fields(take(), role)) for role in draw(_unlike(st.sampled_from(["", "evidence", "action"])))
    )
    responses = (_rating(scale, draw(_maybe(_LINES))), *others)
    groups = draw(_unlike(_LINES, 0, 3))
    conditions = st.dictionaries(
        st.sampled_from(["sector", "Employs agency staff"]), _unlike(_LINES | st.just(""), 1), max_size=2
    )
    sections = []
    for _ in range(draw(st.integers(1, 3))):
        own: tuple[Field, ...] = ()
        if draw(st.booleans()):
            own = (*draw(st.permutations(responses)), *draw(st.just(()) | fields(take()).map(lambda f: (f,))))
        questions = tuple(
            Question(
                take(),
                draw(_TEXTS),
                draw(_maybe(_TEXTS)),
                draw(
                    st.dictionaries(st.sampled_from([point.id for point in scale.points]), _TEXTS, max_size=2)
                ),
                draw(_WEIGHTS),
                draw(conditions),
                draw(conditions),
                beside=draw(_maybe(_IDS)),
            )
            for _ in range(draw(st.integers(1, 3)))
        )
        sections.append(
            Section(
                take(),
                draw(_LINES),
                questions,
                draw(_maybe(_TEXTS)),
                draw(_WEIGHTS),
                own,
                draw(st.none() | roll_ups(scale)),
                draw(conditions),
                draw(conditions),
            )
        )
    if draw(st.booleans()):
        sections.append(draw(numbers(take)))
    if draw(st.booleans()):
        sections.append(draw(events(take)))
    if draw(st.booleans()):
        sections.append(draw(surveys(take)))
    cover = tuple(draw(fields(take())) for _ in range(draw(st.integers(0, 3))))
    counted = tuple(one.id for one in others if one.kind in ("whole_number", "decimal"))
    audit = Audit(
        take(),
        draw(_LINES),
        draw(_LINES),
        (scale, *spare),
        responses,
        cover,
        tuple(sections),
        draw(roll_ups(scale)),
        draw(roll_ups(scale, overall=True)),
        groups,
        draw(_maybe(_TEXTS)),
        draw(_maybe(_TEXTS)),
        draw(_some(_TEXTS)),
        tuple(draw(rules(take(), responses, scale)) for _ in range(draw(st.integers(0, 2)))),
        tuple(draw(rules(take(), cover, None)) for _ in range(draw(st.integers(0, 1)))) if cover else (),
        draw(contents(counted)),
        measures=draw(
            st.none() | st.builds(Measures, st.booleans(), _unlike(_WORDS), st.none() | st.integers(2, 9))
        ),
        follow_up=draw(st.none() | st.builds(FollowUp, _WORDS, _some(_WORDS))),
        plans=tuple(draw(plans(plan_id)) for plan_id in draw(_unlike(_IDS, 0, 2))),
        survey=draw(st.none() | st.builds(Survey, _unlike(_WORDS), st.none() | st.integers(2, 9))),
        cases=draw(
            st.none() | st.builds(Cases, st.sampled_from(["case", "The case"]), st.just("agency"), _LINES)
        ),
    )
    return replace(draw(themed(audit)), follows=draw(st.none() | follows(audit)))
