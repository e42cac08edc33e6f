"""How the master looks: the issued workbooks' type and colours, in a size for tables."""

from __future__ import annotations

from typing import Any

from auditkit.workbook.style import ACCENT, BAND, FONT, INK, LINE, MUTED

GREY, PALE = "#E3E7EB", "#F7F9FA"
WARNING = "#9C2B20"
# How standings are drawn. They run from dark to pale, so that the order shows without colour too.
STANDINGS = {"returned": ACCENT, "partly": "#6F9AB5", "nil return": "#B3C7D3", "not returned": GREY}

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}
_CELL = {**_BASE, "border": 1, "border_color": "#D5DBE1", "text_wrap": True}
_FIGURE = {**_CELL, "align": "right", "indent": 1, "text_wrap": False}
_LIST = {**_BASE, "bottom": 1, "bottom_color": "#E3E7EB", "valign": "vcenter"}

STYLES: dict[str, dict[str, Any]] = {
    "plain": _BASE,
    "title": {**_BASE, "font_size": 20, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "subtitle": {**_BASE, "font_size": 11, "font_color": MUTED, "valign": "vcenter"},
    "heading": {**_BASE, "font_size": 13, "bold": True, "font_color": ACCENT, "valign": "vcenter"},
    "note": {**_BASE, "font_size": 9, "font_color": MUTED, "valign": "vcenter"},
    "paragraph": {**_BASE, "text_wrap": True},
    "link": {**_BASE, "font_color": "#0B5394", "underline": 1},
    # Tables.
    "header_centred": {
        **{**_CELL, "bold": True, "bg_color": ACCENT, "font_color": "#FFFFFF", "valign": "vcenter"},
        **{"border_color": LINE, "align": "center"},
    },
    "header": {
        **{**_CELL, "bold": True, "bg_color": ACCENT, "font_color": "#FFFFFF", "valign": "vcenter"},
        "border_color": LINE,
    },
    "text": {**_CELL, "num_format": "@"},
    "id": {**_CELL, "num_format": "@", "text_wrap": False},
    "tally": {**_CELL, "align": "center", "num_format": "#,##0"},
    "tally_share": {**_CELL, "align": "center", "num_format": "0%"},
    "tally_score": {**_CELL, "align": "center", "num_format": "0.0"},
    "figure_cell": {**_CELL, "align": "center", "num_format": "General"},
    "share": {**_FIGURE, "num_format": "0%", "valign": "vcenter"},
    "rating": {**_CELL, "bold": True},
    "centred": {**_CELL, "align": "center"},
    "cell": {**_CELL, "align": "center", "valign": "vcenter", "text_wrap": False},
    "cell_number": {**_CELL, "align": "center", "valign": "vcenter", "num_format": "General"},
    "name": {**_CELL, "valign": "vcenter"},
    "number": {**_FIGURE, "num_format": "#,##0.######"},
    "count": {**_FIGURE, "num_format": "#,##0"},
    "rate": {**_FIGURE, "num_format": "#,##0.0#"},
    "score": {**_FIGURE, "num_format": "0.00", "font_color": MUTED},
    "place": {**_FIGURE, "num_format": "0.0"},
    "difference": {**_FIGURE, "num_format": "+0.0;-0.0;0.0", "bold": True},
    "order": {**_FIGURE, "num_format": "0.000000", "font_color": MUTED},
    "limit": {**_CELL, "align": "center", "num_format": '[<-1E+90]"";[>1E+90]"";General'},
    "yes": {**_CELL, "align": "center", "num_format": '"Yes";;"No"'},
    "percent": {**_FIGURE, "num_format": "0%"},
    # Above the matrix of ratings.
    "band": {
        **_BASE,
        "bold": True,
        "bg_color": BAND,
        "font_color": ACCENT,
        "valign": "vcenter",
        "left": 1,
        "left_color": "#FFFFFF",
    },
    "band_wrapped": {
        **{
            **_BASE,
            "bold": True,
            "bg_color": BAND,
            "font_color": ACCENT,
            "valign": "vcenter",
            "left": 1,
            "left_color": "#FFFFFF",
        },
        "text_wrap": True,
    },
    "weight": {**_BASE, "font_size": 9, "font_color": MUTED, "align": "center", "num_format": "General"},
    "weight_label": {**_BASE, "font_size": 9, "font_color": MUTED},
    # About.
    "about": {**_LIST, "text_wrap": True},
    "about_label": {**_LIST, "font_color": MUTED},
    "about_link": {**_LIST, "font_color": "#0B5394", "underline": 1},
    # Summary.
    "figure": {**_BASE, "font_size": 24, "bold": True, "font_color": ACCENT, "valign": "bottom"},
    "figure_label": {**_BASE, "font_color": MUTED},
    "list_head": {
        **{**_BASE, "bold": True, "font_color": MUTED, "font_size": 9, "valign": "bottom", "text_wrap": True},
        **{"bottom": 2, "bottom_color": ACCENT},
    },
    "list_head_centred": {
        **{**_BASE, "bold": True, "font_color": MUTED, "font_size": 9, "valign": "bottom", "text_wrap": True},
        **{"bottom": 2, "bottom_color": ACCENT, "align": "center"},
    },
    "list_point": {
        **{**_BASE, "bold": True, "font_size": 9, "valign": "vcenter", "text_wrap": True},
        **{"bottom": 2, "bottom_color": ACCENT, "align": "center"},
    },
    "list_figure": {**_LIST, "align": "center", "num_format": "0"},
    "list": {**_LIST, "text_wrap": True},
    "list_strong": {**_LIST, "bold": True},
    "list_link": {**_LIST, "font_color": "#0B5394", "underline": 1},
    "list_count": {**_LIST, "align": "center", "num_format": '#,##0;-#,##0;"·"'},
    "list_percent": {**_LIST, "align": "center", "num_format": "0%"},
    "list_total": {**_LIST, "bold": True, "bg_color": PALE},
    "list_total_count": {
        **_LIST,
        "bold": True,
        "bg_color": PALE,
        "align": "center",
        "num_format": '#,##0;-#,##0;"·"',
    },
    "list_total_percent": {**_LIST, "bold": True, "bg_color": PALE, "align": "center", "num_format": "0%"},
}
