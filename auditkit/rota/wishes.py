"""What an officer says of single recipients, in the register's own columns: to ask them this year, or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditkit.definition.wording import did_you_mean, quoted
from auditkit.errors import Problem, ProblemsError
from auditkit.register import Recipient
from auditkit.rota.rule import Rota, Wish

# Columns of the register: yes or no, and why.
ASK, ASK_REASON = "ask", "ask_reason"
WORDS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def wishes_of(recipients: Iterable[Recipient], register: str) -> dict[str, Wish]:
    """Return what the officer says in the register's columns ``ask`` and ``ask_reason``.

    Args:
        recipients: The register.
        register: Its file's name, for messages.

    Raises:
        ProblemsError: A cell says neither yes nor no, or nothing says why somebody is left out.
    """
    found, problems = {}, []
    for recipient in recipients:
        own = {letters(header): value for header, value in recipient.extra.items()}
        said, reason = own.get(letters(ASK), ""), own.get(letters(ASK_REASON), "")
        asked = WORDS.get(said.casefold())
        if said and asked is None:
            problems.append(
                Problem(register, recipient.id, f"the column {ASK} holds {quoted(said)}: write Yes or No")
            )
        elif asked is False and not reason:
            problems.append(
                Problem(
                    *(register, recipient.id),
                    f"it is left out this year ({ASK}: {said}): say why in the column {ASK_REASON}",
                )
            )
        elif asked is not None:
            found[recipient.id] = Wish(asked, reason)
    if problems:
        raise ProblemsError(problems)
    return found


def unknown_columns(rota: Rota, recipients: Iterable[Recipient]) -> Iterator[str]:
    """Yield a sentence for each column under ``always`` that the register hasn't."""
    columns = list(dict.fromkeys(column for r in recipients for column in r.row()))
    for column in rota.always:
        if column not in columns:
            yield f"the register has no column {quoted(column)}{did_you_mean(column, columns)}"


def letters(header: str) -> str:
    """Return what counts in a header: case, spaces and signs don't."""
    return "".join(filter(str.isalnum, header)).casefold()
