"""What earlier rounds said of the same cases and themes, for a master that shows then and now."""

from __future__ import annotations

from collections.abc import Iterator

from auditkit.definition.cases import folded
from auditkit.definition.crosswalk import Crosswalk, pairs, point_here
from auditkit.definition.model import Audit
from auditkit.earlier.setting import chosen
from auditkit.earlier.source import walked
from auditkit.rating import result_scale
from auditkit.round import Round
from auditkit.tables.kept import kept
from auditkit.tables.last_time import NO_LAST_TIME, GradeThen, LastTime, ThemeThen


def last_time(round_: Round) -> LastTime:
    """Return what the latest of the earlier rounds said that the round's settings name under ``prefill``.

    Raises:
        AuditkitError: One isn't a round, asked another audit, or wasn't collated.
    """
    folders = chosen(round_, ())
    if not folders or not (round_.audit.cases or round_.audit.themes):
        return NO_LAST_TIME
    grades, themes = dict[tuple[str, str], GradeThen](), dict[tuple[str, str, str], ThemeThen]()
    thens, walks, _ = walked(folders, round_)
    for then, walk in reversed(list(zip(thens, walks, strict=True))):
        grades.update(_grades(then, round_.audit, walk))
        themes.update(_themes(then, round_.audit, walk))
    return LastTime(grades, themes)


def _grades(then: Round, ours: Audit, walk: Crosswalk) -> Iterator[tuple[tuple[str, str], GradeThen]]:
    """Yield the grades that stood in a round, by case and agency; the meeting is called as it is today."""
    if ours.cases is None or then.audit.cases is None or not any(map(ours.scale_of, ours.sections)):
        return
    meeting = folded(then.audit.cases.meeting)
    for case, agency, point, text in kept(then, "case_grades", "case", "agency", "point", "grade"):
        if text is None:
            continue
        here = point_here(result_scale(then.audit), result_scale(ours), point, walk)
        name = ours.cases.meeting if folded(agency) == meeting else agency
        yield (folded(case), folded(name)), GradeThen(then.settings.title, text, here)


def _themes(then: Round, ours: Audit, walk: Crosswalk) -> Iterator[tuple[tuple[str, str, str], ThemeThen]]:
    """Yield how themes and questions of them fared in a round, for everybody and by agency."""
    here = {pair.was[0]: key for key, pair in pairs(then.audit, ours, walk).items() if len(pair.was) == 1}
    wanted = ("theme_id", "question_id", "agency", "rated", "strength")
    for theme, question, agency, rated, strength in kept(then, "themes", *wanted):
        if theme is None or strength is None:
            continue
        key = "" if question is None else here.get(question)
        if key is not None:
            yield (theme, key, folded(agency or "")), ThemeThen(then.settings.title, rated, strength)
