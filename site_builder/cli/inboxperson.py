"""portal inbox --person: all that is kept of somebody, as JSON, for whoever asks what you have of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.asjson import document
from site_builder.cli.leadstore import lead_store
from site_builder.cli.loaded import unknown
from site_builder.cli.shell import complain
from site_builder.inbox.arrivals import cells_of
from site_builder.inbox.claims import place
from site_builder.inbox.erasure import Erasure, Person, erasure, is_friend
from site_builder.leads.snapshot import Lead, is_key
from site_builder.leads.wire import as_json
from site_builder.model.portal import Portal
from site_builder.model.record import Row
from site_builder.model.tables import Referrer

FRIEND: Final = "friend"
SENDER: Final = "sender"


def person(arguments: Arguments, portal: Portal, who: str) -> int:
    """Print what is kept of somebody and return 0, also where it is nothing; raises SourceError, WrongUsageError.

    {"receiver": null where it was not asked, else [leads as GET /inbox/PORTAL has them], "leads", "referrals", "others": rows
    with "at" and "cells", "sent": ids of the referrals they sent}. Leads have "as": whether they are the friend or the sender,
    whose lead tells of another person too.
    """
    meant = _person(portal, who.strip())
    store = lead_store(arguments, portal)
    stored = () if store.receiver is None else store.receiver.held(key=meant.key, email=meant.email)
    found = erasure(portal, meant, stored)
    if store.receiver is None:
        complain(store.note or "this portal's form posts to no receiver; look at what its back end keeps")
    sys.stdout.write(document(_kept(portal, meant, found, None if store.receiver is None else stored)))
    return 0


def _person(portal: Portal, who: str) -> Person:
    """Return who is meant; raises WrongUsageError for what is no address, key or referral."""
    if "@" in who:
        return Person(email=who)
    referrals = {each.referral_id: each for each in portal.referrals}
    if who in referrals:
        return Person(referrals[who].lead_key or "", who)
    if is_key(who) or who in {row.lead_key for row in portal.leads}:
        return Person(key=who)
    raise unknown("e-mail address, lead or referral", who, referrals)


def _kept(portal: Portal, meant: Person, found: Erasure, stored: tuple[Lead, ...] | None) -> Mapping[str, object]:
    rows = [*((row, FRIEND) for row in found.leads), *((row, SENDER) for row in found.senders)]
    return {
        "receiver": None if stored is None else [{"as": _role(lead, meant), **as_json(lead)} for lead in stored],
        "leads": [{"as": role, **_row(row)} for row, role in rows],
        "referrals": [_row(row) for row in found.referrals],
        "others": [_row(row) for row in found.others],
        "sent": list(_sent(portal, found)),
    }


def _role(lead: Lead, meant: Person) -> str:
    return FRIEND if not meant.email or is_friend(lead.fields, meant.email) else SENDER


def _row(row: Row) -> Mapping[str, object]:
    return {"at": place(row), "cells": dict(cells_of(row))}


def _sent(portal: Portal, found: Erasure) -> Iterator[str]:
    """Yield the referrals that somebody sent whose own row in referrers.csv has the address."""
    people = {row.referrer_id for row in found.others if isinstance(row, Referrer)}
    return (each.referral_id for each in portal.referrals if each.referrer_id in people)
