"""The rule of the rota: everybody comes up, nobody without a reason; only seed and id decide a turn."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from auditkit.register import Recipient
from auditkit.rota import Before, Place, Rota, Wish, choose, evenest, reason_of, turn_of
from auditkit.rota.rule import CHOSEN, ISSUED, NEW, RED, SILENT, TURN, WAITED

GROUPS = ("Nursery", "Pre-school", "Childminder")
IDS = st.integers(0, 60).map(lambda n: f"EY-{n:03}")


def setting(key: str, *was: str, **extra: str) -> Recipient:
    return Recipient(key, f"Setting {key}", GROUPS[len(key) % 3], extra=extra, predecessors=was)


@dataclass
class Year:
    """One year of a partnership: what the rota said of who is open."""

    years: int
    places: dict[str, Place]


@st.composite
def histories(draw: st.DrawFn, *, seeds_change: bool = False) -> list[Year]:
    """Return years in which settings open, close, come back and get new ids, sorted differently each time.

    Places go by the first id that somebody had.
    """
    years, history = draw(st.integers(1, 4)), []
    before, ids = None, dict[str, tuple[str, ...]]()
    for n in range(draw(st.integers(2, 8))):
        open_now = [setting(key) for key in draw(st.permutations(sorted(draw(st.sets(IDS, max_size=12)))))]
        if draw(st.booleans()) and history:  # most years go on with who was there
            there = {**dict.fromkeys(history[-1].places), **dict.fromkeys(r.id for r in open_now)}
            open_now = [setting(key) for key in there]
        seed = draw(st.text(max_size=4)) if seeds_change else "heron"
        for each in draw(st.sets(st.sampled_from(sorted(r.id for r in open_now)))) if open_now else ():
            ids[each] = (f"{each}-{n}", *ids.get(each, (each,)))
        register = {r.id: setting(*ids.get(r.id, (r.id,))) for r in open_now}
        chosen = choose(register.values(), Rota(n % years + 1, seed, years), before=before)
        places = {first: chosen[now.id] for first, now in register.items()}
        asked = sorted(key for key, place in places.items() if place.asked)
        again = st.lists(st.sampled_from(asked)) if asked else st.just([])
        red, silent = ({register[key].id.casefold() for key in draw(again)} for _ in range(2))
        history.append(Year(years, places))
        waited = {k.casefold(): 0 if place.asked else place.waited + 1 for k, place in chosen.items()}
        before = Before(waited, red, silent)
    return history


def spans(history: list[Year]) -> Iterator[list[bool]]:
    """Yield, for each setting and each time that it is open without a break, in which years it was asked."""
    for key in {key for year in history for key in year.places}:
        run: list[bool] = []
        for year in history:
            if key in year.places:
                run.append(year.places[key].asked)
            elif run:
                yield run
                run = []
        if run:
            yield run


@settings(max_examples=60, deadline=None)
@given(histories())
def test_everybody_comes_up_however_the_register_changes(history: list[Year]) -> None:
    years = history[0].years
    for run in spans(history):
        assert all(any(run[i : i + years]) for i in range(len(run) - years + 1))


@settings(max_examples=60, deadline=None)
@given(histories(seeds_change=True))
def test_everybody_comes_up_though_the_seed_changes(history: list[Year]) -> None:
    years = history[0].years
    for run in spans(history):
        assert all(any(run[i : i + years]) for i in range(len(run) - years + 1))


@settings(max_examples=60, deadline=None)
@given(histories())
def test_nobody_is_asked_twice_without_having_been_new_red_or_silent(history: list[Year]) -> None:
    years = history[0].years
    for n, year in enumerate(history):
        for key, place in year.places.items():
            lately = [h.places[key] for h in history[max(0, n - years + 1) : n] if key in h.places]
            whole = len(lately) == min(n, years - 1)
            if place.asked and whole and any(p.why == (TURN,) for p in lately):
                assert set(place.why) & {RED, SILENT}, (key, place)
            assert WAITED not in place.why or TURN in place.why or NEW in place.why


@settings(max_examples=40, deadline=None)
@given(st.sets(IDS, min_size=1), st.text(max_size=5), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_choice_in_any_order(ids: set[str], seed: str, luck: random.Random):
    people = [setting(key) for key in sorted(ids)]
    shuffled = luck.sample(people, len(people))
    assert choose(people, Rota(2, seed)) == choose(shuffled, Rota(2, seed))
    some = choose(people[::2], Rota(2, seed))
    assert all(choose(people, Rota(2, seed))[key] == place for key, place in some.items())


def test_each_year_has_about_a_third():
    people = [setting(f"EY{n}") for n in range(1700)]
    asked = [sum(place.asked for place in choose(people, Rota(year, "s")).values()) for year in (1, 2, 3)]
    assert sum(asked) == 1700
    assert all(abs(n - 1700 / 3) < 4 * (1700 * 2 / 9) ** 0.5 for n in asked)
    assert turn_of("s", "ey7", 3) == turn_of("s", "EY7", 3)


def test_the_seed_that_is_offered_is_even_in_every_group():
    people = [Recipient(f"EY-{n}", "x", GROUPS[n % 3 % 2]) for n in range(45)]
    seed = evenest(people, 3, "ey-2026")
    sizes = Counter((r.group, turn_of(seed, r.id, 3)) for r in people)
    assert max(abs(n - sum(r.group == g for r in people) / 3) for (g, _), n in sizes.items()) <= 2
    assert seed == evenest(people[::-1], 3, "ey-2026")


def test_reasons_stand_in_their_order_and_the_officers_word_comes_first():
    rota = Rota(1, "s", always={"ofsted": ("Inadequate", "met with actions")})
    mine = next(f"EY-{n}" for n in range(99) if turn_of("s", f"EY-{n}", 3) == 1)
    other = next(f"EY-{n}" for n in range(99) if turn_of("s", f"EY-{n}", 3) == 2)
    before = Before({mine.casefold(): 2}, red={mine.casefold()}, silent={mine.casefold()})
    people = [setting(mine, ofsted=" MET with actions"), setting(other, ofsted="Good")]

    def why(key: str, **more: object) -> tuple[str, ...]:
        return choose(people, rota, **more)[key].why  # type: ignore[arg-type]

    everything = (RED, SILENT, "every year", TURN, WAITED)
    assert why(mine, before=before) == everything
    assert why(mine, before=before, issued=[mine]) == (ISSUED, *everything)
    assert why(other, before=before) == (NEW,)
    assert why(other) == ()
    asked = choose(people, rota, wishes={other: Wish(True, "a complaint"), mine: Wish(False, "closing")})
    assert asked[other] == Place(True, (f"{CHOSEN}: a complaint",), 2, 0)
    assert reason_of(asked[other]) == CHOSEN
    assert (asked[mine].asked, reason_of(asked[mine])) == (False, "")
    quiet = replace(rota, not_returned=False)
    assert SILENT not in choose(people, quiet, before=before)[mine].why


def test_who_has_closed_is_not_asked_whatever_else_holds():
    wishes = {"EY-1": Wish(True, "a complaint")}
    places = choose([setting("EY-1")], Rota(1, "s", 1), wishes=wishes, closed={"EY-1"})
    assert places["EY-1"] == Place(False, ("closed",), 1, 0)
    places = choose([setting("EY-1")], Rota(1, "s", 1), issued={"EY-1"}, closed={"EY-1"})
    assert places["EY-1"].asked


def test_who_is_left_out_when_its_turn_comes_is_asked_the_year_after():
    mine = next(f"EY-{n}" for n in range(99) if turn_of("s", f"EY-{n}", 3) == 1)
    before = Before({mine.casefold(): 2})
    flooded = choose([setting(mine)], Rota(1, "s"), before=before, wishes={mine: Wish(False, "flooded")})
    assert flooded[mine].why == ("left out: flooded",)
    after = choose([setting(mine)], Rota(2, "s"), before=Before({mine.casefold(): flooded[mine].waited + 1}))
    assert after[mine] == Place(True, (WAITED,), 1, 3)


def test_who_goes_on_under_another_id_is_not_new_and_keeps_its_turn():
    before = Before({"1001": 1, "1002": 0, "1003": 1}, red={"1002"}, silent={"1003"})
    was = [setting("1001"), setting("1002"), setting("1003")]
    # 1002 became an academy twice; 1001 and 1003 became one.
    now = [setting("2002", "1999", "1002"), setting("2001", "1001", "1003")]
    old, new = (choose(people, Rota(2, "s", 4), before=before) for people in (was, now))
    assert (new["2002"].why, new["2002"].turn) == (old["1002"].why, old["1002"].turn)
    assert RED in new["2002"].why
    assert (NEW in new["2001"].why, SILENT in new["2001"].why, new["2001"].waited) == (False, True, 1)
