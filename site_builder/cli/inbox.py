"""portal inbox: what the form received goes into data/referrals.csv and data/leads.csv, each lead once."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.inboxperson import person
from site_builder.cli.inboxtext import as_json, doubt, said
from site_builder.cli.linkstext import difference
from site_builder.cli.loaded import ended, load_portal, unknown
from site_builder.cli.private import private_refusal, tellable
from site_builder.cli.shell import WrongUsageError, complain, portal_folder
from site_builder.cli.speaking import counted, listed
from site_builder.cli.told import write_text
from site_builder.edit import ChangedMeanwhileError
from site_builder.git import is_tracked
from site_builder.inbox.arrivals import Arrivals, arrivals, tombstone
from site_builder.inbox.claims import flags
from site_builder.inbox.places import Exported, Place, SourceError, Web, place
from site_builder.inbox.remote import NotServedError
from site_builder.inbox.sources import Fetched, elsewhere, fetched, kept_under, receiver
from site_builder.inbox.writing import LEADS, REFERRALS, Change, changes, written
from site_builder.load.tables import LARGEST_TABLE
from site_builder.load.text import read_bytes
from site_builder.model.portal import Portal

# Over HTTP the receiver gives out what it serves, and a former id is not among that.
_BESIDE: Final = " --from leads.db, beside the receiver's database,"
# Who is a client, who sent whom, and who stands there already: with a mistake in these, an answer would be wrong.
_READ: Final = (REFERRALS, LEADS, "data/referrers.csv", "data/clients.csv")


def inbox(arguments: Arguments) -> int:
    """Write what is new, or print what is kept; 1 where it cannot be fetched, read or written, 2 for wrong usage and CI=true."""
    return ended(lambda: _inbox(arguments))


def _inbox(arguments: Arguments) -> int:
    _check_usage(arguments)
    root = portal_folder(arguments.portal)
    # Read before it is judged: what is changed is what was judged, or the change is refused.
    former = contents(root)
    portal = load_portal(arguments, _READ)
    try:
        if arguments.person is not None:
            return person(arguments, portal, arguments.person)
        source = _place(arguments)
        try:
            answer = fetched(source, portal.settings, datetime.now(UTC), arguments.portal_id)
        except NotServedError:
            _point_elsewhere(source, portal, arguments)
            raise
        run = _Run(arguments, root, portal, former, answer)
        code = run.code()
        if not run.is_new:
            _point_elsewhere(source, portal, arguments)
    except SourceError as error:
        complain(str(error))
        return 1
    return code


def contents(root: Path) -> Mapping[str, bytes | None]:
    """Return the bytes of both tables by path, None for one that is not started; what else is wrong is told when it is loaded."""
    read = {path: read_bytes(root, path, LARGEST_TABLE) for path in (REFERRALS, LEADS)}
    return {path: found if isinstance(found, bytes) else None for path, found in read.items()}


def _check_usage(arguments: Arguments) -> None:
    if arguments.export is not None and arguments.source is not None:
        raise WrongUsageError("--from and --export do not go together; run one after the other")
    if arguments.suspected and (arguments.accept or arguments.dry_run):
        raise WrongUsageError("--suspected only lists; run it without --accept and --dry-run")
    if arguments.format == "json" and arguments.dry_run:
        raise WrongUsageError("--dry-run shows the tables' lines as they would be; run it without --format json")
    if arguments.person is not None and (arguments.export is not None or arguments.suspected or arguments.accept):
        raise WrongUsageError(
            "--person looks into the receiver and the tables; run it without --export, --suspected and --accept"
        )
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)


def _point_elsewhere(source: Place, portal: Portal, arguments: Arguments) -> None:
    """Say that leads lie under another id, which may be this portal's former one; nothing where that cannot be seen."""
    if isinstance(source, Exported):
        return
    own = kept_under(source, portal.settings, arguments.portal_id)
    keys = {row.lead_key for row in portal.leads} | {each.lead_key for each in portal.referrals}
    found: Mapping[str, int] = {}
    with suppress(SourceError):
        found = elsewhere(receiver(source, own), own, lambda key: key in keys or tombstone(key) in keys)
    if found:
        name = quote(next(iter(found)))
        said = listed([f"{counted(count, 'lead')} under {each}" for each, count in found.items()])
        complain(
            f"nothing new for {own}, but elsewhere {said}: was the path in form.endpoint changed?"
            f" portal inbox --portal-id {name}{_BESIDE if isinstance(source, Web) else ''} fetches them"
        )


def _place(arguments: Arguments) -> Place:
    """Return where to look; raises SourceError."""
    return Exported(Path(arguments.export)) if arguments.export is not None else place(arguments.source, os.environ, Path.cwd())


class _Run:
    """One run: what was fetched, compared with the tables."""

    def __init__(
        self, arguments: Arguments, root: Path, portal: Portal, former: Mapping[str, bytes | None], answer: Fetched
    ) -> None:
        self.arguments = arguments
        self.root = root
        self.portal = portal
        self.former = former
        self.answer = answer
        self.is_new = False

    def code(self) -> int:
        """Do what was asked for, and return the exit code; rows of an export that cannot be read make it 1."""
        found = arrivals(self.portal, self.answer.leads, accepted=self.arguments.accept or ())
        self.is_new = bool(found.arrivals or found.suspected)
        self._check_accepted(found)
        code = self._listed(found) if self.arguments.suspected else self._taken_in(found)
        if self.answer.ignored:
            complain(f"columns of the export that are none of the form's were left out: {listed(self.answer.ignored)}")
        if self.answer.problems:
            write_text(tellable(self.arguments, self.answer.problems), sys.stderr, self.root)
            return 1
        return code

    def _check_accepted(self, found: Arrivals) -> None:
        """Refuse a key that is no suspected lead's; one that was accepted before is no mistake."""
        known = {lead.key for lead in self.answer.leads if lead.suspected}
        for key in self.arguments.accept or ():
            if key not in known:
                raise unknown("suspected lead", key, (each.lead.key for each in found.suspected))

    def _listed(self, found: Arrivals) -> int:
        if self.arguments.format == "json":
            sys.stdout.write(as_json(self.portal, replace(found, arrivals=()), {}, ()))
            return 0
        for each in found.suspected:
            sys.stdout.write(doubt(each, self.arguments.portal_id))
        if not found.suspected:
            sys.stdout.write("Nothing is suspected.\n")
        return 0

    def _taken_in(self, found: Arrivals) -> int:
        planned = changes(found.arrivals, self.former)
        if self.arguments.dry_run:
            for change in planned:
                sys.stdout.write(difference(change.former or b"", change.content, change.path))
            complain("nothing was written" if planned else "there is nothing new")
            return 0
        if planned and (code := write_all(self.root, planned)):
            return code
        flagged = flags(self.portal, found.arrivals)
        if self.arguments.format == "json":
            sys.stdout.write(as_json(self.portal, found, flagged, planned))
        else:
            sys.stdout.write(said(self.portal, found.arrivals, flagged, planned) or "Nothing new.\n")
        self._advise(found)
        return 0

    def _advise(self, found: Arrivals) -> None:
        if found.suspected:
            count = counted(len(found.suspected), "lead")
            complain(
                f"{count} may be a robot's and {'was' if len(found.suspected) == 1 else 'were'} not written;"
                " portal inbox --suspected lists them"
            )
        if (self.root / LEADS).exists() and is_tracked(self.root, LEADS):
            complain(
                f"git would keep {LEADS}, and with it people's details for good; write /{LEADS} into .gitignore, and if it is"
                f" tracked already: git rm --cached {LEADS}"
            )


def write_all(root: Path, planned: Sequence[Change]) -> int:
    """Write tables one after the other; 1 where one cannot be written, having said so and what was written before."""
    done: list[str] = []
    for change in planned:
        before = f"{' and '.join(done)} {'was' if len(done) == 1 else 'were'} written; " if done else ""
        try:
            written(root, change)
        except ChangedMeanwhileError:
            rest = "" if done else ", so nothing was written"
            complain(f"{before}{change.path} was saved by somebody else just now{rest}; run this again")
            return 1
        except OSError as error:
            complain(f"{before}{change.path} cannot be written: {(error.strerror or 'unknown reason').lower()}; run this again")
            return 1
        done.append(change.path)
    return 0
