"""What a client has earned and whom they should meet, as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from site_builder.cli.speaking import counted, heading, percent_said
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, paragraph, table
from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from site_builder.rules.anniversaries import anniversary
from site_builder.rules.matches import Match, ledger, matches
from site_builder.rules.practices import practice_tier
from site_builder.rules.standing import is_active
from site_builder.rules.utilisation import utilisation

_MOST: Final = 10
_PARTS: Final = (Column(""), Column(""))
_MATCHES: Final = (Column("client"), Column("fit", is_number=True, is_spare=True), Column("why"))
_NEEDS_REWARDS: Final = "not started in data/rewards.yaml"


def as_text(portal: Portal, client: Client, on: Screen) -> str:
    """Return a line a reward with what it lacks below, the ledger, and whom to introduce."""
    active = "" if is_active(client, portal.as_of) else ", not active"
    parts = (_utilisation(portal, client), _practices(portal, client), *_anniversary(portal, client), _ledger(portal, client))
    return "\n".join(
        (
            heading(f"{client.name} ({client.client_id}) on {portal.as_of}{active}", on) + table(_PARTS, parts, on),
            "".join(_matches(portal, client, on)),
        )
    )


def why(match: Match) -> str:
    """Return why somebody is worth meeting: "they look for dental in Leeds"."""
    return f"they look for {match.industry} in {match.location}" if match.location else f"they look for {match.industry} anywhere"


def _utilisation(portal: Portal, client: Client) -> Row:
    found = utilisation(portal, client)
    if found is None:
        not_inclusive = not client.all_inclusive and portal.rewards is not None and portal.rewards.utilisation is not None
        return _part("utilisation", "not counted, for the fee does not include all support" if not_inclusive else _NEEDS_REWARDS)
    months = f"{found.months[0]} to {found.months[-1]}" if len(found.months) > 1 else found.months[0]
    if found.missing_months:
        return _part("utilisation", f"no ratio for {months}", f"data/tickets.csv lacks {', '.join(found.missing_months)}")
    if found.ratio is None:
        return _part("utilisation", f"no ratio for {months}", "there were no endpoints")
    tier = f"{found.tier.name}: {found.tier.reward}" if found.tier else "no tier"
    endpoints = f"{float(found.average_endpoints or 0):.4g}"
    return _part(
        "utilisation",
        f"{percent_said(found.percent)}, {tier}",
        f"{counted(found.tickets, 'ticket')} on {endpoints} endpoints, {months}",
    )


def _practices(portal: Portal, client: Client) -> Row:
    found = practice_tier(portal, client)
    if found is None:
        return _part("practices", _NEEDS_REWARDS)
    discount = f", {percent_said(found.discount_percent)} off the next project's labour" if found.name else ""
    missing = ", ".join(item.id for item in found.missing_for_next)
    return _part("practices", f"{found.name or 'no tier'}{discount}", f"the next tier needs {missing}" if missing else "")


def _anniversary(portal: Portal, client: Client) -> Iterator[Row]:
    found = anniversary(portal, client)
    if found is None:
        yield _part("anniversary", "none, for the client is not active")
        return
    ahead = found.next_milestone
    later = f"year {ahead.year} on {ahead.on}: {ahead.reward}" if ahead and ahead.on != found.next_on else ""
    yield _part("anniversary", f"{found.next_on}, {counted(found.next_years, 'year')}: {found.reward or 'no reward set'}", later)
    if found.plan is not None:
        yield _part("planned", f"{found.plan.given_on}: {found.plan.what}")


def _ledger(portal: Portal, client: Client) -> Row:
    kept = ledger(portal, client)
    owed = "; they are owed an introduction" if kept.is_owed else ""
    text = f"{counted(kept.given, 'introduction')} to them, {counted(kept.received, 'referral')} from them{owed}"
    return Row((Cell("ledger", Dye.BOLD), Cell(text, Dye.YELLOW if kept.is_owed else Dye.NONE)))


def _matches(portal: Portal, client: Client, on: Screen) -> Iterator[str]:
    found = matches(portal, client)
    if not found:
        yield paragraph(_nobody(portal, client), on)
        return
    rows = [Row((each.client.client_id, str(each.fit), why(each))) for each in found[:_MOST]]
    yield heading("Introduce to them", on) + table(_MATCHES, rows, on)
    more = len(found) - _MOST
    if more > 0:
        yield paragraph(f"and {more} more; --format json lists all", on)


def _nobody(portal: Portal, client: Client) -> str:
    if not is_active(client, portal.as_of):
        return "Nobody to introduce: matches are for active clients."
    if not client.target_industries:
        return "Nobody to introduce: data/clients.csv names no target_industries for them."
    return "Nobody to introduce: no active client is what they look for, or they have met them all."


def _part(name: str, text: str, below: str = "") -> Row:
    return Row((Cell(name, Dye.BOLD), text), below)
