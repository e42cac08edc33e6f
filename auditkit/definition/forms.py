"""The two forms of an audit definition, by the ending of the file.

To add a form: write its module beside the others, with the names of :class:`Form`, and list it in
:data:`FORMS`.
"""

from __future__ import annotations

import pathlib
import tempfile
from typing import Protocol

from auditkit.definition import check, xlsx, yaml
from auditkit.definition.model import Audit
from auditkit.definition.reading import Reading, understood
from auditkit.definition.source import Places, Source
from auditkit.definition.wording import listed
from auditkit.errors import AuditkitError, Problem, ProblemsError


class Form(Protocol):
    """The names that each form defines."""

    def read(self, path: pathlib.Path) -> Source:
        """Return what was written, with places; ProblemsError if the file isn't of this form at all."""

    def written(self, audit: Audit) -> bytes:
        """Return the file that says what ``audit`` is."""


FORMS: dict[str, Form] = {".xlsx": xlsx, ".yaml": yaml}


def load(path: pathlib.Path) -> Audit:
    """Read an audit definition that is sound in every way that can be told without a register.

    Raises:
        ProblemsError: With every problem of the file, in its order.
    """
    found = reading(path)
    problems = check.all_problems(found)
    if found.audit is None or problems:
        raise ProblemsError(problems)
    return found.audit


def read(path: pathlib.Path) -> tuple[Audit, Places]:
    """Read an audit definition without :mod:`checking <auditkit.definition.check>` that it makes sense.

    Args:
        path: The file; its ending says which form it has.

    Returns:
        The definition, and where everything in it stands.

    Raises:
        ProblemsError: If the file is no audit definition, with everything that is wrong with it.
    """
    found = reading(path)
    if found.audit is None or found.issues:
        raise ProblemsError(check.all_problems(found))
    return found.audit, found.places


def reading(path: pathlib.Path) -> Reading:
    """Read an audit definition as far as it can be read.

    Raises:
        ProblemsError: If the file can't be read as a definition at all.
    """
    return understood(_form(path).read(path))


def written(audit: Audit, ending: str) -> bytes:
    """Return a definition as the content of a file with this ending.

    What is returned was read back, and means the same.

    Args:
        audit: The definition.
        ending: One of :data:`FORMS`.

    Raises:
        AuditkitError: If the form can't say exactly this.
    """
    content = FORMS[ending].written(audit)
    with tempfile.TemporaryDirectory(prefix="auditkit-") as folder:
        path = pathlib.Path(folder) / f"audit{ending}"
        path.write_bytes(content)
        try:
            again, _ = read(path)
        except ProblemsError as error:
            raise AuditkitError(f"This definition can't be written as {ending}:\n{error}") from error
    if again != audit:
        raise AuditkitError(
            f"This definition can't be written as {ending} without losing something. Go on with the form "
            "that you have."
        )
    return content


def _form(path: pathlib.Path) -> Form:
    form = FORMS.get(path.suffix.casefold())
    if form is None:
        message = f"a definition is a {listed(FORMS)} file"
        if path.name == "-" or path.is_fifo():
            message = f"a definition can't be piped in: save it as a {listed(FORMS)} file and name that"
        raise ProblemsError([Problem(path.name, "", message)])
    return form
