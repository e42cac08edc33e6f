"""The formulas of Heatmap and Questions: the same sums as :mod:`auditkit.rating`, over the sheet *Ratings*.

Only functions that every spreadsheet program has had for years. Ratings are compared with ``=`` inside
SUMPRODUCT, row of ratings against column of texts, and never with SUMIF or COUNTIF, whose wildcards would
take a ``*`` in a label for anything.
"""

from __future__ import annotations

from auditkit.definition.scale import Point, Scale
from auditkit.master.book import column_name, literal
from auditkit.master.places import Places, Run
from auditkit.master.rows import ROW
from auditkit.master.scoring import Rule
from auditkit.rating import PLACES, is_unscored, rank_of
from auditkit.tables import NOT_ASKED

NOT_RATED = "not rated"


def score_formula(places: Places, subject: str) -> str:
    """Return the formula of the score of ``subject``: blank text where nothing counts."""
    rule = places.rule(subject)
    if rule.roll_up.rule == "worst":
        if is_unscored(rule.scale) or rule.scale.numbers:
            return '=""'
        rank = _worst(places, rule, subject)
        return f'=IF({rank}>0,INDEX({places.scoring.ranked_scores(rule.scale)},{rank}),"")'
    parts = [_sums(places, rule, subject, run) for run in places.runs(subject)]
    parts = [part for part in parts if part != ("0", "0")] or [("0", "0")]
    above, below = ("+".join(part[i] for part in parts) for i in (0, 1))
    factor = "" if rule.roll_up.rule == "mean" else "100*"
    return f'=IFERROR(ROUND({factor}({above})/({below}),{PLACES}),"")'


def text_formula(places: Places, subject: str) -> str:
    """Return the formula of the rating of ``subject``, as symbol and word."""
    rule = places.rule(subject)
    caps = [cap for run in places.runs(subject) for cap in _caps(places, rule, subject, run)]
    texts = places.scoring.ranked_texts(rule.scale)
    if rule.roll_up.rule == "worst":
        rank = _worst(places, rule, subject)
        return f"=IF({rank}>0,INDEX({texts},{_most(rank, caps)}),{_nothing(places, subject)})"
    score = f"${column_name(places.score_col(subject))}{ROW}"
    if not rule.bands:
        return f"=IF(ISNUMBER({score}),{literal(NOT_RATED)},{_nothing(places, subject)})"
    band = f"LOOKUP({score},{places.scoring.bands(rule, 'From')},{places.scoring.bands(rule, 'Place')})"
    rated = f"IFERROR(INDEX({texts},{_most(band, caps)}),{literal(NOT_RATED)})"
    return f"=IF(ISNUMBER({score}),{rated},{_nothing(places, subject)})"


def row_formula(places: Places) -> str:
    """Return the formula that finds a recipient of Heatmap on Ratings, however either sheet was sorted."""
    return f"=MATCH($A{ROW},{places.rating_ids()},0)"


def _ratings(places: Places, run: Run) -> str:
    """Return the ratings of one recipient in ``run``, as a row."""
    return f"INDEX({places.rating_block(run)},${column_name(places.row_col)}{ROW},0)"


def _is_point(places: Places, run: Run) -> str:
    """Return which rating is which point, as a table of 0 and 1: points down, questions across."""
    r = _ratings(places, run)
    if run.scale.numbers is None:
        return f"({r}={places.scoring.texts(run.scale)})"
    return (
        f"ISNUMBER({r})*({r}>={places.scoring.floors(run.scale)})*({r}<{places.scoring.ceilings(run.scale)})"
    )


def _sums(places: Places, rule: Rule, subject: str, run: Run) -> tuple[str, str]:
    """Return what ``run`` adds above and below the line of a mean, percentage or share."""
    scale, weights, picked = run.scale, places.weights(run, subject), _is_point(places, run)
    if rule.roll_up.rule == "share":
        limit = rank_of(scale, rule.roll_up.at_or_above)
        if limit is None:
            return "0", "0"
        good = f"({places.scoring.places(scale)}<={limit + 1})"
        counted = f"{picked}*{places.scoring.counted(scale)}"
        return f"SUMPRODUCT({counted}*{good}*{weights})", f"SUMPRODUCT({counted}*{weights})"
    if is_unscored(scale):
        return "0", "0"
    if scale.numbers is not None:
        r = _ratings(places, run)
        above, below = f"SUMPRODUCT({weights},{r})", f"SUMPRODUCT(ISNUMBER({r})*{weights})"
        most = f"{scale.numbers.maximum:g}"
    else:
        above = f"SUMPRODUCT({picked}*{places.scoring.scores(scale)}*{weights})"
        below = f"SUMPRODUCT({picked}*{places.scoring.counted(scale)}*{weights})"
        most = f"MAX({places.scoring.ranked_scores(scale)})"
    return above, below if rule.roll_up.rule == "mean" else f"{below}*{most}"


def _worst(places: Places, rule: Rule, subject: str) -> str:
    """Return the place (from 1) of the worst answer on the scale of the result, 0 if none counts."""
    parts = []
    for run in places.runs(subject):
        ranks = _places_on(places, run.scale, rule.scale)
        factors = (_is_point(places, run), ranks, places.scoring.counted(run.scale))
        parts.append(f"SUMPRODUCT(MAX({'*'.join(factors)}*({places.weights(run, subject)}>0)))")
    return parts[0] if len(parts) == 1 else f"MAX({','.join(parts)})"


def _places_on(places: Places, scale: Scale, result: Scale) -> str:
    """Return the places that the points of ``scale`` have on the scale of the result."""
    if scale.id == result.id:
        return places.scoring.places(scale)
    ranks = [rank_of(result, point.id) for point in (*scale.ranked, *_words(scale))]
    return "{" + ";".join(str(0 if rank is None else rank + 1) for rank in ranks) + "}"


def _caps(places: Places, rule: Rule, subject: str, run: Run) -> list[str]:
    """Return the place that the caps on answers in ``run`` hold the result at, 0 if none applies."""
    names = ("If any question is", "Place", "From", "Below")
    text, place, floor, ceiling = (places.scoring.caps(rule, run.scale, name) for name in names)
    if not text:
        return []
    r, weighty = _ratings(places, run), f"{place}*({places.weights(run, subject)}>0)"
    found = [f"SUMPRODUCT(MAX(({r}={text})*{weighty}))"]
    if run.scale.numbers is not None:
        found.append(f"SUMPRODUCT(MAX(ISNUMBER({r})*({r}>={floor})*({r}<{ceiling})*{weighty}))")
    return found


def _most(first: str, rest: list[str]) -> str:
    return f"MAX({','.join([first, *rest])})" if rest else first


def _nothing(places: Places, subject: str) -> str:
    """Return what stands where nothing could be rated: not asked, N/A throughout, or not rated yet."""
    runs = places.runs(subject)
    asked_not = "+".join(f"SUMPRODUCT(--({_ratings(places, run)}={literal(NOT_ASKED)}))" for run in runs)
    size = sum(run.last - run.first + 1 for run in runs)
    words = [(run, point) for run in runs for point in _words(run.scale)]
    rest = literal(NOT_RATED)
    if words:
        scale, point = words[0][0].scale, words[0][1]
        not_applicable = "+".join(_not_applicable(places, run) for run in runs)
        rest = f"IF({not_applicable}+{asked_not}={size},{places.scoring.point_cell(scale, point)},{rest})"
    return f"IF({asked_not}={size},{literal(NOT_ASKED)},{rest})"


def _not_applicable(places: Places, run: Run) -> str:
    """Return how many ratings in ``run`` are N/A."""
    is_point = f"({_ratings(places, run)}={places.scoring.texts(run.scale)})"
    return f"SUMPRODUCT({is_point}*{places.scoring.not_applicable(run.scale)})"


def _words(scale: Scale) -> tuple[Point, ...]:
    return tuple(point for point in scale.points if point.not_applicable)


def not_applicable_text(places: Places, subject: str) -> str:
    """Return what stands where every question that was asked is N/A."""
    words = [point for run in places.runs(subject) for point in _words(run.scale)]
    return words[0].text if words else NOT_RATED
