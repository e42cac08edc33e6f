"""What goes with what between rounds, and what goes with nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from auditkit.definition.wording import did_you_mean, quoted
from auditkit.triangulation.model import Unmatched
from auditkit.triangulation.rules import shipped
from auditkit.triangulation.self_rated import SelfRatings
from auditkit.triangulation.source import SELF


@dataclass
class Match:
    """Which agencies of the self assessment the names in another round mean, and which mean none."""

    agencies: dict[str, str] = field(default_factory=dict)
    unmatched: list[Unmatched] = field(default_factory=list)


def matched(names: Iterable[str], ratings: SelfRatings, where: str, *, several: bool = False) -> Match:
    """Return which agency each name means: that of this id or name, however its letters and spaces are.

    Args:
        names: What agencies are called in another round.
        ratings: The self assessment.
        where: The other round.
        several: Whether several names may mean one agency.
    """
    known: dict[str, list[str]] = {}
    for agency, name in ratings.agencies.items():
        for text in {_plain(agency), _plain(name)}:
            known.setdefault(text, []).append(agency)
    found, texts = Match(), shipped().unmatched
    for name in names:
        agencies = known.get(_plain(name), [])
        taken = next((other for other, agency in found.agencies.items() if [agency] == agencies), "")
        if len(agencies) == 1 and (several or not taken):
            found.agencies[name] = agencies[0]
            continue
        why = texts["group"] if not agencies else texts["several"]
        why = texts["twice"].format(other=quoted(taken)) if taken else why
        found.unmatched.append(Unmatched("Agency", name, where, why))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def alone(ratings: SelfRatings, match: Match, why: str) -> Iterator[Unmatched]:
    """Yield each agency of the self assessment that nothing in another round goes with."""
    found = set(match.agencies.values())
    for agency, name in ratings.agencies.items():
        if agency not in found:
            yield Unmatched("Agency", name, SELF, shipped().unmatched[why])


def standards(ratings: SelfRatings, questions: Mapping[str, str], where: str) -> Iterator[Unmatched]:
    """Yield standards that only one of the two rounds has, and questions that name none."""
    texts, named = shipped().unmatched, set(questions.values())
    for standard in dict.fromkeys(questions.values()):
        if standard and standard not in ratings.standards:
            meant = did_you_mean(standard, ratings.standards) or "."
            why = texts["standard"].format(name=quoted(standard), meant=meant)
            yield Unmatched("Standard", standard, where, why)
    for standard, title in ratings.standards.items():
        if standard not in named:
            why = texts["no_question"].format(where=where)
            yield Unmatched("Standard", f"{standard} {title}", SELF, why)
    for question, standard in questions.items():
        if not standard:
            yield Unmatched("Question", question, where, texts["no_standard"])
