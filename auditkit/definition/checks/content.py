"""Checks of content: about numbers that are asked, with thresholds that can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.checks import walk
from auditkit.definition.model import Audit, Field
from auditkit.definition.source import Issue
from auditkit.definition.wording import did_you_mean, quoted

NUMBERS = ("whole_number", "decimal", "percent")
PERCENTAGES = ("same_percent", "shared_percent", "repeated_percent")
COUNTS = ("thin_words", "pointer_words", "same_boxes", "shared_texts", "shared_words", "repeated_texts")


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with the audit's own settings of the checks."""
    for name in COUNTS:
        number = getattr(audit.checks, name)
        if number is not None and number < 1:
            yield Issue(("checks", name), f"{quoted(name)} must be 1 or more")
    for name in PERCENTAGES:
        share = getattr(audit.checks, name)
        if share is not None and not 0 < share <= 100:
            yield Issue(("checks", name), f"{quoted(name)} must be more than 0 and at most 100")
    columns = {
        field.id: field
        for _, fields in walk.response_lists(audit)
        for field in fields
        if field.kind in NUMBERS
    }
    places = dict(_places(audit))
    for n, subset in enumerate(audit.checks.subsets):
        for name, said in (("part", subset.part), ("whole", subset.whole)):
            known = [*columns, *places]
            if said not in known:
                message = f"there is no number called {quoted(said)}{did_you_mean(said, known)}"
                yield Issue(("checks", "subsets", n, name), message)
        both_known = {subset.part, subset.whole} <= {*columns, *places}
        if both_known and (subset.part in columns) != (subset.whole in columns):
            yield Issue(
                ("checks", "subsets", n),
                "'part' and 'whole' must both be columns of one row, or both be a question.column",
            )


def _places(audit: Audit) -> Iterator[tuple[str, Field]]:
    """Yield the number boxes as a subset names them: question id, dot, column id."""
    for _, section, question in walk.questions(audit):
        for field in audit.responses_of(section):
            if field.kind in NUMBERS:
                yield f"{question.id}.{field.id}", field
