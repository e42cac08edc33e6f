"""The tidy tables: the only thing that outputs read.

:func:`build` turns a collation into pandas frames with the columns of :data:`SCHEMAS`. Values keep their
type (text, number, date) and blanks are None, so every column is of dtype object.
"""

from __future__ import annotations
