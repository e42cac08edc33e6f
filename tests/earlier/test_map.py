"""Whatever became of the questions: what was said stands beside those that continue it, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.definition.crosswalk import Crosswalk, Link
from auditkit.definition.model import Audit, Question, Section
from auditkit.earlier import Earlier
from auditkit.earlier.then import packed, unpacked
from auditkit.workbook.layout import FROM_LAST_TIME
from tests.returns.filled import AUDIT, GREEN, HEALTH, RED

OLD = [f"Q-{n}" for n in range(6)]


def asking(ids: list[str], half: int) -> Audit:
    """The small audit with these questions in two sections."""
    parts = (ids[:half], ids[half:])
    sections = [
        Section(f"S{n}", f"Part {n}", tuple(Question(key, f"About {key}?") for key in part))
        for n, part in enumerate(parts)
        if part
    ]
    return replace(AUDIT, sections=tuple(sections))


@st.composite
def changes(draw: st.DrawFn) -> tuple[Audit, Audit, Crosswalk, dict[str, list[str]]]:
    """An edition, the next one, what is said about them, and what each question continues."""
    kept = draw(st.lists(st.sampled_from(OLD), unique=True))
    links = {
        f"N-{n}": draw(st.lists(st.sampled_from(OLD), max_size=3, unique=True))
        for n in range(draw(st.integers(0 if kept else 1, 4)))
    }
    named = {was for ids in links.values() for was in ids}
    said = {key: list(ids) for key, ids in links.items()}
    # Who keeps its id while another continues it as well has to be said too.
    said |= {key: draw(st.sampled_from([[key], []])) for key in kept if key in named}
    ids = draw(st.permutations([*kept, *links]))
    walk = Crosswalk(tuple(Link(key, tuple(was)) for key, was in said.items()))
    now = asking(list(ids), draw(st.integers(0, len(ids))))
    then = asking(draw(st.permutations(OLD)), draw(st.integers(0, 6)))
    return then, now, walk, {key: said.get(key, [key] if key in OLD else []) for key in ids}


@settings(max_examples=60, deadline=None)
@given(changes(), st.sets(st.sampled_from(OLD)))
def test_nothing_lands_on_another_question_and_no_open_action_is_lost(
    change: tuple[Audit, Audit, Crosswalk, dict[str, list[str]]], planned: set[str]
) -> None:
    then, now, walk, continues = change
    answers = [("rating", GREEN), ("evidence", "proof of")]
    rows = [
        (key, column, f"{said} {key};" if said != GREEN else said) for key in OLD for column, said in answers
    ]
    rows += [(key, "action", f"plan for {key};") for key in planned]
    earlier = Earlier(now, then, "", (HEALTH,), {}, {HEALTH.id: packed(rows)}, walk)
    own = earlier.own(HEALTH, now)
    beside = {key: said for (_, key), (_, said) in own.texts.items()}
    for key, was in continues.items():
        assert [old for old in OLD if f"proof of {old};" in beside[key]] == sorted(was)
        assert [old for old in OLD if f"plan for {old};" in beside[key]] == sorted(planned & set(was))
        assert beside[key].startswith("New:") == (not was)
    gone = set(OLD) - {each for was in continues.values() for each in was}
    left = own.left.get(FROM_LAST_TIME, ())
    assert {one.ref for one in left} == gone & planned
    assert all(f"plan for {one.ref};" in one.said for one in left)


@given(st.text(max_size=2000), st.sampled_from([GREEN, RED]))
@settings(max_examples=40, deadline=None)
def test_what_was_said_is_the_same_after_it_waited_packed(text: str, rated: str) -> None:
    rows = [("Q-1", "rating", rated), ("Q-1", "evidence", text), ("Q-2", "share", 0.5)]
    assert unpacked(packed(rows)) == {"Q-1": {"rating": rated, "evidence": text}, "Q-2": {"share": 0.5}}
