"""portal client: what a client has earned, and whom to introduce to them (domain, "Rewards for clients"; source: Rewards)."""

from __future__ import annotations

import sys
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.asjson import document, percent
from site_builder.cli.clienttext import as_text, why
from site_builder.cli.loaded import answer, unknown
from site_builder.cli.shell import WrongUsageError
from site_builder.cli.table import screen
from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.rules.anniversaries import Anniversary, anniversary
from site_builder.rules.matches import ledger, matches
from site_builder.rules.practices import PracticeTierReached, practice_tier
from site_builder.rules.utilisation import ClientUtilisation, utilisation

_TABLE: Final = "data/clients.csv"
_READS: Final = (
    _TABLE,
    "data/rewards.yaml",
    "data/tickets.csv",
    "data/practices.csv",
    "data/gifts.csv",
    "data/introductions.csv",
    "data/referrers.csv",
    "data/referrals.csv",
)


def client(arguments: Arguments) -> int:
    """Print what is known of a client; 1 where mistakes would make it wrong, 2 for an unknown id and where others read along."""

    def said(portal: Portal) -> str:
        if _TABLE in portal.absent:
            raise WrongUsageError(f'there is no client "{arguments.client}": {_TABLE} is not started')
        chosen = portal.client_by_id.get(arguments.client)
        if chosen is None:
            raise unknown("client", arguments.client, portal.client_by_id)
        return as_json(portal, chosen) if arguments.format == "json" else as_text(portal, chosen, screen(sys.stdout))

    return answer(arguments, _READS, said)


def as_json(portal: Portal, chosen: Client) -> str:
    """Return what is known; null for what is not started, and for what takes an active client of one who is not."""
    kept = ledger(portal, chosen)
    return document(
        {
            "client": chosen.client_id,
            "utilisation": _utilisation(utilisation(portal, chosen)),
            "practices": _practices(practice_tier(portal, chosen)),
            "anniversary": _anniversary(anniversary(portal, chosen)),
            "matches": [{"client": each.client.client_id, "fit": each.fit, "why": why(each)} for each in matches(portal, chosen)],
            "ledger": {"given": kept.given, "received": kept.received, "owed": kept.is_owed},
        }
    )


def _utilisation(found: ClientUtilisation | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "ratio": percent(found.percent),
        "tier": found.tier.name if found.tier else None,
        "missing_months": list(found.missing_months),
    }


def _practices(found: PracticeTierReached | None) -> dict[str, object] | None:
    if found is None:
        return None
    missing = [item.id for item in found.missing_for_next]
    return {"tier": found.name, "discount": percent(found.discount_percent), "missing_for_next": missing}


def _anniversary(found: Anniversary | None) -> dict[str, object] | None:
    if found is None:
        return None
    ahead = found.next_milestone
    return {
        "years": found.years,
        "next_on": found.next_on.isoformat(),
        "reward": found.reward,
        "next_milestone": {"year": ahead.year, "on": ahead.on.isoformat(), "reward": ahead.reward} if ahead else None,
    }
