"""What the environment and .env hold of a portal's secrets, by name; no message ever holds a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from site_builder.model.settings import Settings
from site_builder.problem import Source
from site_builder.seal.envfile import ENV, PLACE, EnvFile, env_file
from site_builder.seal.names import OWNER, SITE, misspelt, variable


@dataclass(frozen=True, repr=False)
class Found:
    """A portal's secrets by name. file: .env, without faults where it holds none of ours; from_file: the names that it gave.

    others: further names that hold something, with where they stand: "the environment" or ".env".
    """

    values: Mapping[str, str]
    file: EnvFile
    from_file: frozenset[str]
    others: Mapping[str, str]
    settings: Settings

    def place(self, name: str) -> Source:
        """Return where a secret stands, or where it was asked for."""
        if name in self.from_file:
            return PLACE
        return self.settings.at("owners") if self.settings.owners else Source("data/portal.yaml")

    @cached_property
    def meant(self) -> Mapping[str, str]:
        """Return the names that were probably meant, by the missing secret's name."""
        wanted = (name for name in _names(self.settings) if name not in self.values)
        near = ((name, misspelt(name, self.others)) for name in wanted)
        return {name: other for name, other in near if other is not None}

    def odd_line(self, name: str) -> int | None:
        """Return the line of .env that is not NAME=value and probably meant to be this secret's; None for none."""
        near = misspelt(name, self.file.odd_lines.values())
        return next((line for line, word in self.file.odd_lines.items() if word == near), None)

    @property
    def has_site(self) -> bool:
        """Whether somebody wrote the portal's own secret, be it under a misspelt name or on a line that cannot be read."""
        return SITE in self.values or SITE in self.meant or self.odd_line(SITE) is not None


def found(settings: Settings, root: Path, environ: Mapping[str, str]) -> Found:
    """Look for the secrets of a portal; the environment wins over .env."""
    names = frozenset(_names(settings))
    file = env_file(root)
    # A build server hands over a secret that it does not have as an empty one.
    here = {name: value for name, value in environ.items() if value.strip()}
    there = {name: value for name, value in file.values.items() if value.strip()}
    values = {name: value for name, value in {**there, **here}.items() if name in names}
    others = {**dict.fromkeys(there.keys() - names, ENV), **dict.fromkeys(here.keys() - names, "the environment")}
    from_file = frozenset(values.keys() - here.keys())
    ours = Found(values, file, from_file, others, settings)
    return ours if _is_ours(ours) else Found(values, EnvFile(), from_file, others, settings)


def _names(settings: Settings) -> tuple[str, ...]:
    return (SITE, *map(variable, settings.owners))


def _is_ours(read: Found) -> bool:
    """Whether .env is the portal's: it holds a secret, perhaps misspelt. One that cannot be read may hold them as well."""
    file = read.file
    named = any(name == SITE or name.startswith(OWNER) for name in (*file.values, *file.odd_lines.values()))
    misread = any(read.others[name] == ENV for name in read.meant.values())
    odd = any(read.odd_line(name) is not None for name in _names(read.settings))
    return not file.is_read or named or misread or odd
