"""What is said about the edition before: about questions, columns and points that this audit has.

The other audit isn't at hand here, so whether it has the ids that are named of it is for those who read both:
:func:`unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditkit.definition.checks import walk
from auditkit.definition.follows import Crosswalk
from auditkit.definition.model import Audit
from auditkit.definition.source import Issue, Path
from auditkit.definition.wording import did_you_mean, quoted


def issues(audit: Audit) -> Iterator[Issue]:
    """Yield what is wrong with ``follows``."""
    if audit.follows is None:
        return
    path: Path = ("follows",)
    if not audit.follows.edition:
        yield Issue((*path, "edition"), "this edition is empty: write which edition this one follows")
    elif audit.follows.edition == audit.edition:
        message = (
            f"an edition can't follow itself: give this one another 'edition' than {quoted(audit.edition)}"
        )
        yield Issue((*path, "edition"), message)
    yield from crosswalk_issues(audit, audit.follows, path)


def crosswalk_issues(ours: Audit, said: Crosswalk, path: Path = ()) -> Iterator[Issue]:
    """Yield what is wrong with a crosswalk into an audit, as far as can be told without the other one.

    Args:
        ours: The audit that it leads to.
        said: The crosswalk.
        path: Where the crosswalk stands in its file.
    """
    yield from _questions(ours, said, path)
    yield from _alike((*path, "fields"), said.fields)
    columns = list(dict.fromkeys(field.id for _, fields in walk.response_lists(ours) for field in fields))
    for there, here in said.fields.items():
        if here not in columns:
            message = f"there is no response column called {quoted(here)}{did_you_mean(here, columns)}"
            yield Issue((*path, "fields", there), message)
    scales = [scale.id for scale in ours.scales]
    for scale_id, points in said.points.items():
        scale = walk.scale_called(ours, scale_id)
        if scale is None:
            message = f"there is no scale called {quoted(scale_id)}{did_you_mean(scale_id, scales)}"
            yield Issue((*path, "points", scale_id), message, at_name=True)
            continue
        yield from _alike((*path, "points", scale_id), points)
        known = [point.id for point in scale.points]
        for there, here in points.items():
            if here not in known:
                message = (
                    f"the scale {quoted(scale_id)} has no point {quoted(here)}{did_you_mean(here, known)}"
                )
                yield Issue((*path, "points", scale_id, there), message)


def _alike(path: Path, names: Iterable[str]) -> Iterator[Issue]:
    """Yield names of the other audit that differ in capitals alone: of one list, it can only have one."""
    first: dict[str, str] = {}
    for name in names:
        known = first.setdefault(name.casefold(), name)
        if known != name:
            message = (
                f"{quoted(known)} and {quoted(name)} differ in capitals alone, and an audit can have only "
                "one of them: keep that one"
            )
            yield Issue((*path, name), message, at_name=True, other=(*path, known))


def _questions(ours: Audit, said: Crosswalk, path: Path) -> Iterator[Issue]:
    ids = [question.id for _, question in ours.questions()]
    linked = {link.id for link in said.questions}
    first: dict[str, Path] = {}
    continued: dict[str, str] = {}
    for n, link in enumerate(said.questions):
        here: Path = (*path, "questions", n)
        if link.id not in ids:
            message = f"there is no question called {quoted(link.id)} here{did_you_mean(link.id, ids)}"
            yield Issue((*here, "id"), message)
        if link.id in first:
            message = f"what {quoted(link.id)} was is said already: name all that it was in one place"
            yield Issue((*here, "id"), message, other=first[link.id])
        first.setdefault(link.id, (*here, "id"))
        for k, was in enumerate(link.was):
            continued.setdefault(was, link.id)
            if was in link.was[:k]:
                yield Issue((*here, "was", k), f"{quoted(was)} is listed twice")
            elif was in ids and was not in linked:
                message = (
                    f"{quoted(link.id)} continues {quoted(was)}, and a question here has that id too: add "
                    f"{{id: {was}, was: {was}}} if it continues it as well, or {{id: {was}, was: []}} if it "
                    "is new"
                )
                yield Issue((*here, "was", k), message)
    for n, dropped in enumerate(said.dropped):
        here = (*path, "dropped", n)
        if dropped in continued:
            message = f"{quoted(dropped)} is dropped, but {quoted(continued[dropped])} continues it: choose"
            yield Issue(here, message)
        elif dropped in ids and dropped not in first:
            message = (
                f"{quoted(dropped)} is dropped, but a question here has that id: give the question another "
                f"id, or add {{id: {dropped}, was: []}} to 'questions' if it is a new one"
            )
            yield Issue(here, message)


def unknown(theirs: Audit, said: Crosswalk, path: Path = ()) -> Iterator[Issue]:
    """Yield each question, column and point that a crosswalk names of the other audit, and that it hasn't.

    Args:
        theirs: The whole of the other audit.
        said: The crosswalk that leads from it.
        path: Where the crosswalk stands in its file.
    """
    whose = f"edition {theirs.edition} of {quoted(theirs.title)}"
    ids = [question.id for _, question in theirs.questions()]
    named = [
        ((*path, "questions", n, "was", k), was)
        for n, link in enumerate(said.questions)
        for k, was in enumerate(link.was)
    ]
    named += [((*path, "dropped", n), dropped) for n, dropped in enumerate(said.dropped)]
    for here, was in named:
        if was not in ids:
            yield Issue(here, f"{whose} has no question {quoted(was)}{did_you_mean(was, ids)}")
    columns = list(dict.fromkeys(field.id for _, fields in walk.response_lists(theirs) for field in fields))
    for there in said.fields:
        if there not in columns:
            message = f"{whose} has no response column {quoted(there)}{did_you_mean(there, columns)}"
            yield Issue((*path, "fields", there), message, at_name=True)
    points = list(dict.fromkeys(point.id for scale in theirs.scales for point in scale.points))
    for scale_id, mapped in said.points.items():
        for there in mapped:
            if there not in points:
                message = f"no scale of {whose} has a point {quoted(there)}{did_you_mean(there, points)}"
                yield Issue((*path, "points", scale_id, there), message, at_name=True)
