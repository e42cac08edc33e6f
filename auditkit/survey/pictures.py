"""Charts as pictures, for Word, which can't be given charts of its own."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from auditkit.survey.model import Count, Result
from auditkit.survey.say import percent
from auditkit.workbook.style import ACCENT, INK, MUTED, ink_on

# Inches, dots an inch, and letters of an answer's name on a line.
WIDTH, BAR, MARGIN, DPI, LETTERS = 6.4, 0.34, 0.3, 160, 34
# The colours of a matrix, from the first choice to the last; they get paler, so that the order shows in grey.
SHADES = ("#1D4E6B", "#5587A3", "#9DBCCD", "#D5E2E9", "#EEF0F2")


def bars(counts: Sequence[Count]) -> bytes:
    """Return a picture (PNG) with a bar for each count, its share at the end."""
    figure, axes = _figure(len(counts))
    _name(axes, [textwrap.fill(count.answer, LETTERS) for count in counts])
    shares = [100 * (count.share or 0) for count in counts]
    axes.barh(range(len(counts)), shares, color=ACCENT, height=0.66)
    for n, count in enumerate(counts):
        text = percent(count.share) if count.count is not None else "not shown"
        axes.text(shares[n] + 1, n, text, va="center", fontsize=8, color=INK)
    axes.set_xlim(0, max(100, *shares) * 1.08)
    return _png(figure)


def matrix(results: Sequence[Result]) -> bytes:
    """Return a picture (PNG) of questions that share their choices: a bar for each, in pieces."""
    figure, axes = _figure(len(results), legend=True)
    _name(axes, [textwrap.fill(result.asked.text, LETTERS + 6) for result in results])
    places = range(len(results))
    before = [0.0] * len(results)
    for k, choice in enumerate(results[0].counts):
        shade = SHADES[min(k, len(SHADES) - 1)]
        shares = [100 * (result.counts[k].share or 0) for result in results]
        look: dict[str, Any] = {"color": shade, "edgecolor": "white", "height": 0.7}
        axes.barh(places, shares, left=before, label=_plain(choice.answer), **look)
        for n, share in enumerate(shares):
            if share >= 6:
                axes.text(
                    before[n] + share / 2,
                    n,
                    percent(share / 100),
                    ha="center",
                    va="center",
                    fontsize=7,
                    color=ink_on(shade),
                )
        before = [a + b for a, b in zip(before, shares, strict=True)]
    axes.set_xlim(0, 100)
    figure.legend(loc="outside lower center", ncols=min(len(results[0].counts), 5), fontsize=8, frameon=False)
    return _png(figure)


def _figure(rows: int, *, legend: bool = False) -> tuple[Figure, Axes]:
    figure = Figure(
        figsize=(WIDTH, MARGIN + BAR * max(rows, 2) + (0.4 if legend else 0)), dpi=DPI, layout="constrained"
    )
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)
    axes.tick_params(axis="y", length=0, labelsize=8, labelcolor=INK)
    axes.tick_params(axis="x", bottom=False, labelbottom=False, labelcolor=MUTED)
    return figure, axes


def _name(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [_plain(name) for name in names])


def _plain(text: str) -> str:
    """Return a text that Matplotlib takes for one: a dollar would begin a formula."""
    return text.replace("$", r"\$")


def _png(figure: Figure) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # a letter that the font hasn't is drawn as a box
        figure.savefig(target, format="png", metadata={"Software": None})
    return target.getvalue()
