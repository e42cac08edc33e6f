"""The words of a letter: ``letter.txt``, in which names in double braces stand for what the round says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from auditkit.definition.wording import listed
from auditkit.errors import AuditkitError, Problem, ProblemsError
from auditkit.plan import written
from auditkit.register import Recipient
from auditkit.round import LETTER, Round

SUBJECT = "Subject:"


@dataclass(frozen=True)
class Letter:
    """What one recipient is written."""

    subject: str
    body: str


def read(folder: Path) -> Template:
    """Read the words of a round's letters.

    Raises:
        ProblemsError: They can't be understood.
        AuditkitError: There are none.
    """
    path = folder / LETTER
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise AuditkitError(
            f"{folder} has no {LETTER}, which holds the words of the letters. The one of the ready-made "
            "audit rapid_review shows how: auditkit new rapid_review example"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        message = "this can't be read as text: save it as plain text (UTF-8) and close it"
        raise ProblemsError([Problem(LETTER, "", message)]) from error
    if not text.startswith(SUBJECT):
        message = f"the first line must be '{SUBJECT}' and what the email is about, then a blank line"
        raise ProblemsError([Problem(LETTER, "line 1", message)])
    # The officer wrote the words, but may have had them from somebody: they reach nothing but what is given.
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    try:
        return environment.from_string(text)
    except TemplateSyntaxError as error:
        raise ProblemsError([Problem(LETTER, f"line {error.lineno}", f"{error.message}")]) from error


def filled(template: Template, values: Mapping[str, Any]) -> Letter:
    """Return the letter with what the round says in its places.

    Raises:
        ProblemsError: It names something that the round doesn't say.
    """
    try:
        text = template.render(values)
    except UndefinedError as error:
        message = f"{error.message}; what there is: {listed(sorted(values), 'and')}"
        raise ProblemsError([Problem(LETTER, "", message)]) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
        raise ProblemsError([Problem(LETTER, "", f"what stands in double braces fails: {error}")]) from error
    subject, _, body = text.partition("\n")
    return Letter(" ".join(subject.removeprefix(SUBJECT).split()), body.strip() + "\n")


def values(round_: Round, recipient: Recipient, workbook: str) -> dict[str, Any]:
    """Return what a letter can name: the reference lists it for officers.

    Args:
        round_: The round.
        recipient: To whom the letter goes.
        workbook: The name of the workbook that goes with it, if one does.
    """
    settings, schedule = round_.settings, round_.schedule
    steps = [due for due in schedule.dues if due.step.recipients]
    names = ("title", "partnership", "contact_name", "contact_email", "contact_phone")
    return {
        **{name: getattr(settings, name) for name in names},
        "deadline": written(settings.deadline),
        "recipient": recipient.row(),
        "workbook": workbook,
        "starts": {name: written(day) for name, day in schedule.starts.items()},
        "steps": [
            {"day": written(due.day), "what": due.step.what, "why": due.step.why, "plan": due.plan.title}
            for due in steps
        ],
    }
