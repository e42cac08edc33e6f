"""XML that may be parsed: no document types, no entities, no encodings to hide them in, not too deep."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.parsers import expat

from auditkit.guard.limits import Limits, damaged, unsafe

DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]+)["']""")
ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
# How nearly all parts begin.
USUAL = (b'<?xml version="1.0" encoding="UTF-8"', b'<?xml version="1.0" encoding="utf-8"')
DECLARATION = re.compile(rb"<!(?!--|\[CDATA\[)")


def check(data: bytes) -> None:
    """Refuse a part that declares a document type or could hide that it does.

    Raises:
        UnreadableError: If it does. No office program writes such a part.
    """
    if b"\0" in data:
        raise unsafe("a part of it is in an encoding that office programs don't use")
    named = b"encoding" in data[:300] and not data.startswith(USUAL)
    declared = DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")) if named else None
    if declared and declared[1].lower() not in ENCODINGS:
        raise unsafe("a part of it is in an encoding that office programs don't use")
    if DECLARATION.search(data):
        raise unsafe("a part of it declares a document type, which is how files are made to explode")


def tree(data: bytes, limits: Limits) -> ElementTree.Element:
    """Return the elements of a part.

    Raises:
        UnreadableError: If it isn't well-formed, too deep, or anything that :func:`check` refuses.
    """
    check(data)
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.xml_depth:
            raise unsafe(f"it nests more than {limits.xml_depth} levels")
        builder.start(_braced(name), {_braced(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_braced(name))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged("a part of it is broken") from error
    return builder.close()


def _braced(name: str) -> str:
    return "{" + name if "}" in name else name
