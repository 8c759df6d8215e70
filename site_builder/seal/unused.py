"""What was written for private pages and opens none: odd lines of .env, phrases of nobody, owners without a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from site_builder.codes import problem
from site_builder.model.portal import Portal
from site_builder.problem import Problem
from site_builder.seal.envfile import ENV, PLACE
from site_builder.seal.found import Found, found
from site_builder.seal.names import is_owners

_CLIENTS: Final = "data/clients.csv"


def unused(portal: Portal, root: Path, environ: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return a warning (D706) for the lines of .env that are not NAME=value, and notes (D707) for what opens no page.

    Of .env alone where it holds secrets of ours; names are told and no values, and of odd lines their numbers.
    """
    given = found(portal.settings, root, environ)
    return (*_odd_lines(given), *_of_nobody(given), *_without_page(portal))


def _odd_lines(given: Found) -> Iterator[Problem]:
    lines = sorted(given.file.odd_lines)
    if lines:
        told = f"line {lines[0]} is" if len(lines) == 1 else f"lines {', '.join(map(str, lines))} are"
        hint = "write NAME=value, in quotation marks where the value has any, or a # in front of what is for people"
        yield problem("D706", PLACE, f"{told} not NAME=value, so nobody reads {'it' if len(lines) == 1 else 'them'}", hint=hint)


def _of_nobody(given: Found) -> Iterator[Problem]:
    told = frozenset(given.meant.values())
    for name, where in sorted(given.others.items()):
        if is_owners(name) and name not in told:
            place = PLACE if where == ENV else given.place(name)
            hint = "name the owner in data/portal.yaml, or take it away: owners: {ann: Ann Hale} makes it PORTAL_OWNER_ANN"
            yield problem("D707", place, f"{name} stands in {where} and is no owner's", hint=hint)


def _without_page(portal: Portal) -> Iterator[Problem]:
    if portal.settings.owners and _CLIENTS in portal.absent:
        hint = f"{_CLIENTS} would add it: /kpis/, the page of the five numbers"
        message = f"the owners have no page to open, for there is no {_CLIENTS}"
        yield problem("D707", portal.settings.at("owners"), message, hint=hint, field="owners")
