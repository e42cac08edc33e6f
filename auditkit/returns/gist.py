"""The gist of a return: what it answers in few words, to tell what changed since an earlier run."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping

from auditkit.fields import Value
from auditkit.fields.plain import as_text
from auditkit.returns.answer import Answer

# Longer texts are kept by their beginning and a digest.
LONGEST_TEXT = 400

# Block, row and column of an answer.
Key = tuple[str, str, str]
# A value as it is kept: JSON, and short.
Kept = str | float | dict[str, str]
# What a return answers, each with the file it stands in.
Gist = Mapping[Key, tuple[Kept, str]]


def gist_of(file: str, answers: Iterable[Answer]) -> Gist:
    """Return what a return answers.

    Args:
        file: The return, in which those answers stand that name no file of their own.
        answers: Its answers.
    """
    return {(a.block, a.row_key, a.column_key): (kept(a), a.file or file) for a in answers}


def written(answers: Gist) -> bytes:
    """Return answers as JSON: the same ones always give the same bytes."""
    rows = [[*key, *answers[key]] for key in sorted(answers)]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def read(content: bytes) -> Gist:
    """Return answers that were written; ValueError, TypeError or KeyError if they weren't."""
    found: dict[Key, tuple[Kept, str]] = {}
    for block, row_key, column_key, value, file in json.loads(content):
        shown(value)  # whoever asks for the answers can show them
        found[block, row_key, column_key] = (value, file)
    return found


def digest(answers: Gist) -> str:
    """Return the SHA-256 of answers, as :func:`written` writes them."""
    return hashlib.sha256(written(answers)).hexdigest()


def kept(answer: Answer) -> Kept:
    """Return the value of an answer (else what was typed) as it is kept."""
    value = answer.value if answer.value is not None else as_text(answer.shown)
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return {
            "text": value[:LONGEST_TEXT],
            "digest": hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        }
    return value


def shown(value: Kept) -> Value:
    """Return a kept value as outputs show it; long texts end in an ellipsis."""
    if not isinstance(value, dict):
        return value
    return dt.date.fromisoformat(value["date"]) if "date" in value else f"{value['text']}…"
