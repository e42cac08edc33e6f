"""Sections of numbers: all or none of a section's questions are measures, which hang together as they can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from auditkit.definition.checks import unrated, walk
from auditkit.definition.checks.fields import limits
from auditkit.definition.measure import NOT_COLLECTED, VALUE, Measure
from auditkit.definition.model import Audit, Question, Section
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, listed, quoted
from auditkit.fields.plain import trimmed

# The kinds that a measure can be: those that can be added up, all that are numbers, and all.
COUNTED = ("whole_number", "decimal")
NUMBERS = (*COUNTED, "percent")
KINDS = (*NUMBERS, "date")
# Keys that a section of numbers gives to columns of its own.
COLUMNS = (VALUE, NOT_COLLECTED, "unit", "period")
SMALLEST = 2
LONGEST_WORDS = 100


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any measure, or with a section of numbers."""
    for i, section in enumerate(audit.sections):
        yield from _section(("sections", i), section)
    measured = {
        question.id: question.measure for _, question in audit.questions() if question.measure is not None
    }
    for path, _, question in walk.questions(audit):
        if question.measure is not None:
            yield from _measure((*path, "measure"), question, question.measure, measured, audit)
    yield from _settings(audit)


def register_issues(audit: Audit, rows: Sequence[Mapping[str, str]], register: str) -> Iterator[Issue]:
    """Yield each column that there are to be totals by and that the register hasn't."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    for n, column in enumerate(audit.measures.totals_by if audit.measures else ()):
        if column not in columns:
            message = f"{register} has no column {quoted(column)}{did_you_mean(column, columns)}"
            yield Issue(("measures", "totals_by", n), message)


def _section(path: Path, section: Section) -> Iterator[Issue]:
    without = [n for n, question in enumerate(section.questions) if question.measure is None]
    if len(without) == len(section.questions):
        return
    for n in without:
        yield unrated.lacking(path, section, n, "measure")
    yield from unrated.columns(path, section, "numbers", COLUMNS)


def _measure(
    path: Path, question: Question, measure: Measure, measured: Mapping[str, Measure], audit: Audit
) -> Iterator[Issue]:
    if measure.kind not in KINDS:
        message = (
            f"a measure is one of {listed(map(quoted, KINDS))}, not {quoted(measure.kind)}"
            f"{did_you_mean(measure.kind, KINDS)}"
        )
        yield Issue((*path, "kind"), message)
        return
    yield from limits(path, audit.number_policy.field_of(measure))
    yield from _when(path, measure)
    for name, takes in (("subset_of", NUMBERS), ("sum_of", COUNTED), ("ratio_of", ("percent", "decimal"))):
        others = getattr(measure, name)
        if others and measure.kind not in takes:
            message = f"'{name}' is for a measure of kind {listed(map(quoted, takes))}"
            yield Issue((*path, name), message, at_name=True)
        for n, other in enumerate(others):
            yield from _other((*path, name, n), other, question, measure, measured)
    if len(measure.sum_of) == 1:
        yield Issue((*path, "sum_of"), "a sum is of two questions or more", at_name=True)
    if len(measure.ratio_of) not in (0, 2):
        message = "'ratio_of' names two questions: the part, then the whole"
        yield Issue((*path, "ratio_of"), message, at_name=True)
    if measure.tolerance is not None:
        if measure.tolerance < 0:
            yield Issue((*path, "tolerance"), "'tolerance' can't be below 0")
        if not measure.sum_of and not measure.ratio_of:
            message = "'tolerance' belongs to 'sum_of' or 'ratio_of': leave it out"
            yield Issue((*path, "tolerance"), message, at_name=True)


def _other(
    path: Path, other: str, question: Question, measure: Measure, measured: Mapping[str, Measure]
) -> Iterator[Issue]:
    """Yield what is wrong with a question that a measure names."""
    name = path[-2]
    if other == question.id:
        yield Issue(path, f"{quoted(other)} names itself here: name another question")
    elif other not in measured:
        message = f"no question of a section of numbers is called {quoted(other)}"
        yield Issue(path, f"{message}{did_you_mean(other, list(measured))}")
    elif measured[other].kind not in COUNTED and not (
        name == "subset_of" and measured[other].kind == measure.kind == "percent"
    ):
        message = f"{quoted(other)} is a {quoted(measured[other].kind)}, which can't be reckoned with here"
        yield Issue(path, message)
    elif name == "subset_of" and measured[other].kind in COUNTED and measure.kind == "percent":
        yield Issue(path, f"a percentage can't be compared with {quoted(other)}, which isn't one")


def _when(path: Path, measure: Measure) -> Iterator[Issue]:
    said = [name for name in ("census", "start", "period") if getattr(measure, name)]
    if len(said) > 1:
        message = f"it is for {listed(map(quoted, said), 'and')}: leave only one of them"
        yield Issue((*path, said[1]), message, at_name=True)
    if (measure.start is None) != (measure.end is None):
        there = "start" if measure.start else "end"
        yield Issue((*path, there), "'start' and 'end' come together: add the other", at_name=True)
    if measure.start and measure.end and measure.start > measure.end:
        yield Issue((*path, "start"), "'start' is after 'end'", other=(*path, "end"))
    for name in ("unit", "period"):
        text = getattr(measure, name)
        if len(text) > LONGEST_WORDS or "\n" in text:
            message = f"this {name} must be one line of at most {LONGEST_WORDS} characters: shorten it"
            yield Issue((*path, name), message)


def _settings(audit: Audit) -> Iterator[Issue]:
    policy = audit.number_policy
    if policy.small is not None and policy.small < SMALLEST:
        message = f"'small' must be {SMALLEST} or more, not {trimmed(policy.small)}"
        yield Issue(("measures", "small"), message)
    words = policy.not_collected
    if not words.strip() or len(words) > LONGEST_WORDS or "\n" in words:
        message = f"these words must be one line of at most {LONGEST_WORDS} characters"
        yield Issue(("measures", "not_collected"), message)
    for n, column in enumerate(policy.totals_by):
        if column in policy.totals_by[:n]:
            yield Issue(("measures", "totals_by", n), f"{quoted(column)} is listed twice")
