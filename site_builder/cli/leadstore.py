"""Where a person's leads are looked for: at the receiver, if it can be told where that is."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from site_builder.cli.arguments import Arguments
from site_builder.inbox.places import NoSourceError, place
from site_builder.inbox.sources import Receiver, kept_under, receiver
from site_builder.model.portal import Portal
from site_builder.model.settings import BackEnd


@dataclass(frozen=True, slots=True)
class LeadStore:
    """The receiver of a portal's leads. receiver: None where it is not known; note: what to do about that, "" for nothing.

    id: under what the leads lie there.
    """

    receiver: Receiver | None
    id: str
    note: str = ""


def lead_store(arguments: Arguments, portal: Portal) -> LeadStore:
    """Return where the receiver's leads can be reached; raises SourceError for a place that was named and is not there."""
    form = portal.settings.form
    is_own = form.backend is BackEnd.RECEIVER
    try:
        found = place(arguments.source, os.environ, Path.cwd())
    except NoSourceError:
        note = "the receiver was not asked, for nothing says where it is: run this again with --from https://… or --from leads.db"
        return LeadStore(None, "", note if is_own else "")
    name = kept_under(found, portal.settings, arguments.portal_id)
    # A form that posts elsewhere has a path too. Whoever set DATABASE_URL for something else does not mean this portal.
    if not name or not (is_own or arguments.source is not None or arguments.portal_id is not None):
        return LeadStore(None, name)
    return LeadStore(receiver(found, name), name)
