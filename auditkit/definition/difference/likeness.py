"""Questions whose texts say otherwise than their ids: one that seems to live on, an id that seems used again.

Nothing here is acted on. It ends in a warning, or in lines of ``follows`` for the officer to paste.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.crosswalk import Crosswalk, Link, pairs, removed
from auditkit.definition.model import Audit, Question

# From here on two texts are taken for the same question in other words, out of 100.
ALIKE = 75
# Below both of these, the texts of one id are taken for two questions: words in the same order, words in any.
UNLIKE, UNLIKE_WORDS = 30, 60


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are whatever the order of their words, from 0 to 100."""
    # Only here: each worker that reads returns would load it, and needs it for none of them.
    from rapidfuzz import fuzz, utils

    processor = utils.default_process
    return max(
        fuzz.ratio(one, other, processor=processor), fuzz.token_sort_ratio(one, other, processor=processor)
    )


def unlike(one: str, other: str) -> bool:
    """Tell whether two texts share so few words that they ask different things."""
    from rapidfuzz import fuzz, utils
    from rapidfuzz.distance import Indel

    words = (utils.default_process(text).split() for text in (one, other))
    return (
        100 * Indel.normalized_similarity(*words) < UNLIKE
        and fuzz.token_set_ratio(one, other, processor=utils.default_process) < UNLIKE_WORDS
    )


def used_again(before: Audit, after: Audit, walk: Crosswalk) -> list[str]:
    """Return ids that seem to stand for another question now than in the edition before.

    An id that ``walk`` names isn't among them: the officer has said what it is.
    """
    old, new = (
        {question.id: _text(question) for _, question in audit.questions()} for audit in (before, after)
    )
    named = {link.id for link in walk.questions}
    there, here = ({text: id_ for id_, text in texts.items()} for texts in (old, new))
    found = []
    for id_, pair in pairs(before, after, walk).items():
        if id_ in named or pair.was != (id_,) or old[id_] == new[id_]:
            continue
        stands_elsewhere = there.get(new[id_], id_) != id_ or here.get(old[id_], id_) != id_
        if stands_elsewhere or unlike(old[id_], new[id_]):
            found.append(id_)
    return found


def proposed(before: Audit, after: Audit, walk: Crosswalk) -> tuple[Link, ...]:
    """Return links that would join old and new questions whose texts are alike.

    Every id that seems used again gets one as well, since what it was has to be said as soon as another
    question continues its namesake.

    Args:
        before: The edition before.
        after: This edition.
        walk: What is said already.
    """
    again = used_again(before, after, walk)
    known = pairs(before, after, walk)
    linked = {link.id for link in walk.questions}
    gone = {*removed(before, after, walk), *again} - set(walk.dropped)
    came = [id_ for id_, pair in known.items() if (pair.how == "new" and id_ not in linked) or id_ in again]
    old = {question.id: question for _, question in before.questions() if question.id in gone}
    new = {question.id: question for _, question in after.questions()}
    found: dict[str, str] = {}
    for _, here, there in sorted(_alike(old, {id_: new[id_] for id_ in came})):
        if here not in found and there not in found.values():
            found[here] = there
    return tuple(
        Link(id_, (found[id_],) if id_ in found else ())
        for id_ in came
        if id_ in found or (id_ in again and id_ in found.values())
    )


def _alike(old: dict[str, Question], new: dict[str, Question]) -> Iterator[tuple[float, str, str]]:
    """Yield the pairs that are alike, the most alike first when sorted."""
    for here, question in new.items():
        for there, was in old.items():
            score = likeness(was.text, question.text)
            if score >= ALIKE and here != there:
                yield -score, here, there


def _text(question: Question) -> str:
    return " ".join(question.text.split()).casefold()
