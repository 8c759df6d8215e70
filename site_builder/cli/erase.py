"""portal erase: a person gone from data/leads.csv, data/referrals.csv and the receiver; and what stays where it cannot reach."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.inbox import contents, write_all
from site_builder.cli.linkstext import difference
from site_builder.cli.loaded import ended, load_portal, unknown
from site_builder.cli.private import private_refusal
from site_builder.cli.shell import WrongUsageError, complain, portal_folder
from site_builder.cli.speaking import counted
from site_builder.inbox.claims import place as row_place
from site_builder.inbox.erasure import Erasure, Person, erased, erasure
from site_builder.inbox.sources import Database, NoSourceError, SourceError, Web, opened, place
from site_builder.inbox.tracked import is_tracked
from site_builder.inbox.writing import LEADS, REFERRALS, Change
from site_builder.leads.portal import portal_id
from site_builder.leads.snapshot import Lead
from site_builder.model.portal import Portal
from site_builder.model.settings import BackEnd

_READ: Final = (REFERRALS, LEADS)
_DASHBOARDS: Final[Mapping[BackEnd, str]] = {
    BackEnd.NETLIFY: "Netlify, under Forms: delete the submission there",
    BackEnd.FORMSPREE: "Formspree, in the form's inbox: delete the submission there",
    BackEnd.WEB3FORMS: "the mail that Web3Forms sent: delete it in your mailbox, and the submission in its dashboard",
    BackEnd.CUSTOM: "whatever your form posts to: delete it there",
    BackEnd.MAILTO: "the mail in your mailbox: delete it there",
}


def erase(arguments: Arguments) -> int:
    """Erase a person; 1 where a table or the database cannot be written, 2 where nobody is meant, agrees, or CI=true."""
    return ended(lambda: _erase(arguments))


def _erase(arguments: Arguments) -> int:
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)
    root = portal_folder(arguments.portal)
    # Read before it is judged: what is changed is what was judged, or the change is refused.
    former = contents(root)
    portal = load_portal(arguments, _READ)
    person = _person(arguments, portal)
    try:
        store = _store(arguments, portal)
        stored = store.held(person) if store.url else ()
        found = erasure(portal, person, stored)
        if found.is_none and not stored:
            return _nobody(arguments, found)
        run = _Run(root, portal, person, found, erased(found, former), store, stored)
        return run.shown() if arguments.dry_run else run.made(arguments)
    except SourceError as error:
        complain(str(error))
        return 1


def _person(arguments: Arguments, portal: Portal) -> Person:
    """Return who is meant; a referral brings its lead's key."""
    if arguments.referral:
        rows = {each.referral_id: each for each in portal.referrals}
        if arguments.referral not in rows:
            raise unknown("referral", arguments.referral, rows)
        return Person(rows[arguments.referral].lead_key or "", arguments.referral)
    person = Person(key=(arguments.key or "").strip(), email=(arguments.email or "").strip())
    if not person.key and "@" not in person.email:
        raise WrongUsageError("--key, --referral or --email names nobody; write a key, an id or an address behind it")
    return person


def _nobody(arguments: Arguments, found: Erasure) -> int:
    if arguments.referral:
        sys.stdout.write(f"{arguments.referral} is erased already; nothing was written.\n")
        return 0
    for line in _kept(found):
        complain(f"this stays: {line}")
    raise WrongUsageError("nobody was found by that in the tables and in the receiver's database; nothing was erased")


@dataclass(frozen=True, slots=True)
class _Store:
    """The receiver's database, where it can be reached. url: "" where it cannot; note: what to do about that, "" for nothing."""

    url: str
    portal: str
    note: str = ""

    def held(self, person: Person) -> tuple[Lead, ...]:
        """Return what is there of somebody; raises SourceError."""
        with opened(self.url) as store:
            if person.email:
                return store.export(person.email, portal=self.portal)
            return tuple(lead for lead in store.leads(self.portal, suspected=None) if person.key and lead.key == person.key)

    def erase(self, person: Person, keys: tuple[str, ...]) -> int:
        """Erase what is there of somebody and return how many leads; raises SourceError."""
        with opened(self.url) as store:
            by_email = store.erase(email=person.email, portal=self.portal) if person.email else 0
            return by_email + sum(store.erase(key=key, portal=self.portal) for key in keys)


def _store(arguments: Arguments, portal: Portal) -> _Store:
    """Return where the receiver's leads can be reached; raises SourceError for a place that was named and is not there."""
    name = portal_id(portal.settings.form)
    is_own = portal.settings.form.backend is BackEnd.RECEIVER
    here = "run portal erase there too, with --key or --email, beside its database"
    try:
        found = place(arguments.source, os.environ, Path.cwd())
    except NoSourceError:
        return _Store("", name, f"the receiver's database, which is not here: {here}" if is_own else "")
    match found:
        case Database(url) if name:
            return _Store(url, name)
        case Web() if is_own:
            return _Store("", name, f"the receiver, which erases nothing over HTTP: {here}")
    return _Store("", name)


@dataclass(frozen=True, slots=True)
class _Run:
    """One erasure: who, where they stand, and what becomes of the tables."""

    root: Path
    portal: Portal
    person: Person
    found: Erasure
    planned: tuple[Change, ...]
    store: _Store
    stored: tuple[Lead, ...]

    def shown(self) -> int:
        """Print what would change."""
        for change in self.planned:
            sys.stdout.write(difference(change.former or b"", change.content, change.path))
        if self.stored:
            sys.stdout.write(f"{self._in_store()} would be erased from the receiver's database.\n")
        complain("nothing was erased")
        return 0

    def made(self, arguments: Arguments) -> int:
        """Ask, erase, and say what was erased and what stays.

        The lead's row is first: it leads the next run to the rest, should this one be interrupted (inbox/erasure).
        """
        if not arguments.yes:
            self._ask()
        leads = [each for each in self.planned if each.path == LEADS]
        if leads and (code := write_all(self.root, leads)):
            return code
        if self.store.url:
            self.store.erase(self.person, self.found.keys)
        referrals = [each for each in self.planned if each.path == REFERRALS]
        if referrals and (code := write_all(self.root, referrals)):
            return code
        sys.stdout.write("Erased: " + "; ".join(self._places()) + ".\n")
        for line in self._stays():
            sys.stdout.write(f"It stays in {line}.\n")
        return 0

    def _ask(self) -> None:
        """Raise WrongUsageError unless somebody agrees."""
        if not sys.stdin.isatty():
            raise WrongUsageError("nobody can be asked here whether to erase; look with --dry-run, then say so with --yes")
        sys.stderr.write(f"This erases {'; '.join(self._places())}. It cannot be taken back. Erase? [y/N] ")
        sys.stderr.flush()
        if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
            raise WrongUsageError("nothing was erased")

    def _places(self) -> Iterator[str]:
        """Yield what is erased, by ids and lines."""
        yield from (f"the lead in {row_place(row)}" for row in self.found.leads)
        yield from (f"the sender's own details in {row_place(row)}" for row in self.found.senders)
        yield from (f"the prospect of {row.referral_id} in {row_place(row)}" for row in self.found.referrals)
        if self.stored:
            yield f"{self._in_store()} in the receiver's database"

    def _in_store(self) -> str:
        fetched = {row.lead_key for row in self.portal.leads} | {each.lead_key for each in self.portal.referrals}
        new = sum(lead.key not in fetched for lead in self.stored)
        return counted(len(self.stored), "lead") + (f", {new} of which portal inbox has not fetched," if new else "")

    def _stays(self) -> Iterator[str]:
        """Yield where copies may be that no command reaches."""
        if self.store.note:
            yield self.store.note
        if dashboard := _DASHBOARDS.get(self.portal.settings.form.backend):
            yield dashboard
        if is_tracked(self.root, REFERRALS):
            yield f"the history of {REFERRALS}, which git keeps, and in every copy of it"
        yield from _kept(self.found)
        won = {each.won_client_id for each in self.found.referrals if each.won_client_id}
        yield from (f"data/clients.csv as {client}, whose contract is a reason to keep it" for client in sorted(won))
        yield "backups, and in the mails and chat messages that told of it"


def _kept(found: Erasure) -> Iterator[str]:
    return (f"{row_place(row)}, which is not the inbox's; see by hand whether it may stay" for row in found.others)
