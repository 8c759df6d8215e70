"""Who has no claim: who sent their own firm, a client, or whom somebody else sent first (domain, "Incentives", step 1)."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Referral
from site_builder.rules.calendar import plus_months
from site_builder.rules.incentives.prospects import host_key, name_key, website_key
from site_builder.rules.incentives.trace import Step, StepName
from site_builder.rules.standing import is_active

FIRST_FOR_MONTHS = 12
"""How long a prospect is taken by whoever sent them first."""
ERASED = "erased"
"""What stands in prospect once the name is taken out; in any case of letters."""
_AFTER_ANY_ID = "~"  # ids are small letters, digits and hyphens, all of them before it

Key = tuple[str, str]
"""By what two prospects are compared: ("client", its id), ("host", …) or ("name", …)."""


def voids(portal: Portal) -> Mapping[str, Step]:
    """Return why a referral received by as_of has no active claim, by its id; those that have one are not in it.

    An earlier referral takes the prospect whatever became of it: lost, without a referrer or void itself. Somebody was first, and
    that is what the later one is told. Two referrals are of one prospect where any key of theirs is the same; both matching one
    client, by name the one and by domain the other, are too.
    """
    clients = _clients_by_key(portal.clients)
    own_client = {person.referrer_id: person.client_id for person in portal.referrers}
    by_id = portal.client_by_id
    first = _First()
    found: dict[str, Step] = {}
    for referral in sorted(portal.referrals, key=lambda each: (each.received_on, each.referral_id)):
        if referral.received_on > portal.as_of:
            break
        keys = _keys(referral)
        matched = {client_id for key in keys for client_id in clients.get(key, ())}
        earlier = first.sent(referral, keys | {("client", client_id) for client_id in matched})
        if referral.referrer_id is None:
            continue
        own = own_client.get(referral.referrer_id)
        others = (by_id[client_id] for client_id in sorted(matched) if client_id != referral.won_client_id)
        if own is not None and own in matched:
            found[referral.referral_id] = Step(StepName.SELF_REFERRAL, {"client": own})
        elif known := next((client for client in others if is_active(client, referral.received_on)), None):
            found[referral.referral_id] = Step(StepName.EXISTING_CLIENT, {"client": known.client_id})
        elif earlier is not None:
            found[referral.referral_id] = Step(StepName.DUPLICATE, {"referral": earlier.referral_id, "on": earlier.on})
    return found


def _clients_by_key(clients: Iterable[Client]) -> Mapping[Key, list[str]]:
    found: defaultdict[Key, list[str]] = defaultdict(list)
    for client in clients:
        found["client", client.client_id].append(client.client_id)
        if name := name_key(client.name):
            found["name", name].append(client.client_id)
        if client.website and (host := website_key(client.website)):
            found["host", host].append(client.client_id)
    return found


def _keys(referral: Referral) -> set[Key]:
    """A prospect may be written as a client's id; won_client_id names the client outright. Two erased ones are two people."""
    keys = set[Key]()
    if referral.prospect.casefold() != ERASED:
        keys.add(("client", referral.prospect))
        if name := name_key(referral.prospect):
            keys.add(("name", name))
    if referral.prospect_domain:
        keys.add(("host", host_key(referral.prospect_domain)))
    if referral.won_client_id:
        keys.add(("client", referral.won_client_id))
    return keys


@dataclass(frozen=True, slots=True, order=True)
class _Sent:
    on: date
    referral_id: str


class _First:
    """Who sent whom, filled in the order of (received_on, id)."""

    def __init__(self) -> None:
        self._by_key: defaultdict[Key, list[_Sent]] = defaultdict(list)

    def sent(self, referral: Referral, keys: Iterable[Key]) -> _Sent | None:
        """Note a referral, and return the first one of the same prospect within the months before it; None for none."""
        since = _Sent(plus_months(referral.received_on, -FIRST_FOR_MONTHS), _AFTER_ANY_ID)
        new = _Sent(referral.received_on, referral.referral_id)
        first: _Sent | None = None
        for key in keys:
            earlier = self._by_key[key]
            place = bisect_right(earlier, since)
            if place < len(earlier) and (first is None or earlier[place] < first):
                first = earlier[place]
            earlier.append(new)
        return first
