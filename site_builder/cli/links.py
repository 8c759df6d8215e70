"""portal links: the links to hand out, and --assign and --renew, which write their codes into data/referrers.csv."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.linkstext import as_json, as_text, difference
from site_builder.cli.loaded import ended, load_portal, unknown
from site_builder.cli.private import private_refusal
from site_builder.cli.privatelinks import PrivateLink, as_lines, private_links
from site_builder.cli.shell import WrongUsageError, complain, portal_folder
from site_builder.cli.told import write_text
from site_builder.edit import ChangedMeanwhileError, change_cells, replace_content
from site_builder.load.tables import LARGEST_TABLE
from site_builder.load.text import read_bytes
from site_builder.model.portal import Portal
from site_builder.model.tables import Referrer
from site_builder.problem import Problem
from site_builder.rules.links import fresh_code
from site_builder.rules.standing import active_clients
from site_builder.seal import Keys, Secrets, secrets_of

_TABLE: Final = "data/referrers.csv"
_CLIENTS: Final = "data/clients.csv"
_NOBODY: Final = "Nobody has a link: there is no active referrer in data/referrers.csv.\n"
_NO_PAGE: Final = "There is no link: a client's only one leads to their own page.\n"

_Changes = Mapping[str, Mapping[str, str]]
"""A referrer's id → a column → its new text."""


def links(arguments: Arguments) -> int:
    """Print the links, or write codes; 1 where the table has mistakes or cannot be written, 2 for wrong usage."""
    return ended(lambda: _answer(arguments))


def _answer(arguments: Arguments) -> int:
    _check_usage(arguments)
    root = portal_folder(arguments.portal)
    # Read before it is judged: what is changed is what was judged, or the change is refused.
    former = read_bytes(root, _TABLE, LARGEST_TABLE)
    changing = arguments.assign or arguments.renew is not None
    # A mistake in the table stands in the way: a referrer could be missing, or a change could hit the wrong cell.
    portal = load_portal(arguments, (_TABLE,) if changing else (_TABLE, _CLIENTS))
    if not changing:
        return _list(arguments, portal, secrets_of(portal.settings, root, os.environ))
    if isinstance(former, Problem):  # absent: anything else would have been a mistake above
        complain(f"{_TABLE} is not started, so there is nobody to give a code to")
        return 0
    changes, said = _changes(arguments, portal)
    if not changes:
        sys.stdout.write(f"{said}\n")
        return 0
    edit = _Edit(root, former, change_cells(former, changes, key="referrer_id"), said)
    return edit.shown() if arguments.dry_run else edit.made()


def _check_usage(arguments: Arguments) -> None:
    changing = arguments.assign or arguments.renew is not None
    if arguments.ids and changing:
        raise WrongUsageError("ids are for the list of links; --assign is for everybody, and --renew takes one ID of its own")
    if arguments.assign and arguments.renew is not None:
        raise WrongUsageError("--assign and --renew do not go together; run one after the other")
    if arguments.dry_run and not changing:
        raise WrongUsageError("--dry-run goes with --assign or --renew ID; without them nothing is changed anyway")
    if arguments.format != "text" and changing:
        raise WrongUsageError("--format is for the list of links; run portal links --format json afterwards")
    prints_rows = not changing or arguments.dry_run
    if prints_rows and (refusal := private_refusal(arguments)):
        raise WrongUsageError(refusal)


def _list(arguments: Arguments, portal: Portal, found: Secrets | tuple[Problem, ...] | None) -> int:
    """Print the links, and those to private pages where there are secrets; 1 where something is wrong with these.

    Raises WrongUsageError for an id of nobody who has a link.
    """
    only = frozenset(arguments.ids)
    _check_known(portal, arguments.ids)
    private = private_links(portal, Keys(found)) if isinstance(found, Secrets) else ()
    private = tuple(each for each in private if not only or each.id in only)
    if arguments.format == "json":
        sys.stdout.write(as_json(portal, private, only))
    else:
        people = as_text(portal, sys.stdout, only)
        sys.stdout.write((people + as_lines(private)).lstrip("\n") or (_NO_PAGE if only else _NOBODY))
        _say_guessable(portal, only)
        _say_unbuilt(portal, private, portal_folder(arguments.portal) / "output")
    if isinstance(found, tuple):
        write_text(found, sys.stderr, portal_folder(arguments.portal), then="Links to private pages were left out.")
        return 1
    if found is None and arguments.format == "text":
        complain("nobody has a private page yet; portal passphrase --secret makes the PORTAL_SECRET that starts them")
    return 0


def _check_known(portal: Portal, ids: Sequence[str]) -> None:
    active = {person.referrer_id for person in portal.referrers if person.active}
    active |= {client.client_id for client in active_clients(portal, portal.as_of)}
    former = {person.referrer_id for person in portal.referrers} | {client.client_id for client in portal.clients}
    for typed in ids:
        if typed in former - active:
            raise WrongUsageError(f"{typed} is no longer active, so there is no link")
        if typed not in active:
            raise unknown("referrer or client", typed, active)


def _say_unbuilt(portal: Portal, private: Sequence[PrivateLink], output: Path) -> None:
    """Say how many of the private pages are missing where the site was built; nothing where it was not."""
    base = f"{portal.settings.base_url.rstrip('/')}/"
    paths = [each.url.removeprefix(base).partition("#")[0] for each in private]
    missing = sum(not (output / path / "index.html").is_file() for path in paths)
    if missing and (output / "index.html").is_file():
        pages = "1 of these private pages is" if missing == 1 else f"{missing} of these private pages are"
        complain(f"{pages} not in output/, so the link leads nowhere; portal build, without --public-only, makes them")


def _say_guessable(portal: Portal, only: Collection[str]) -> None:
    people = (person for person in portal.referrers if not only or person.referrer_id in only)
    guessable = sum(person.active and person.link_code is None for person in people)
    if guessable:
        complain(
            f"{guessable} of these links {'is an id and' if guessable == 1 else 'are ids and'} can be guessed;"
            " portal links --assign writes codes"
        )


def _changes(arguments: Arguments, portal: Portal) -> tuple[_Changes, str]:
    """Return what to write and what to say of it; raises WrongUsageError for an id there is not."""
    if arguments.renew is None:
        return _assigned(portal)
    person = _person(portal, arguments.renew)
    code = fresh_code(secrets.choice, _taken(portal))
    if person.link_code is None:
        return {person.referrer_id: {"link_code": code}}, f"{person.referrer_id} had no code and has one now."
    said = f"{person.referrer_id} has another code; the former one leads to it. To end it, take it out of old_codes."
    old_codes = ";".join((*person.old_codes, person.link_code))
    return {person.referrer_id: {"link_code": code, "old_codes": old_codes}}, said


def _assigned(portal: Portal) -> tuple[_Changes, str]:
    taken = set(_taken(portal))
    changes = {}
    for person in portal.referrers:
        if person.link_code is None:
            code = fresh_code(secrets.choice, taken)
            taken.add(code.casefold())
            changes[person.referrer_id] = {"link_code": code}
    if not changes:
        return {}, "Everybody has a code already; nothing was written."
    count = len(changes)
    who = "One referrer has a code" if count == 1 else f"{count} referrers have a code"
    return changes, f"{who} now. Links by id end with the next build; portal links prints the new ones."


def _taken(portal: Portal) -> frozenset[str]:
    """Return every code that leads somewhere or once did, and every id, case folded."""
    people = portal.referrers
    codes = (code for person in people for code in (person.referrer_id, person.link_code or "", *person.old_codes))
    return frozenset(code.casefold() for code in codes)


def _person(portal: Portal, typed: str) -> Referrer:
    people = {person.referrer_id: person for person in portal.referrers}
    if typed in people:
        return people[typed]
    raise unknown("referrer", typed, people)


@dataclass(frozen=True)
class _Edit:
    """A change of the table. said: what it means for the people in it."""

    root: Path
    former: bytes
    content: bytes
    said: str

    def shown(self) -> int:
        """Print what would change."""
        sys.stdout.write(difference(self.former, self.content, _TABLE))
        complain("nothing was written; codes are drawn anew each time")
        return 0

    def made(self) -> int:
        """Write the table and say so."""
        try:
            replace_content(self.root / _TABLE, self.former, self.content)
        except ChangedMeanwhileError:
            complain(f"{_TABLE} was saved by somebody else just now, so nothing was written; run this again")
            return 1
        except OSError as error:
            complain(f"{_TABLE} cannot be written: {(error.strerror or 'unknown reason').lower()}")
            return 1
        sys.stdout.write(f"{self.said}\n")
        return 0
