"""portal impact: what a change of rules or data changes, referral by referral and in all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.impacttext import as_text
from site_builder.cli.loaded import ended, load_portal
from site_builder.cli.private import private_refusal
from site_builder.cli.shell import WrongUsageError, cache_folder, complain, portal_folder, today
from site_builder.cli.speaking import speaker
from site_builder.cli.table import screen
from site_builder.cli.told import write_text
from site_builder.impact import Impact, NoSuchRefError, RepositoryError, as_json, as_markdown, portal_at
from site_builder.impact import impact as compared
from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.problem import Severity

_READS: Final = ("data/", "content/terms/")
_SETTINGS: Final = "data/portal.yaml"


def impact(arguments: Arguments) -> int:
    """Print what changes, also where nothing does; 1 where mistakes stand in the way, 2 for wrong usage and an unknown ref."""
    return ended(lambda: _impact(arguments))


def _impact(arguments: Arguments) -> int:
    if refusal := private_refusal(arguments):
        raise WrongUsageError(refusal)
    if not arguments.against:  # an empty variable of a shell; as a folder it would be this one
        raise WrongUsageError("--against names nothing; give a folder or a git ref")
    present = load_portal(arguments, _READS)
    with _other(arguments) as folder:
        former = _former(folder, present, arguments)
    if former is None:
        return 1
    found = replace(compared(former, present), locale=speaker(present).locale)
    sys.stdout.write(_said(found, arguments))
    return 0


@contextmanager
def _other(arguments: Arguments) -> Iterator[Path]:
    """Give the folder to compare with: the one named, or else what a git ref holds of the portal's own."""
    named = Path(arguments.against)
    if (named / _SETTINGS).is_file():
        yield named
        return
    try:
        with portal_at(portal_folder(arguments.portal), arguments.against) as folder:
            yield folder
    except RepositoryError as error:
        if not named.is_dir():
            raise WrongUsageError(str(error)) from None
        reason = "there is no git ref of that name" if isinstance(error, NoSuchRefError) else str(error)
        raise WrongUsageError(f'the folder "{named}" is no portal, as it has no {_SETTINGS}, and {reason}') from None


def _former(folder: Path, present: Portal, arguments: Arguments) -> Portal | None:
    """Return the other portal on the present one's day; None where it has mistakes, which are told while it is there."""
    cache = cache_folder(portal_folder(arguments.portal))  # a table that did not change was judged already
    loaded = load(folder, as_of=present.as_of, today=today, cache=cache)
    errors = tuple(found for found in loaded.problems if found.severity is Severity.ERROR)
    in_the_way = tuple(found for found in errors if loaded.portal is None or found.source.path.startswith(_READS))
    if in_the_way:
        write_text(in_the_way, sys.stderr, folder)
        complain(f"these mistakes stand in {arguments.against}, so nothing can be compared with it")
        return None
    return loaded.portal


def _said(found: Impact, arguments: Arguments) -> str:
    match arguments.format:
        case "json":
            return as_json(found, arguments.against)
        case "markdown":
            return as_markdown(found, arguments.against)
    return as_text(found, arguments.against, screen(sys.stdout))
