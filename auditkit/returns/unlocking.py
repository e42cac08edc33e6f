"""Which passwords may open whose files: a recipient's own, and those of packs that it is or was in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditkit.register import packs
from auditkit.returns.basis import Basis


def passwords_by_id(basis: Basis) -> dict[str, tuple[str, ...]]:
    """Return the passwords that may open the files of each recipient and each pack, by id, likely ones first.

    Who left a pack may send a workbook from before, and so may who was in a pack that isn't made any more.
    """
    own = {r.id: (r.open_password, *packs.passwords_in(r)) for r in basis.recipients}
    of_packs = packs.passwords(basis.recipients)
    found: dict[str, list[str]] = {key: list(passwords) for key, passwords in own.items()}
    for addressee in basis.addressees:
        found.setdefault(addressee.id, []).append(addressee.open_password)
    for pack, members in _together(basis).items():
        shared = [*found.get(pack, ()), *of_packs.get(pack, ())]
        shared += [password for member in members for password in own.get(member, ())[1:]]
        found[pack] = [*shared, *(own[member][0] for member in members if member in own)]
        for member in members:
            found.setdefault(member, []).extend(shared)
    for old, new in basis.successors.items():
        found[old] = [*found.get(old, ()), *found.get(new, ())]
        found[new] = [*found.get(new, ()), *found[old]]
    known = {key: tuple(dict.fromkeys(filter(None, passwords))) for key, passwords in found.items()}
    return {key: passwords for key, passwords in known.items() if passwords}


def _together(basis: Basis) -> Mapping[str, Iterable[str]]:
    """Return the ids of all who are or were in each pack, as they are called now, by the pack's id."""
    found: dict[str, dict[str, None]] = {}
    made = (*basis.packs.items(), *((key, pack) for (key, *_), pack in basis.issued_packs.items()))
    for key, pack in made:
        found.setdefault(key, {}).update({basis.successors.get(m.id, m.id): None for m in pack.members})
    return found
