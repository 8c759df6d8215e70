"""The secrets that the environment and .env give, or what is wrong with them; no message ever holds a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from site_builder.codes import problem
from site_builder.model.settings import Settings
from site_builder.problem import Problem
from site_builder.seal.demo import DEMO_PHRASES, DEMO_SECRET, demo_phrases
from site_builder.seal.derived import phrase_bytes
from site_builder.seal.envfile import ENV
from site_builder.seal.found import Found, found
from site_builder.seal.keys import Secrets
from site_builder.seal.names import SITE, variable
from site_builder.seal.strength import FEWEST_BITS, bits, site_secret

_NEW_SECRET: Final = "portal passphrase --secret makes one; put it into the environment or .env"  # noqa: S105  # a hint
_LOST_SECRET: Final = (
    f"look for your copy first: with a new one, every link you sent stops working; if there never was one, {_NEW_SECRET}"
)
_WITHOUT: Final = "portal build --public-only leaves these pages out"
_NEW_PHRASE: Final = "portal passphrase makes one of six words"
_NO_TEXT: Final = re.compile("[\ud800-\udfff\ufffd]")
_PUBLISHED: Final = frozenset(phrase_bytes(phrase).lower() for phrase in DEMO_PHRASES)


def secrets_of(settings: Settings, root: Path, environ: Mapping[str, str]) -> Secrets | tuple[Problem, ...] | None:
    """Return what private pages are sealed with; None where there are none: no owners and no PORTAL_SECRET.

    The environment wins over .env. A demo without PORTAL_SECRET has published secrets. Problems: D701 to D704, and D002, D003 and
    D005 of .env.
    """
    given = found(settings, root, environ)
    if not (settings.owners or settings.demo or given.has_site or given.file.faults):
        return None
    if settings.demo and not (given.values or given.has_site):
        return given.file.faults or Secrets(DEMO_SECRET, demo_phrases(settings.owners), is_demo=True)
    faults = (*given.file.faults, *_site_faults(given), *_owner_faults(given))
    site = site_secret(given.values.get(SITE, ""))
    if faults or site is None:
        return faults
    owners = {owner: given.values[variable(owner)] for owner in settings.owners}
    published = site == DEMO_SECRET and all(map(_is_published, owners.values()))
    return Secrets(site, owners, is_demo=published)


def _site_faults(given: Found) -> Iterator[Problem]:
    place = given.place(SITE)
    if SITE not in given.values:
        if given.file.is_read:  # otherwise it may stand there
            meant = _meant(given, SITE)
            hint = f"{meant} {_WITHOUT}" if meant else f"{_LOST_SECRET}; {_WITHOUT}"
            yield problem("D701", place, f"{SITE} is missing, with which private pages are sealed", hint=hint)
        return
    site = site_secret(given.values[SITE])
    if site is None:
        yield problem("D702", place, f"{SITE} is not 32 random bytes or more, in hex or base64", hint=_NEW_SECRET)
    elif site == DEMO_SECRET and not given.settings.demo:
        yield problem("D704", place, f"{SITE} is the demo's, which is published", hint=_NEW_SECRET)


def _owner_faults(given: Found) -> Iterator[Problem]:
    settings = given.settings
    seen: dict[bytes, str] = {}
    around = (settings.name, *settings.owners, *settings.owners.values())
    for owner in settings.owners:
        name = variable(owner)
        place = given.place(name)
        phrase = given.values.get(name)
        if phrase is None:
            if given.file.is_read:
                message = f'{name} is missing, the passphrase of "{owner}"'
                hint = _meant(given, name) or f"{_NEW_PHRASE}; put it into the environment or .env"
                yield problem("D701", place, message, hint=hint, field="owners")
            continue
        same = seen.setdefault(phrase_bytes(phrase), name)
        if same != name:
            yield problem("D702", place, f"{name} is the same as {same}", hint=f"{_NEW_PHRASE}; give each owner their own")
        elif _is_published(phrase) and not settings.demo:
            yield problem("D704", place, f"{name} is one of the demo's, which are published", hint=_NEW_PHRASE)
        elif message := _weakness(phrase, around):
            yield problem("D702", place, f"{name} {message}", hint=_NEW_PHRASE)


def _meant(given: Found, name: str) -> str:
    """Return where a missing secret probably stands under another name, "" for nowhere."""
    if name in given.meant:
        other = given.meant[name]
        return f'{other} stands in {given.others[other]}: did you mean "{name}"?'
    line = given.odd_line(name)
    return f"line {line} of {ENV} is not NAME=value: did you mean {name}=…?" if line is not None else ""


def _weakness(phrase: str, around: tuple[str, ...]) -> str:
    """Return what is the matter with a phrase, "" for nothing."""
    if _NO_TEXT.search(phrase):
        return "holds what is no text"
    return "can be guessed" if bits(phrase_bytes(phrase).decode(), around) < FEWEST_BITS else ""


def _is_published(phrase: str) -> bool:
    return phrase_bytes(phrase).lower() in _PUBLISHED
