"""Plans: each step is counted in one way, from the plan's first day or from a step before it."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.model import Audit
from auditkit.definition.plan import Plan
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, quoted

# How far a step can be from the day that it is counted from.
LONGEST = {"working_days": 750, "months": 36}


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any plan."""
    deadline: Path | None = None
    for i, plan in enumerate(audit.plans):
        if not plan.steps:
            yield Issue(("plans", i), f"the plan {quoted(plan.id)} has no step: give it one or take it out")
        yield from _steps(("plans", i, "steps"), plan)
        for j, step in enumerate(plan.steps):
            here: Path = ("plans", i, "steps", j, "deadline")
            if step.deadline and deadline is not None:
                message = "a round has one deadline, and another step is it already: take one of them out"
                yield Issue(here, message, other=deadline)
            elif step.deadline:
                deadline = here


def _steps(path: Path, plan: Plan) -> Iterator[Issue]:
    for n, step in enumerate(plan.steps):
        here = (*path, n)
        given = [name for name in LONGEST if getattr(step, name) is not None]
        if not given:
            message = (
                f"the step {quoted(step.id)} doesn't say when it is due: give it 'working_days' or 'months'"
            )
            yield Issue(here, message)
        elif len(given) > 1:
            message = "this step has 'working_days' and 'months': leave only one of them"
            yield Issue((*here, "months"), message, at_name=True, other=(*here, "working_days"))
        for name in given:
            count, least = getattr(step, name), 0 if name == "working_days" else 1
            if not least <= count <= LONGEST[name]:
                yield Issue((*here, name), f"{quoted(name)} is from {least} to {LONGEST[name]}, not {count}")
        before = [each.id for each in plan.steps[:n]]
        if step.after and step.after not in before:
            message = (
                f"no step before this one is called {quoted(step.after)}{did_you_mean(step.after, before)}"
            )
            yield Issue((*here, "after"), message)
