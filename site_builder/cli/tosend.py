"""Whose link is to be sent after a build: their page is new, or stands at a new address. The links themselves are not printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

_MOST: Final = 10


def to_send(new: Iterable[str], personal: Mapping[str, str], *, named: bool) -> str:
    """Return a line with the command that prints the new pages' links; "" where no page of one person or firm is new.

    new: paths that came with this build. personal: whose each page is, an id by path. named: whether ids may be told here; where
    they may not, or everybody's are new, or more than ten, it is the command that prints all.
    """
    ids = dict.fromkeys(personal[path] for path in new if path in personal)
    if not ids:
        return ""
    if not named or len(ids) > _MOST or ids.keys() == set(personal.values()):
        return "Send the new links out: portal links prints everybody's.\n"
    return f"Send the new links out: portal links {' '.join(sorted(ids))} prints them.\n"
