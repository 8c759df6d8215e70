"""The names of secrets, and the ones that were probably meant to be such a name; what they hold is nobody's business here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from site_builder.suggest import near

SITE: Final = "PORTAL_SECRET"
OWNER: Final = "PORTAL_OWNER_"
# What stands in front of a "=" may be part of a secret that was written over several lines.
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")


def variable(owner: str) -> str:
    """Return the name under which an owner's passphrase stands in the environment."""
    return OWNER + owner.upper()


def misspelt(wanted: str, names: Iterable[str]) -> str | None:
    """Return the name by which a secret's name was probably meant; None where none is near. names: of no other secret."""
    return near(wanted, [name for name in names if _NAME.fullmatch(name) and _is_near(wanted, name)])


def is_owners(name: str) -> bool:
    """Whether a name is that of an owner's passphrase, whoever the owner."""
    return name.startswith(OWNER) and _NAME.fullmatch(name) is not None


def _is_near(wanted: str, name: str) -> bool:
    """Whether the part that tells names apart is near: the names of all owners' passphrases begin alike."""
    front, own = _plain(OWNER), _plain(wanted.removeprefix(OWNER))
    plain = _plain(name)
    if not wanted.startswith(OWNER):
        return not plain.startswith(front)
    if plain.startswith(front):
        return near(own, (plain.removeprefix(front),)) is not None
    return plain.endswith(own)


def _plain(name: str) -> str:
    return re.sub("[_-]", "", name).casefold()
