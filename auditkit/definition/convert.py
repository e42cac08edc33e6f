"""One form of a definition into the other."""

from __future__ import annotations

from pathlib import Path

from auditkit.definition import check, forms
from auditkit.definition.forms import FORMS
from auditkit.definition.wording import listed
from auditkit.errors import AuditkitError
from auditkit.files import atomic_write

NAME = "audit"


def convert(source: Path, target: Path, *, force: bool = False) -> list[str]:
    """Write a definition once more, in another form or the same.

    Args:
        source: The definition.
        target: The file to be written; its ending says the form.
        force: Whether it may take the place of another file.

    Returns:
        What an officer should know, in sentences.

    Raises:
        AuditkitError: If there is such a file already, its ending isn't a form's, or the definition can't be
            read, or written without losing something.
    """
    if target.suffix.casefold() not in FORMS:
        raise AuditkitError(f"{target.name}: a definition is a {listed(FORMS)} file. Name one of these.")
    if target.exists() and not force:
        raise AuditkitError(
            f"{target} is there already. Choose another name, or say --force to write over it."
        )
    audit, places = forms.read(source)
    written = atomic_write(target, forms.written(audit, target.suffix.casefold()), siblings=False)
    questions = sum(1 for _ in audit.questions())
    said = [f"Wrote {written}: {audit.title}, {questions} questions in {len(audit.sections)} standards."]
    if source.suffix.casefold() == ".yaml":
        said.append(f"Comments (lines that begin with #), if there are any, are only in {source.name}.")
    else:
        said.append(f"Notes of your own, if there are any, are only in {source.name}.")
    problems = check.problems(audit, places)
    if problems:
        said.append(f"Problems of {source.name} that auditkit check would name: {len(problems)}.")
    both = {source.name.casefold(), target.name.casefold()} == {f"{NAME}{ending}" for ending in FORMS}
    if both and source.absolute().parent == target.absolute().parent:
        said.append(
            f"A round takes one of the two: to go on with {target.name}, move {source.name} elsewhere."
        )
    return said
