"""portal erase: a person gone from data/leads.csv, data/referrals.csv and the receiver; and what stays where it cannot reach."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.inbox import contents, write_all
from site_builder.cli.leadstore import LeadStore, lead_store
from site_builder.cli.linkstext import difference
from site_builder.cli.loaded import ended, load_portal, unknown
from site_builder.cli.private import private_refusal
from site_builder.cli.shell import WrongUsageError, complain, portal_folder
from site_builder.cli.speaking import counted, listed
from site_builder.git import is_tracked
from site_builder.inbox.claims import place as row_place
from site_builder.inbox.erasure import SENDERS, Erasure, Person, erased, erasure
from site_builder.inbox.places import SourceError
from site_builder.inbox.writing import LEADS, REFERRALS, Change
from site_builder.leads.snapshot import Lead
from site_builder.model.portal import Portal
from site_builder.model.settings import BackEnd
from site_builder.model.tables import Referrer

_READ: Final = (REFERRALS, LEADS)
_DASHBOARDS: Final[Mapping[BackEnd, str]] = {
    BackEnd.NETLIFY: "Netlify, under Forms: delete the submission there",
    BackEnd.FORMSPREE: "Formspree, in the form's inbox: delete the submission there",
    BackEnd.WEB3FORMS: "the mail that Web3Forms sent: delete it in your mailbox, and the submission in its dashboard",
    BackEnd.CUSTOM: "whatever your form posts to: delete it there",
    BackEnd.MAILTO: "the mail in your mailbox: delete it there",
}


def erase(arguments: Arguments) -> int:
    """Erase a person; 1 where a table or the receiver cannot be written, 2 where nobody is meant, agrees, or CI=true."""
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
        # The receiver is asked first: where it does not answer, nothing is touched and nobody is said not to be there.
        store = lead_store(arguments, portal)
        stored = store.receiver.held(key=person.key, email=person.email) if store.receiver is not None else ()
        found = erasure(portal, person, stored)
        beyond = (*((store.note,) if store.note else ()), *(() if stored else _former(store)))
        if found.is_none and not stored:
            return _nobody(arguments, found, store, beyond)
        run = _Run(root, portal, person, found, erased(found, former), store, stored, beyond)
    except SourceError as error:
        complain(f"{error}; nothing was erased")
        return 1
    return run.shown() if arguments.dry_run else run.made(arguments)


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


def _nobody(arguments: Arguments, found: Erasure, store: LeadStore, beyond: Sequence[str]) -> int:
    if arguments.referral:
        sys.stdout.write(f"{arguments.referral} is erased already; nothing was written.\n")
        return 0
    for line in (*beyond, *(f"this stays: {each}" for each in _kept(found))):
        complain(line)
    where = "the tables and at the receiver" if store.receiver is not None else "the tables"
    raise WrongUsageError(f"nobody was found by that in {where}; nothing was erased")


def _former(store: LeadStore) -> Iterator[str]:
    """Yield under which other ids leads lie, where none lies under this one: it may have been another; raises SourceError."""
    counts = store.receiver.portals() if store.receiver is not None else {}
    if counts and store.id not in counts:
        said = listed([f"{counted(count, 'lead')} under {name}" for name, count in counts.items()])
        yield f"the receiver has none under {store.id} but {said}: if one was this form's, run this again with --portal-id"


@dataclass(frozen=True, slots=True)
class _Run:
    """One erasure: who, where they stand, and what becomes of the tables; beyond: where it did not look, and what to do."""

    root: Path
    portal: Portal
    person: Person
    found: Erasure
    planned: tuple[Change, ...]
    store: LeadStore
    stored: tuple[Lead, ...]
    beyond: tuple[str, ...]

    def shown(self) -> int:
        """Print what would change."""
        for change in self.planned:
            sys.stdout.write(difference(change.former or b"", change.content, change.path))
        if self.stored:
            sys.stdout.write(f"{self._in_store()} would be erased at the receiver.\n")
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
        try:
            self._erase_there()
        except SourceError as error:
            before = f"{LEADS} was written; " if leads else ""
            complain(f"{before}{error}; the rest is not erased yet: run this again")
            return 1
        referrals = [each for each in self.planned if each.path == REFERRALS]
        if referrals and (code := write_all(self.root, referrals)):
            return code
        sys.stdout.write("Erased: " + "; ".join(self._places()) + ".\n")
        for line in self._stays():
            sys.stdout.write(f"It stays in {line}.\n")
        for line in self.beyond:
            sys.stdout.write(f"{line[0].upper()}{line[1:]}.\n")
        return 0

    def _erase_there(self) -> None:
        """Erase at the receiver; raises SourceError."""
        if self.store.receiver is None:
            return
        if self.person.email:
            self.store.receiver.erase(email=self.person.email)
        for key in self.found.keys:
            self.store.receiver.erase(key=key)

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
        for row in self.found.senders:
            columns = " and ".join(name for name in SENDERS if getattr(row, name))
            yield f"{columns}, the sender's own, in {row_place(row)}, where the friend's details stay"
        yield from (f"the prospect of {row.referral_id} in {row_place(row)}" for row in self.found.referrals)
        if self.stored:
            yield f"{self._in_store()} at the receiver"

    def _in_store(self) -> str:
        fetched = {row.lead_key for row in self.portal.leads} | {each.lead_key for each in self.portal.referrals}
        new = sum(lead.key not in fetched for lead in self.stored)
        return counted(len(self.stored), "lead") + (f", {new} of which portal inbox has not fetched," if new else "")

    def _stays(self) -> Iterator[str]:
        """Yield where copies may be that no command reaches."""
        if dashboard := _DASHBOARDS.get(self.portal.settings.form.backend):
            yield dashboard
        if is_tracked(self.root, REFERRALS):
            yield f"the history of {REFERRALS}, which git keeps, and in every copy of it"
        yield from _kept(self.found)
        won = {each.won_client_id for each in self.found.referrals if each.won_client_id}
        yield from (f"data/clients.csv as {client}, whose contract is a reason to keep it" for client in sorted(won))
        yield "backups, and in the mails and chat messages that told of it"


def _kept(found: Erasure) -> Iterator[str]:
    for row in found.others:
        if isinstance(row, Referrer):
            yield (
                f"{row_place(row)}, {row.referrer_id}'s own row as somebody who sends: empty email there by hand and write"
                " another name; the row itself stays while referrals name its referrer_id"
            )
        else:
            yield f"{row_place(row)}, which is not the inbox's; see by hand whether it may stay"
