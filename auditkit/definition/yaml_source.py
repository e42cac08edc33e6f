"""YAML text into a :class:`~auditkit.definition.source.Source`: the words as typed, and where they stand.

Only the shape is taken from YAML. What a bare word means (``yes``, ``007``, ``2026.10``) is left to the
model, so nothing that an officer typed is turned into something else on the way.
"""

from __future__ import annotations

import pathlib
import re
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from auditkit.definition.source import Issue, Path, Places, Raw, Source
from auditkit.definition.wording import quoted
from auditkit.definition.yaml_errors import place, place_of, syntax_problems
from auditkit.errors import Problem, ProblemsError
from auditkit.files import size_of

MEGABYTE = 1_000_000
MAX_SIZE = 5 * MEGABYTE
# Far beyond any audit; an alias that refers to aliases can write more than this in a few lines.
MAX_VALUES = 200_000
MAX_DEPTH = 30
YAML_TAG = "tag:yaml.org,2002:"
BLANK = ("", "~", "null", "Null", "NULL")
HASH_HINT = "; what follows # was taken as a comment: if it belongs here, put it in quotes"


def read(path: pathlib.Path) -> Source:
    """Read a YAML file.

    Args:
        path: The file.

    Returns:
        Its data, with places and whatever can be reported together with the model's own problems.

    Raises:
        ProblemsError: If it can't be read as settings at all.
    """
    text = _text(path)
    node = _compose(path.name, text)
    if node is None:
        raise _refused(path.name, "", "this file is empty; start from one of the templates")
    if not isinstance(node, MappingNode):
        raise _refused(
            path.name, place(node.start_mark), "this file must consist of settings, such as 'title: My audit'"
        )
    reading = _Reading(path.name, text)
    data = reading.mapping(node, ())
    return Source(
        data, Places(path.name, reading.values, reading.names), tuple(reading.issues), reading.hints
    )


def _text(path: pathlib.Path) -> str:
    """Return the text of a file that is of a sane size; ProblemsError says why it has none."""
    try:
        size = size_of(path)
        if size > MAX_SIZE:
            raise _refused(
                path.name,
                "",
                f"this file is {size / MEGABYTE:.0f} MB, and no more than {MAX_SIZE // MEGABYTE} MB is read; "
                "check that it is the right file",
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise _refused(path.name, "", f"there is no such file in {path.absolute().parent}") from None
    except OSError as error:
        raise _refused(
            path.name, "", f"this file can't be opened ({error.strerror}); is it open elsewhere?"
        ) from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "this line has a character that isn't UTF-8; in your editor choose Save As, encoding UTF-8"
        raise _refused(path.name, f"line {line}", message) from None


def _compose(file: str, text: str) -> Node | None:
    """Return the root of the YAML text, None if there is nothing in it."""
    # The safe loader: the one for round trips marks the folds of a text inside it.
    yaml = YAML(typ="safe", pure=True)
    yaml.composer.warn_double_anchors = False
    try:
        node: Node | None = yaml.compose(text)
    except YAMLError as error:
        raise ProblemsError(syntax_problems(file, text, error)) from None
    except RecursionError:
        raise _too_deep(file, "") from None
    return node


def _too_deep(file: str, spot: str) -> ProblemsError:
    return _refused(file, spot, "settings are nested too deeply here to be an audit; check the brackets")


def _refused(file: str, spot: str, message: str) -> ProblemsError:
    return ProblemsError([Problem(file, spot, message)])


@dataclass
class _Reading:
    """What is gathered on one walk over the nodes."""

    file: str
    text: str
    values: dict[Path, str] = field(default_factory=dict)
    names: dict[Path, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    hints: dict[Path, str] = field(default_factory=dict)

    def value(self, node: Node, path: Path) -> Raw:
        """Return what stands at a node, noting where."""
        spot = place(node.start_mark)
        self.values[path] = spot
        if len(path) > MAX_DEPTH:
            raise _too_deep(self.file, spot)
        if len(self.values) > MAX_VALUES:
            raise _refused(
                self.file,
                spot,
                f"there are more than {MAX_VALUES:,} values up to here; check that it is the right file",
            )
        tag = str(node.tag)
        if not tag.startswith(YAML_TAG):
            self.issues.append(Issue(path, f"a text that starts with ! must be in quotes: '{tag} …'"))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, ScalarNode):
            return self.scalar(node, path)
        return [self.item(item, (*path, n)) for n, item in enumerate(node.value)]

    def item(self, node: Node, path: Path) -> Raw:
        """Return an item of a list; a blank one stands where its dash does, not at what comes after."""
        value = self.value(node, path)
        if value is None:
            dashes = re.finditer(r"-(?=[ \t]*(#.*)?$)", self.text[: node.start_mark.index], re.MULTILINE)
            start = max((dash.start() for dash in dashes), default=node.start_mark.index)
            self.values[path] = place_of(self.text, start)
        return value

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Raw]:
        """Return the settings of a mapping; of those with the same name, the first."""
        self.values[path] = place(node.start_mark)
        found: dict[str, Raw] = {}
        for name_node, value_node in node.value:
            name, spot = _name(name_node), place(name_node.start_mark)
            here = (*path, name)
            if name in found:
                message = f"{quoted(name)} is set twice, here and at {spot}; keep one of them"
                self.issues.append(Issue(here, message, at_name=True))
                continue
            self.names[here] = spot
            found[name] = self.value(value_node, here)
            if found[name] is None:
                self.values[here] = spot
                if "#" in self.text[name_node.end_mark.index :].partition("\n")[0]:
                    self.hints[here] = HASH_HINT
        return found

    def scalar(self, node: ScalarNode, path: Path) -> str | None:
        """Return the text as typed, without spaces around it; None for nothing."""
        text: str = node.value.strip()
        if node.style in (None, "") and text in BLANK:
            return None
        if any(_is_control(character) for character in text):
            self.issues.append(
                Issue(path, "there is an invisible control character in this text: type it again")
            )
        return text


def _name(node: Node) -> str:
    return str(node.value) if isinstance(node, ScalarNode) else "{…}"


def _is_control(character: str) -> bool:
    return (ord(character) < 32 and character not in "\n\t") or 127 <= ord(character) < 160
