"""One change somewhere in a file: in its bytes, or inside what it packs.

Bytes changed at random in an archive end at its checksum. So an archive is taken apart, one part is changed
and the archive is made again, sound; OLE files and the attachments of messages likewise, at any depth.
"""

from __future__ import annotations

import base64
import email
import io
import random
import re
import zipfile
from collections.abc import Callable

from auditkit.guard import Limits, archive, ole
from tests.corpus.cfb import Tree, cfb
from tests.corpus.zips import zipped

# What changes bytes of which nothing is known.
Scramble = Callable[[bytes], bytes]

# What stands between tags and in attributes of XML, or in cells of text.
VALUE = re.compile(
    rb'(?<=")[^"<>]{0,80}(?=")|(?<=>)[^<>]{1,80}(?=<)|(?<=[,;\t\n])[^,;\t\n<>]{1,80}(?=[,;\t\n\r])'
)
ODD_VALUES = (
    *(
        b"",
        b" ",
        b"0",
        b"-1",
        b"1e999",
        b"-1e308",
        b"NaN",
        b"inf",
        b"1e15",
        b"0.1e-400",
        b"9" * 30,
        b"2958466",
    ),
    *(
        b"1",
        b"true",
        b"e",
        b"s",
        b"d",
        b"b",
        b"str",
        b"inlineStr",
        b"date",
        b"float",
        b"time",
        b"boolean",
        b"percentage",
    ),
    *(b"9999-12-31", b"0001-01-01", b"9999-12-31T23:59:59-14:00", b"2026-02-30", b"PT25H61M", b"31/12/2026"),
    *(
        b"A0",
        b"a1",
        b"XFE1",
        b"ZZ9999",
        b"A1:B2",
        b"\xef\xbc\x91",
        b"\xd9\xa3",
        b"\xc2\xb2",
        b"rId1",
        b"rId99",
        b"../x",
        b"/",
    ),
    *(
        b"auditkit:GOV",
        b"auditkit:cover",
        b"auditkit:",
        b"auditkit:identity",
        b"GOV-1",
        b"rating",
        b"evidence",
        b"Ref.",
    ),
    *(
        b"#REF!",
        b"#N/A",
        b"=1+1",
        b"@SUM(A1)",
        b"{file}",
        b"{0.__class__}",
        b"%s",
        b"&#xD800;",
        b"&#0;",
        b"&#x202e;",
        b"&amp;",
    ),
    *(
        b"\xed\xa0\x80",
        b"\xff\xfe",
        b"\x1b[31m",
        b"\r",
        b"\n",
        b"_x000D_",
        b"_xD800_",
        b"x" * 400,
        b"\xe2\x97\x8f Green",
        b"Yes",
    ),
)
ODD_BYTES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\0\0\0\x80",
    b"\xfe\xff\xff\xff",
    b"\x7f",
    b"<",
    b">",
    b'"',
    b"&",
    b"\n",
)


def mutated(content: bytes, chance: random.Random, scramble: Scramble) -> bytes:
    """Return a file with one change somewhere in it.

    Args:
        content: The file.
        chance: Where, and what kind of change.
        scramble: What changes bytes of which nothing is known.
    """
    if content and chance.random() < 0.9:
        try:
            for beginning, inside in INSIDE:
                if content.startswith(beginning):
                    return inside(content, chance, scramble)
        except Exception:  # no longer what its beginning says
            return scramble(content)
        if chance.random() < 0.5 and VALUE.search(content):
            return _value(content, chance)
    return scramble(content)


def scrambled(content: bytes, chance: random.Random) -> bytes:
    """Return bytes with one change that knows nothing of them."""
    begin = chance.randrange(len(content) + 1)
    end = min(len(content), begin + int(chance.expovariate(1 / 8)) + 1)
    some = content[begin:end]
    change = chance.randrange(6)
    if change == 0 and some:
        some = bytes([some[0] ^ 1 << chance.randrange(8)]) + some[1:]
    elif change == 1:
        some = b""
    elif change == 2:
        some = some * chance.choice((2, 3, 50))
    elif change == 3:
        some = chance.choice(ODD_BYTES) + some
    elif change == 4:
        some = chance.choice(ODD_BYTES).ljust(len(some), b"\0")
    else:
        some = chance.choice((chance.randbytes(len(some)), chance.choice(ODD_VALUES)))
    kept = content[end:] if chance.random() < 0.98 else b""
    return content[:begin] + some + kept


def _value(content: bytes, chance: random.Random) -> bytes:
    """Put an odd value in the place of one, or swap two."""
    found = list(VALUE.finditer(content))
    match = chance.choice(found)
    value = chance.choice((chance.choice(ODD_VALUES), chance.choice(found)[0]))
    return content[: match.start()] + value + content[match.end() :]


def _zip(content: bytes, chance: random.Random, scramble: Scramble) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        files = {info.filename: packed.read(info) for info in packed.infolist()}
        # An OpenDocument file is known by a first part that isn't compressed.
        method = packed.infolist()[0].compress_type
    name = chance.choice(list(files))
    change = chance.random()
    if change < 0.9:
        files[name] = mutated(files[name], chance, scramble)
    elif change < 0.93:
        del files[name]
    elif change < 0.96:
        files[name] = files[chance.choice(list(files))]
    else:
        renamed = scramble(name.encode()).decode("utf-8", "replace").replace("\0", "")
        files[renamed] = files.pop(name)
    return zipped(files, method)


def _ole(content: bytes, chance: random.Random, scramble: Scramble) -> bytes:
    import olefile

    ole.opened(content, Limits())  # else streams that overlap would fill the memory here
    tree: Tree = {}
    streams: list[tuple[Tree, str]] = []
    with olefile.OleFileIO(io.BytesIO(content)) as file:
        for path in file.listdir():
            folder = tree
            for name in path[:-1]:
                inner = folder.setdefault(name, {})
                assert isinstance(inner, dict)
                folder = inner
            folder[path[-1]] = file.openstream(path).read()
            streams.append((folder, path[-1]))
    folder, name = chance.choice(streams)
    data = folder[name]
    assert isinstance(data, bytes)
    if chance.random() < 0.05:
        del folder[name]
    else:
        folder[name] = mutated(data, chance, scramble)
    return cfb(tree)


def _message(content: bytes, chance: random.Random, scramble: Scramble) -> bytes:
    parts = [
        p for p in email.message_from_bytes(content).walk() if p.get("Content-Transfer-Encoding") == "base64"
    ]
    if not parts or chance.random() < 0.4:
        return scramble(content)
    part = chance.choice(parts)
    old = str(part.get_payload()).encode()
    data = mutated(base64.b64decode(old), chance, scramble)
    return content.replace(old, base64.encodebytes(data), 1)


INSIDE = ((archive.LOCAL, _zip), (ole.BEGINNING, _ole), (b"From:", _message))
