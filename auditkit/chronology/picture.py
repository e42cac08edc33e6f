"""The timeline as a picture: a line for each agency, a dot for each event, a bar for a part date."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from auditkit.chronology import contradictions, gaps
from auditkit.chronology.event import Chronology, Event
from auditkit.chronology.look import colours

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# In inches, for A3; the least and what each agency adds.
WIDTH, LEAST_HEIGHT, LANE, MOST_HEIGHT = 15.5, 3.2, 0.42, 30.0
DPI = 130
INK, PALE, SHADE = "#1F2A37", "#D5DBE1", "#E3E7EB"
LONGEST_NAME = 34
KEY = (
    "Dots are events, bars are part dates, ▲ are events about which agencies contradict each other; grey are "
    "{} days or more without any event."
)


def png(chronology: Chronology) -> bytes:
    """Return the picture as a PNG file; the same chronology always gives the same bytes."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    lanes = dict(sorted((event.recipient_id, event.recipient) for event in chronology.events))
    height = min(MOST_HEIGHT, LEAST_HEIGHT + LANE * len(lanes))
    content = BytesIO()
    with rc_context({"date.converter": "concise"}):
        figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
        axes = figure.subplots()
        _draw(axes, chronology, list(lanes))
        axes.set_yticks(range(len(lanes)), [_lane(key, name) for key, name in lanes.items()])
        axes.set_ylim(len(lanes) - 0.4, -0.6)
        axes.set_title(_title(chronology), loc="left", color=INK, fontsize=13, fontweight="bold")
        axes.set_xlabel(KEY.format(chronology.gap_days), loc="left", color=INK, fontsize=9)
        figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()


def words(chronology: Chronology) -> str:
    """Return what the picture shows, for those who can't see it."""
    agencies = len({event.recipient_id for event in chronology.events})
    without = sum(mark.of == gaps.ANY for mark in chronology.of_kind(gaps.KIND))
    return f"{_title(chronology)}. Events of {agencies} agencies; {without} gaps without any event."


def _lane(key: str, name: str) -> str:
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return f"{short}  {key}"


def _title(chronology: Chronology) -> str:
    of = f": {', '.join(chronology.filters)}" if chronology.filters else ""
    drawn = sum(1 for _ in _drawn(chronology))
    left = len(chronology.events) - drawn
    also = f" ({left:,} without a usable date, or one that is still to come, aren't in it)" if left else ""
    return f"Timeline of {drawn:,} events{of}{also}"


def _drawn(chronology: Chronology) -> Iterator[Event]:
    """Yield the events that have a place in the picture; one date in the future would squeeze all others."""
    return (e for e in chronology.events if e.earliest and e.earliest <= chronology.as_at)


def _draw(axes: Axes, chronology: Chronology, lanes: list[str]) -> None:
    shades = colours(chronology)
    contrary = {number for mark in chronology.of_kind(contradictions.KIND) for number in mark.events}
    for mark in chronology.of_kind(gaps.KIND):
        if mark.of == gaps.ANY:
            axes.axvspan(mark.first, mark.last, color=SHADE, linewidth=0, zorder=0)  # type: ignore[arg-type]
    drawn: dict[str, list[Event]] = {key: [] for key in lanes}
    for event in _drawn(chronology):
        drawn[event.recipient_id].append(event)
    for lane, (key, own) in enumerate(drawn.items()):
        axes.axhline(lane, color=PALE, linewidth=0.8, zorder=1)
        parts = [e for e in own if not e.exact]
        ends = ([e.earliest for e in parts], [e.latest for e in parts])
        axes.hlines([lane] * len(parts), *ends, colors=shades[key], linewidth=9, alpha=0.3, zorder=2)  # type: ignore[arg-type]
        for marker, size, wanted in (("o", 26, False), ("^", 60, True)):
            days = [e.at for e in own if e.exact and (e.number in contrary) is wanted]
            look = {"marker": marker, "color": shades[key], "edgecolors": "white", "linewidths": 0.6}
            axes.scatter(days, [lane] * len(days), size, zorder=3, **look)  # type: ignore[arg-type]
    axes.tick_params(colors=INK, labelsize=9, length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
