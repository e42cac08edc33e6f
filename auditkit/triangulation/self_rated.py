"""How agencies rate themselves, standard by standard."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean

from auditkit.errors import AuditkitError
from auditkit.round import Round
from auditkit.strength import strength
from auditkit.tables import YES
from auditkit.tables.kept import kept
from auditkit.triangulation.model import Key, SelfRating
from auditkit.triangulation.source import check_rated, there


@dataclass(frozen=True)
class SelfRatings:
    """A self assessment: names of its agencies and rated standards by id, and figures by both."""

    agencies: Mapping[str, str]
    standards: Mapping[str, str]
    figures: Mapping[Key, SelfRating]
    overall: Mapping[str, SelfRating]


def read(round_: Round) -> SelfRatings:
    """Read what a self assessment's collation kept.

    Raises:
        AuditkitError: It is a case audit; or it wasn't collated, or not with the questions that it asks now.
    """
    check_rated(round_)
    audit = round_.audit
    if audit.cases is not None:
        raise AuditkitError(
            f"{audit.title} is a case audit, in which agencies rate cases and not themselves. Name the round "
            "of their self assessment first, and this one behind --cases."
        )
    scales = {section.id: audit.scale_of(section) for section in audit.sections}
    standards = {section.id: section.title for section in audit.sections if scales[section.id]}
    weights = {question.id: question.weight for _, question in audit.questions()}
    asked: Counter[Key] = Counter()
    given: dict[Key, list[tuple[float, float]]] = defaultdict(list)
    columns = ("recipient_id", "section_id", "question_id", "asked", "value")
    for agency, standard, question, is_asked, value in kept(round_, "ratings", *columns):
        scale = scales.get(standard)
        place = None if scale is None else strength(scale, value)
        asked[agency, standard] += is_asked == YES
        if is_asked == YES and place is not None:
            given[agency, standard].append((place, weights[question]))
    texts = {
        (agency, standard): text
        for agency, standard, text in kept(round_, "results", "recipient_id", "section_id", "text")
    }
    agencies, standings = {}, {}
    for agency, name, standing, _ in there(round_):
        agencies[agency], standings[agency] = name, standing
    figures = {
        (agency, standard): SelfRating(
            _mean(given[agency, standard]),
            len(given[agency, standard]),
            asked[agency, standard],
            texts.get((agency, standard)) or "",
            standings[agency],
        )
        for agency in agencies
        for standard in standards
    }
    overall = {standard: _over([figures[agency, standard] for agency in agencies]) for standard in standards}
    return SelfRatings(agencies, standards, figures, overall)


def _mean(given: list[tuple[float, float]]) -> float | None:
    places, weights = zip(*given, strict=True) if given else ((), ())
    return fmean(places, weights) if given else None


def _over(figures: list[SelfRating]) -> SelfRating:
    """Return the mean over agencies, each of which counts once."""
    asked = [figure for figure in figures if figure.asked]
    places = [figure.place for figure in asked if figure.place is not None]
    return SelfRating(fmean(places) if places else None, len(places), len(asked))
