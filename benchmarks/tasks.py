"""Ways of doing the same work. One module a rival; all define the names of :class:`Rival`.

To add a rival: write its module beside the others in :mod:`benchmarks.rivals` and list it in :data:`TASKS`.
"""

from __future__ import annotations

from benchmarks.rivals import (
    auditkit_collate,
    auditkit_generate,
    auditkit_prefilled,
    datamaps,
    openpyxl_stamped,
    pandas_calamine,
    pandas_openpyxl,
    xlsxwriter_anew,
)
from benchmarks.rivals.job import Rival

# auditkit itself first. They are run in turn, so that a busy moment of the machine meets them all.
TASKS: dict[str, tuple[Rival, ...]] = {
    "generate": (auditkit_generate, auditkit_prefilled, xlsxwriter_anew, openpyxl_stamped),
    "collate": (auditkit_collate, pandas_openpyxl, pandas_calamine, datamaps),
}
