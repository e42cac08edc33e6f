"""Texts: there where they must be, of a length that Excel shows, and countable where they are counted."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.checks import walk
from auditkit.definition.model import Audit, Field
from auditkit.definition.plan import Plan
from auditkit.definition.scale import Scale
from auditkit.definition.source import Issue, Path
from auditkit.definition.survey import answer_field
from auditkit.definition.wording import quoted

# How long a text can be before Excel cuts it off, refuses it or shows it badly, in characters.
LONGEST_TITLE = 250
LONGEST_SECTION_TITLE = 100
LONGEST_QUESTION = 2_000
LONGEST_LABEL = 150
LONGEST_WORD = 40
LONGEST_HELP = 200
LONGEST_CHOICE = 250
# Every other text has a cell to itself.
LONGEST = 10_000
# Workbooks count answers with COUNTIF, to which these are comparisons and wildcards.
COMPARISONS, WILDCARDS = "=<>", "*?~"


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with any text that people see."""
    yield from _line(("title",), audit.title, LONGEST_TITLE)
    yield from _line(("edition",), audit.edition, LONGEST_LABEL)
    yield from _long(("guidance",), audit.guidance, LONGEST)
    yield from _long(("purpose",), audit.purpose, LONGEST)
    for n, text in enumerate(audit.instructions):
        yield from _filled(("instructions", n), text, LONGEST)
    for n, text in enumerate(audit.groups):
        yield from _line(("groups", n), text, LONGEST_CHOICE)
    yield from _unique(("groups",), audit.groups, "group")
    yield from _line(("follow_up", "withdrawn"), audit.following.withdrawn, LONGEST_WORD)
    for n, text in enumerate(audit.following.promised):
        yield from _line(("follow_up", "promised", n), text, LONGEST_LABEL)
    for i, scale in enumerate(audit.scales):
        yield from _scale(("scales", i), scale)
    for path, field in walk.fields(audit):
        yield from _field(path, field)
    for path, answer in walk.answers(audit):
        yield from _field(path, answer_field(answer))
    for path, rule, _ in walk.rules(audit):
        yield from _filled((*path, "message"), rule.message, LONGEST_CHOICE)
    for i, section in enumerate(audit.sections):
        yield from _line(("sections", i, "title"), section.title, LONGEST_SECTION_TITLE)
        yield from _long(("sections", i, "intro"), section.intro, LONGEST)
    for path, _, question in walk.questions(audit):
        yield from _filled((*path, "text"), question.text, LONGEST_QUESTION)
        yield from _long((*path, "good"), question.good, LONGEST)
        for point, text in question.descriptors.items():
            yield from _long((*path, "descriptors", point), text, LONGEST_QUESTION)
    for i, plan in enumerate(audit.plans):
        yield from _plan(("plans", i), plan)
    for i, theme in enumerate(audit.themes):
        yield from _line(("themes", i, "title"), theme.title, LONGEST_LABEL)
        yield from _long(("themes", i, "guidance"), theme.guidance, LONGEST_QUESTION)
    yield from _unique(("themes",), tuple(theme.title for theme in audit.themes), "theme")


def _plan(path: Path, plan: Plan) -> Iterator[Issue]:
    yield from _line((*path, "title"), plan.title, LONGEST_TITLE)
    yield from _line((*path, "starts"), plan.starts, LONGEST_CHOICE)
    for n, step in enumerate(plan.steps):
        here = (*path, "steps", n)
        yield from _line((*here, "what"), step.what, LONGEST_CHOICE)
        yield from _line((*here, "who"), step.who, LONGEST_LABEL)
        yield from _long((*here, "why"), step.why, LONGEST_QUESTION)


def _scale(path: Path, scale: Scale) -> Iterator[Issue]:
    first: dict[str, Path] = {}
    for n, point in enumerate(scale.points):
        here = (*path, "points", n)
        yield from _line((*here, "label"), point.label, LONGEST_CHOICE)
        for name, text in (("symbol", point.symbol), ("label", point.label)):
            if text.startswith(tuple(COMPARISONS)) or any(c in text for c in WILDCARDS):
                yield Issue(
                    (*here, name),
                    f"the {name} {quoted(text)} starts with one of {' '.join(COMPARISONS)} or has one of "
                    f"{' '.join(WILDCARDS)} in it, so the master's formulas couldn't count it; "
                    "write it another way",
                )
        if len(point.text) > LONGEST_CHOICE >= len(point.label):
            yield Issue((*here, "symbol"), f"symbol and label together have over {LONGEST_CHOICE} characters")
        folded = point.text.casefold()
        if folded in first:
            message = f"two points of this scale read {quoted(point.text)}, so answers couldn't be told apart"
            yield Issue((*here, "label"), message, other=first[folded])
        first.setdefault(folded, (*here, "label"))


def _field(path: Path, field: Field) -> Iterator[Issue]:
    yield from _line((*path, "label"), field.label, LONGEST_LABEL)
    yield from _long((*path, "noun"), field.noun, LONGEST_LABEL)
    yield from _long((*path, "help"), field.help, LONGEST_HELP)
    for n, choice in enumerate(field.choices):
        yield from _line((*path, "choices", n), choice, LONGEST_CHOICE)
    yield from _unique((*path, "choices"), field.choices, "choice")


def _unique(path: Path, texts: tuple[str, ...], what: str) -> Iterator[Issue]:
    first: dict[str, int] = {}
    for n, text in enumerate(texts):
        folded = text.casefold()
        if folded in first:
            yield Issue(
                (*path, n), f"the {what} {quoted(text)} is listed twice", other=(*path, first[folded])
            )
        first.setdefault(folded, n)


def _line(path: Path, text: str, longest: int) -> Iterator[Issue]:
    """Yield what is wrong with a text that is needed and stands on one line."""
    yield from _filled(path, text, longest)
    if "\n" in text:
        yield Issue(path, f"this {_what(path)} has a line break in it: write it on one line")


def _filled(path: Path, text: str, longest: int) -> Iterator[Issue]:
    if not text:
        yield Issue(path, f"this {_what(path)} is empty: write something")
    yield from _long(path, text, longest)


def _long(path: Path, text: str, longest: int) -> Iterator[Issue]:
    if len(text) > longest:
        yield Issue(
            path,
            f"this {_what(path)} has {len(text):,} characters, and no more than {longest:,} can be "
            "shown in Excel: shorten it",
        )


def _what(path: Path) -> str:
    """Return what a message calls the text at ``path``: the name of its setting, or of its list's items."""
    name = path[-1] if isinstance(path[-1], str) else str(path[-2]).removesuffix("s")
    return "descriptor" if len(path) > 1 and path[-2] == "descriptors" else str(name)
