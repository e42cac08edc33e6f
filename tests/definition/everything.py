"""An audit in which every setting of the model is set, however many there come to be.

It makes no sense; it is for what must hold of any definition's form.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import count
from typing import Any

from auditkit.definition import shapes
from auditkit.definition.model import Audit


def everything() -> Audit:
    """Return an audit of which nothing is as it would be when left out."""
    numbers = count(1)

    def filled(hint: Any, default: Any = dataclasses.MISSING) -> Any:
        model = shapes.record(hint)
        if model is not None:
            return model(
                **{
                    field.name: filled(shapes.attributes(model)[field.name], field.default)
                    for field in dataclasses.fields(model)
                }
            )
        if shapes.is_mapping(hint):
            return {f"name-{next(numbers)}": filled(shapes.item(hint)) for _ in range(2)}
        if shapes.shape(hint) in ("texts", "records"):
            words = shapes.options(hint)[:2]
            return words or tuple(filled(shapes.item(hint)) for _ in range(2))
        words = shapes.options(hint)
        if words:
            return next(word for word in words if word != default)
        kinds = shapes.values(hint)
        if bool in kinds:
            return default is not True
        if dt.date in kinds and (not kinds & {int, float} or next(numbers) % 2):
            return dt.date(2026, 1, 1) + dt.timedelta(next(numbers))
        if kinds & {int, float}:
            return float(next(numbers)) + (0 if int in kinds else 0.5)
        return f"text-{next(numbers)}"

    audit = filled(Audit)
    assert isinstance(audit, Audit)
    return audit
