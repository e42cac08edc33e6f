"""A definition as YAML text that an officer can read and change."""

from __future__ import annotations

import io
import textwrap
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from auditkit.definition.ids import is_id
from auditkit.definition.model import Audit
from auditkit.definition.plain import Plain, plain

WIDTH = 110
# Longer texts are folded, with an indentation of up to ten.
LONG = 95
# A record of short words and numbers up to so many characters stands on one line.
ONE_LINE = 60
# The longest part comes last.
LAST = "sections"


def written(audit: Audit) -> bytes:
    """Return a definition as YAML, without what is so anyway."""
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    data = plain(audit)
    whole = CommentedMap()
    for name in sorted(data, key=lambda name: (name == LAST, _is_nested(data[name]))):
        whole[name] = _node(data[name])
        if _is_nested(data[name]):
            whole.yaml_set_comment_before_after_key(name, before="\n")
    _spaced(whole[LAST])
    target = io.BytesIO()
    yaml.dump(whole, target)
    return target.getvalue()


def _is_nested(value: Plain) -> bool:
    """Tell whether a setting has settings of its own."""
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(one, dict) for one in value)
    )


def _spaced(sections: Any) -> None:
    """Put a blank line before each section but the first."""
    for n in range(1, len(sections)):
        sections.yaml_set_comment_before_after_key(n, before="\n")


def _node(value: Plain) -> Any:
    if isinstance(value, dict):
        simple_first = sorted(value, key=lambda name: _is_nested(value[name]))
        made: Any = CommentedMap({_text(name): _node(value[name]) for name in simple_first})
    elif isinstance(value, list):
        made = CommentedSeq([_node(each) for each in value])
    else:
        return _text(value) if isinstance(value, str) else value
    if not value or _is_short(value):
        made.fa.set_flow_style()
    return made


def _is_short(value: Plain) -> bool:
    parts = (
        list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, list) else []
    )
    plainly = all(isinstance(part, (int, float)) or (isinstance(part, str) and is_id(part)) for part in parts)
    return plainly and len(str(value)) <= ONE_LINE


def _text(text: str) -> Any:
    if "\n" in text and text == text.strip() and not any(line != line.rstrip() for line in text.split("\n")):
        return LiteralScalarString(text)
    if "\n" not in text and len(text) > LONG and "  " not in text:
        folds = [0]
        for line in textwrap.wrap(text, LONG, break_long_words=False, break_on_hyphens=False)[:-1]:
            folds.append(folds[-1] + len(line) + 1)
        folded: Any = FoldedScalarString(text)
        folded.fold_pos = [fold - 1 for fold in folds[1:]]
        return folded
    # Plain numbers and words such as yes would be read as they stand; the quotes tell people that it is text.
    is_odd = text.replace(".", "").replace("-", "").isdigit() or text.casefold() in ("yes", "no", "on", "off")
    return DoubleQuotedScalarString(text) if is_odd or text.startswith("#") else text
