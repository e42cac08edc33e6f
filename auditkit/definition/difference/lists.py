"""What differs beside the questions: the audit itself, standards, scales, columns, cover, rules, roll-ups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditkit.definition.crosswalk import Crosswalk, pairs
from auditkit.definition.difference import items
from auditkit.definition.difference.change import Change, attributes, from_to
from auditkit.definition.model import Audit, Field, Rule, Section
from auditkit.definition.plan import Plan, Step
from auditkit.definition.roll_up import RollUp
from auditkit.definition.scale import Point, Scale
from auditkit.definition.theme import Theme
from auditkit.definition.wording import quoted

# Compared one by one, here or by other modules.
PARTS = (
    "scales",
    "responses",
    "cover",
    "sections",
    "roll_up",
    "overall",
    "rules",
    "cover_rules",
    "checks",
    "follows",
    "plans",
    "themes",
)


def audit(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:  # noqa: ARG001
    """Yield what differs in what is said of the audit as a whole."""
    for name, what in attributes(before, after, PARTS):
        yield Change("audit", name, "changed", what)
    for name, what in attributes(before.checks, after.checks):
        yield Change("audit", f"checks.{name}", "changed", f"checks of returns, {what}")
    if before.follows != after.follows:
        yield Change("audit", "follows", "changed", "what it says of the edition before it (follows)")


def scales(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:  # noqa: ARG001
    """Yield what differs in the scales and their points."""

    def scale_name(scale: Scale) -> str:
        return f"the scale {quoted(scale.id)}"

    yield from items.changes("scales", before.scales, after.scales, name=scale_name, leave_out=("points",))
    for scale in after.scales:
        old = next((each for each in before.scales if each.id == scale.id), None)
        if old is None:
            continue

        def name(point: Point, whole: str = scale_name(scale)) -> str:
            return f"{whole}, point {quoted(point.label)}"

        for change in items.changes("scales", old.points, scale.points, name=name):
            yield Change(change.subject, f"{scale.id}.{change.id}", change.how, change.what)


def plans(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:  # noqa: ARG001
    """Yield what differs in the plans and their steps."""

    def plan_name(plan: Plan) -> str:
        return f"the plan {quoted(plan.title)}"

    yield from items.changes("plans", before.plans, after.plans, name=plan_name, leave_out=("steps",))
    there = {plan.id: plan for plan in before.plans}
    for plan in after.plans:
        if plan.id not in there:
            continue

        def name(step: Step, whole: str = plan_name(plan)) -> str:
            return f"{whole}, step {quoted(step.what)}"

        for change in items.changes("plans", there[plan.id].steps, plan.steps, name=name):
            yield Change(change.subject, f"{plan.id}.{change.id}", change.how, change.what)


def themes(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:  # noqa: ARG001
    """Yield what differs in the themes; which questions have them is said of these."""

    def name(theme: Theme) -> str:
        return f"the theme {quoted(theme.title)}"

    yield from items.changes("themes", before.themes, after.themes, name=name)


def columns(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:
    """Yield what differs in the response columns: the audit's, then those of single standards."""
    was = {here: there for there, here in walk.fields.items()}
    yield from items.changes("columns", before.responses, after.responses, name=_column, was=was)
    for section, old in _both(before, after, walk):
        if section.responses == before.responses_of(old) or section.responses == old.responses:
            continue

        def name(field: Field, title: str = section.title) -> str:
            return f"{_column(field)} of {quoted(title)}"

        there, here = before.responses_of(old), after.responses_of(section)
        yield from items.changes("columns", there, here, name=name, was=was)


def cover(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:  # noqa: ARG001
    """Yield what differs in the fields of the cover."""
    yield from items.changes("cover", before.cover, after.cover, name=_field)


def rules(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:  # noqa: ARG001
    """Yield what differs in the rules between columns, and between fields of the cover."""

    def name(rule: Rule) -> str:
        return f"the rule {quoted(rule.id)}"

    yield from items.changes("rules", before.rules, after.rules, name=name)
    yield from items.changes("rules", before.cover_rules, after.cover_rules, name=name)


def roll_ups(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:
    """Yield what differs in how ratings are worked out."""
    yield from _roll_up("roll_up", "rating of a standard", before.roll_up, after.roll_up)
    yield from _roll_up("overall", "overall rating", before.overall, after.overall)
    for section, old in _both(before, after, walk):
        if section.roll_up == old.roll_up:
            continue
        whose = f"rating of {quoted(section.title)}"
        if section.roll_up is None or old.roll_up is None:
            which = "the audit's roll-up" if section.roll_up is None else "a roll-up of its own"
            yield Change("roll-ups", section.id, "changed", f"{whose}: it has {which} now")
            continue
        yield from _roll_up(section.id, whose, old.roll_up, section.roll_up)


def _roll_up(of: str, whose: str, was: RollUp | None, now: RollUp | None) -> Iterator[Change]:
    if was is None or now is None:
        differs = [] if was is now else [from_to(was, now)]
    else:
        differs = [what for _, what in attributes(was, now)]
    for what in differs:
        yield Change("roll-ups", of, "changed", f"{whose}: {what}")


def sections(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:
    """Yield what differs in the standards, their questions apart."""

    def name(section: Section) -> str:
        return f"{section.id} {quoted(section.title)}"

    inside = ("questions", "responses", "roll_up")
    was = {here: there for here, there in sections_before(before, after, walk).items() if here != there}
    yield from items.changes(
        "standards", before.sections, after.sections, name=name, was=was, leave_out=inside
    )


def sections_before(before: Audit, after: Audit, walk: Crosswalk) -> dict[str, str]:
    """Return which standard of the edition before each one continues, by id.

    One with a new id continues the standard that most of its questions come from, if that is gone. It is for
    words and comparisons of standards only: no answer follows it.
    """
    there, here = ({section.id for section in each.sections} for each in (before, after))
    home = {question.id: section.id for section, question in before.questions()}
    known = pairs(before, after, walk)
    found = {}
    for section in after.sections:
        if section.id in there:
            found[section.id] = section.id
            continue
        homes = Counter(home[was] for question in section.questions for was in known[question.id].was)
        for old, count in homes.most_common(1):
            if old not in here and old not in found.values() and 2 * count > len(section.questions):
                found[section.id] = old
    return found


def _both(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[tuple[Section, Section]]:
    """Yield each standard that was there before as well, with what it was."""
    there = {section.id: section for section in before.sections}
    known = sections_before(before, after, walk)
    for section in after.sections:
        if section.id in known:
            yield section, there[known[section.id]]


def _column(field: Field) -> str:
    return f"the column {quoted(field.label)}"


def _field(field: Field) -> str:
    return f"the field {quoted(field.label)}"
