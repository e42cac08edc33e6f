"""What differs in the questions: which are new, gone, renamed, split, merged, moved, and in other words."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.crosswalk import Crosswalk, Pair, pairs, removed
from auditkit.definition.difference.change import Change, attributes, moved
from auditkit.definition.difference.lists import sections_before
from auditkit.definition.model import Audit, Question
from auditkit.definition.wording import listed, quoted

SUBJECT = "questions"
# The settings that are a question's words.
WORDING = ("text", "good", "descriptors")


def changes(before: Audit, after: Audit, walk: Crosswalk) -> Iterator[Change]:
    """Yield what differs in the questions, in the order in which they stand now."""
    there = {question.id: question for _, question in before.questions()}
    came_from = {question.id: section.id for section, question in before.questions()}
    titles = {section.id: section.title for section in before.sections}
    standards = sections_before(before, after, walk)
    known = pairs(before, after, walk)
    elsewhere = set(_moved(before, after, known, standards))
    for section, question in after.questions():
        pair = known[question.id]
        if pair.how == "new":
            what = f"new in {quoted(section.title)}: {_text(question)}"
            yield Change(SUBJECT, question.id, "added", what)
            continue
        if pair.how == "merged":
            yield Change(SUBJECT, question.id, "merged", f"was {listed(pair.was, 'and')}: {_text(question)}")
            continue
        if pair.how in ("renamed", "split"):
            part = "was part of" if pair.how == "split" else "was"
            yield Change(SUBJECT, question.id, pair.how, f"{part} {pair.was[0]}")
        if pair.how != "split":
            for name, what in attributes(there[pair.was[0]], question, {"id"}):
                how = "reworded" if name in WORDING else "changed"
                yield Change(SUBJECT, question.id, how, what)
        home = came_from[pair.was[0]]
        if standards.get(section.id) != home:
            what = f"moved from {quoted(titles[home])} to {quoted(section.title)}"
            yield Change(SUBJECT, question.id, "moved", what)
        elif question.id in elsewhere:
            what = f"stands elsewhere in {quoted(section.title)}"
            yield Change(SUBJECT, question.id, "moved", what)
    for id_ in removed(before, after, walk):
        yield Change(
            SUBJECT, id_, "removed", f"gone from {quoted(titles[came_from[id_]])}: {_text(there[id_])}"
        )


def _moved(before: Audit, after: Audit, known: dict[str, Pair], standards: dict[str, str]) -> Iterator[str]:
    """Yield the questions that stand elsewhere in the same standard."""
    orders = {section.id: [question.id for question in section.questions] for section in before.sections}
    for section in after.sections:
        now = {known[q.id].was[0]: q.id for q in section.questions if len(known[q.id].was) == 1}
        for was in moved(orders.get(standards.get(section.id, ""), []), list(now)):
            yield now[was]


def _text(question: Question) -> str:
    return " ".join(question.text.split())
