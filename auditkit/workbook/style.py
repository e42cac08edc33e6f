"""How a workbook looks. The colours of ratings are the definition's; everything else is here."""

from __future__ import annotations

from typing import Any

FONT = "Calibri"
INK, MUTED, ACCENT = "#1F2A37", "#5B6675", "#1D4E6B"
BAND, ANSWER, OWN, LINE = "#E8EEF3", "#FFFBEA", "#EEF0F2", "#B8C2CC"

_BASE = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "top"}
_CELL = {**_BASE, "border": 1, "border_color": LINE, "text_wrap": True, "align": "left", "indent": 1}
# The tables of the first sheet: short texts, in the middle of their rows.
_LISTED = {**_CELL, "valign": "vcenter"}
_TOTAL = {**_LISTED, "bold": True, "bg_color": BAND}
_CENTRED = {"align": "center", "indent": 0}
_ANSWER = {**_CELL, "bg_color": ANSWER, "locked": False}

STYLES: dict[str, dict[str, Any]] = {
    "plain": {**_BASE},
    "paragraph": {**_BASE, "text_wrap": True, "align": "left", "indent": 1},
    "title": {**_BASE, "font_size": 20, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "subtitle": {**_BASE, "font_size": 12, "font_color": MUTED},
    "long_subtitle": {**_BASE, "font_size": 12, "font_color": MUTED, "text_wrap": True},
    "heading": {**_BASE, "font_size": 14, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "label": {**_BASE, "bold": True},
    "strong": {**_BASE, "bold": True, "text_wrap": True, "align": "left", "indent": 1},
    "deadline": {**_BASE, "bold": True, "font_size": 13, "align": "left", "indent": 1},
    "step": {**_BASE, "align": "right", "bold": True, "font_color": ACCENT},
    "small": {**_BASE, "font_size": 9, "font_color": MUTED, "text_wrap": True},
    "link": {**_BASE, "align": "left", "indent": 1, "font_color": "#0B5394", "underline": 1},
    "nav": {**_BASE, "font_color": "#0B5394", "underline": 1},
    "cell": {**_LISTED},
    "cell_link": {**_LISTED, "font_color": "#0B5394", "underline": 1},
    "header": {**_CELL, "bold": True, "bg_color": ACCENT, "font_color": "#FFFFFF", "valign": "vcenter"},
    "key": {**_CELL, "font_color": MUTED, "bg_color": BAND},
    "hidden_key": {**_BASE, "font_size": 8, "font_color": MUTED},
    "fixed": {**_CELL, "bg_color": "#F7F9FA"},
    # In a pack, of a question that stands in the row above too.
    "fixed_again": {**_CELL, "bg_color": "#F7F9FA", "font_color": MUTED},
    "fixed_strong": {**_CELL, "bg_color": "#F7F9FA", "bold": True},
    "closed": {**_CELL, "bg_color": "#E3E7EB"},
    # What a recipient said another time, beside the question.
    "own": {**_CELL, "bg_color": OWN, "font_size": 10},
    "own_rating": {**_CELL, "bg_color": OWN, "font_size": 10, "bold": True},
    "centred": {**_LISTED, **_CENTRED},
    "status": {**_CELL, "bg_color": "#F7F9FA", "font_color": MUTED},
    "point": {**_LISTED, "bold": True},
    "total": {**_TOTAL},
    "total_centred": {**_TOTAL, **_CENTRED},
    "progress": {**_LISTED, **_CENTRED, "num_format": "0%"},
    "total_progress": {**_TOTAL, **_CENTRED, "num_format": "0%"},
    "bold_run": {"font_name": FONT, "font_size": 11, "font_color": INK, "bold": True},
    "again_run": {"font_name": FONT, "font_size": 11, "font_color": MUTED},
    "bold_small_run": {"font_name": FONT, "font_size": 10, "font_color": INK, "bold": True},
    "run": {"font_name": FONT, "font_size": 10, "font_color": MUTED},
    # Answer cells: a kind's FORMAT names one of these.
    "answer_text": {**_ANSWER, "num_format": "@"},
    "answer_choice": {**_ANSWER},
    "answer_rating": {**_ANSWER, "bold": True},
    "answer_number": {**_ANSWER, "num_format": "#,##0", "align": "right", "indent": 0},
    "answer_decimal": {**_ANSWER, "num_format": "#,##0.##", "align": "right", "indent": 0},
    "answer_percent": {**_ANSWER, "num_format": "0%", "align": "right", "indent": 0},
    "answer_time": {**_ANSWER, "num_format": "hh:mm", "align": "left"},
    "answer_date": {**_ANSWER, "num_format": "dd/mm/yyyy", "align": "left"},
}


def paler(colour: str) -> str:
    """Return a colour (``#RRGGBB``) half way to white: of what was said before, beside what is said now."""
    return "#" + "".join(f"{(int(colour[i : i + 2], 16) + 255) // 2:02X}" for i in (1, 3, 5))


def ink_on(fill: str) -> str:
    """Return black or white, whichever reads better on ``fill`` (``#RRGGBB``), by WCAG's contrast ratio."""

    def linear(channel: str) -> float:
        c = int(channel, 16) / 255
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(fill[i : i + 2]) for i in (1, 3, 5))
    luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return "#000000" if (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) else "#FFFFFF"
