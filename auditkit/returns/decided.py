"""What an officer decided about a file, in place of what the file says of itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from auditkit.fields.days import british
from auditkit.returns.findings import CATALOGUE, severity
from auditkit.returns.identify import NOBODY, Identified, held
from auditkit.returns.model import Finding, Return

if TYPE_CHECKING:
    from auditkit.decisions import Decision


def accepted_as(
    file: str,
    identified: Identified,
    decision: Decision,
    recipients: Collection[str],
    successors: Mapping[str, str] = NOBODY,
) -> Identified:
    """Let an officer's decision stand in for what the file says of itself.

    Args:
        file: The file, as findings name it.
        identified: What the file says.
        decision: The decision to accept it as somebody's return.
        recipients: The ids in the register.
        successors: Who goes on under another id, by the id that its workbook was issued to.

    Returns:
        The recipient of the decision, with a note on what stood against it. If they have left the register,
        the file is held.
    """
    whose = successors.get(decision.recipient_id, decision.recipient_id)
    if whose not in recipients:
        return Identified(
            identified.identity, "", (held(file, "unknown-recipient", recipient=decision.recipient_id),)
        )
    against = "; ".join(CATALOGUE[f.code].title for f in identified.findings if severity(f) == "held")
    own = identified.recipient_id
    said = f"Without that it would be held: {against}" if against else f"It says that it belongs to {own}"
    data = (*_taken(decision), ("recipient", whose), ("against", said))
    note = Finding("accepted-by-decision", file, data=data)
    return Identified(identified.identity, whose, (note,))


def excluded(returns: tuple[Return, ...], decisions: Mapping[str, Decision]) -> tuple[Return, ...]:
    """Pass over what an officer decided should never count.

    Args:
        returns: All returns of the round.
        decisions: The decisions in force, by content.

    Returns:
        The same returns. Those excluded are listed still, but nothing in them counts and nobody has to act
        on what was wrong with them.
    """
    return tuple(
        replace(one, outcome="passed over", findings=(_excluded(one, decisions[one.sha256]),))
        if one.sha256 in decisions and decisions[one.sha256].kind == "exclude"
        else one
        for one in returns
    )


def _excluded(one: Return, decision: Decision) -> Finding:
    return Finding("excluded-by-decision", one.file, data=_taken(decision))


def _taken(decision: Decision) -> tuple[tuple[str, str], ...]:
    """Return who took a decision, when and why, as findings say it."""
    why = decision.why.strip().rstrip(".")
    return (
        ("who", decision.who),
        ("when", british(decision.time.date())),
        ("because", f", because: {why}" if why else ""),
        ("number", str(decision.number)),
    )
