"""portal inbox: what the form received goes into data/referrals.csv and data/leads.csv, each lead once."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.inboxtext import doubt, said
from site_builder.cli.linkstext import difference
from site_builder.cli.loaded import ended, load_portal, unknown
from site_builder.cli.private import private_refusal, tellable
from site_builder.cli.shell import WrongUsageError, complain, portal_folder
from site_builder.cli.speaking import counted, listed
from site_builder.cli.told import write_text
from site_builder.edit import ChangedMeanwhileError
from site_builder.inbox.arrivals import Arrivals, arrivals
from site_builder.inbox.claims import flags
from site_builder.inbox.sources import Exported, Fetched, Place, SourceError, fetched, place
from site_builder.inbox.tracked import is_tracked
from site_builder.inbox.writing import LEADS, REFERRALS, Change, changes, written
from site_builder.load.tables import LARGEST_TABLE
from site_builder.load.text import read_bytes
from site_builder.model.portal import Portal

# Who is a client, who sent whom, and who stands there already: with a mistake in these, an answer would be wrong.
_READ: Final = (REFERRALS, LEADS, "data/referrers.csv", "data/clients.csv")


def inbox(arguments: Arguments) -> int:
    """Write what is new; 1 where it cannot be fetched, read or written, 2 for wrong usage and where CI=true."""
    return ended(lambda: _inbox(arguments))


def _inbox(arguments: Arguments) -> int:
    _check_usage(arguments)
    root = portal_folder(arguments.portal)
    # Read before it is judged: what is changed is what was judged, or the change is refused.
    former = contents(root)
    portal = load_portal(arguments, _READ)
    try:
        answer = fetched(_place(arguments), portal.settings, datetime.now(UTC))
    except SourceError as error:
        complain(str(error))
        return 1
    return _Run(arguments, root, portal, former, answer).code()


def contents(root: Path) -> Mapping[str, bytes | None]:
    """Return the bytes of both tables by path, None for one that is not started; what else is wrong is told when it is loaded."""
    read = {path: read_bytes(root, path, LARGEST_TABLE) for path in (REFERRALS, LEADS)}
    return {path: found if isinstance(found, bytes) else None for path, found in read.items()}


def _check_usage(arguments: Arguments) -> None:
    if arguments.export is not None and arguments.source is not None:
        raise WrongUsageError("--from and --export do not go together; run one after the other")
    if arguments.suspected and (arguments.accept or arguments.dry_run):
        raise WrongUsageError("--suspected only lists; run it without --accept and --dry-run")
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)


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

    def code(self) -> int:
        """Do what was asked for, and return the exit code; rows of an export that cannot be read make it 1."""
        found = arrivals(self.portal, self.answer.leads, accepted=self.arguments.accept or ())
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
        if not found.suspected:
            sys.stdout.write("Nothing is suspected.\n")
        for each in found.suspected:
            sys.stdout.write(doubt(each))
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
        sys.stdout.write(said(self.portal, found.arrivals, flags(self.portal, found.arrivals), planned) or "Nothing new.\n")
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
