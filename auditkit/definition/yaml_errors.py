"""Plain words for what the YAML parser complains about."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError

from auditkit.errors import Problem

# A piece of the parser's own message, and what an officer is told instead; the first that is found counts.
WORDS = (
    (
        "'\\t'",
        "this line is indented with a tab; use spaces",
    ),
    (
        "mapping values are not allowed",
        "there is a colon here that doesn't belong: if it is part of a text, put the whole text in quotes; "
        "otherwise check that this line is indented like its neighbours and that the line above is finished",
    ),
    (
        "sequence entries are not allowed",
        "a list can't start here: put its first '-' on a line of its own, or put the text in quotes",
    ),
    (
        "unknown escape character",
        "inside double quotes a backslash has a special meaning: use single quotes, or write it twice",
    ),
    (
        "found undefined alias",
        "a text that starts with * must be in quotes",
    ),
    (
        "but found another document",
        "a line '---' starts a second document here, and only one can be read: remove it",
    ),
    (
        "cannot start any token",
        "a text that starts with this character must be in quotes",
    ),
    (
        "could not find expected ':'",
        "this line has no colon after the name of its setting, or it should be indented as part "
        "of the text above",
    ),
    (
        "chomping or indentation",
        "a text that starts with | or > must be in quotes, or start on the next line",
    ),
)
# The same for what was being read when the parser gave up; these point to where it began.
OPENED = (
    ("quoted scalar", "a quotation mark is opened here and never closed"),
    (
        "flow mapping",
        "a curly bracket is opened here and never closed, or a comma is missing between its settings",
    ),
    ("flow sequence", "a square bracket is opened here and never closed, or a comma is missing in its list"),
)
UNCLEAR = (
    "this line doesn't fit with those above: check that it is indented like its neighbours, and put any text "
    "that holds a colon, quotation mark or bracket in quotes"
)
# A bare colour between curly brackets: the rest of its line, with the closing bracket, becomes a comment.
BARE_COLOUR = re.compile(r"^[^#'\"]*\{[^}#]*:[ \t]+(#[0-9A-Fa-f]{3,8})\b")


def syntax_problems(file: str, text: str, error: YAMLError) -> list[Problem]:
    """Return what stopped the parser, in plain words and at the spot where it can be mended.

    Args:
        file: The name of the file.
        text: All of the file.
        error: What the parser raised.
    """
    if not isinstance(error, MarkedYAMLError) or not isinstance(error.problem_mark, StringMark):
        return [Problem(file, *_unreadable(text, error))]
    lines = enumerate(text.split("\n"), start=1)
    colours = [(n, found) for n, line in lines if (found := BARE_COLOUR.match(line))]
    if colours:
        words = "a colour has to be in quotes, because a bare # starts a comment: write '{}'"
        return [
            Problem(file, f"line {n}, column {found.start(1) + 1}", words.format(found[1]))
            for n, found in colours
        ]
    complaint = str(error.problem)
    for sign, words in WORDS:
        if sign in complaint:
            return [Problem(file, place(error.problem_mark), words)]
    for sign, words in OPENED:
        if sign in str(error.context) and isinstance(error.context_mark, StringMark):
            return [Problem(file, place(error.context_mark), words)]
    return [Problem(file, place(error.problem_mark), UNCLEAR)]


def place(mark: StringMark) -> str:
    """Return how a person finds the spot that ``mark`` stands for."""
    return f"line {mark.line + 1}, column {mark.column + 1}"


def place_of(text: str, index: int) -> str:
    """Return how a person finds the character of ``text`` at ``index``."""
    before = text[:index]
    return f"line {before.count(chr(10)) + 1}, column {index - before.rfind(chr(10))}"


def _unreadable(text: str, error: YAMLError) -> tuple[str, str]:
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return "", "this file can't be read as YAML; compare it with one of the templates"
    return place_of(text, position), "there is an invisible control character here: delete it"
