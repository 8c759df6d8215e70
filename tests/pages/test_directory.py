"""Whom a listed client could meet: other listed clients, by what their entries say already."""

from __future__ import annotations

from dataclasses import replace

from site_builder.model.portal import Portal
from site_builder.model.public import PublicMatch
from site_builder.pages.directory import DIRECTORY_ENTRY
from site_builder.rules.consent import public_portal
from tests.portals import PORTAL, client


def could_meet(portal: Portal, client_id: str = "acme") -> tuple[PublicMatch, ...]:
    (found,) = (
        entry.view.could_meet
        for entry in DIRECTORY_ENTRY.collect(public_portal(portal))
        if dict(entry.params)["client"] == client_id
    )
    return found


ACME = client("acme", listed="yes", target_industries="legal", target_locations="Leeds")


def test_a_client_could_meet_those_of_the_trade_and_place_it_asks_for() -> None:
    firms = (
        client("laws", name="Laws", industry="Legal", location="Leeds", listed="yes"),
        client("far", industry="legal", location="York", listed="yes"),
        client("bakers", industry="baking", location="Leeds", listed="yes"),
    )
    assert could_meet(replace(PORTAL, clients=(ACME, *firms))) == (PublicMatch("laws", "Laws", "Legal", "Leeds"),)


def test_where_any_place_will_do_none_is_named() -> None:
    anywhere = client("acme", listed="yes", target_industries="legal")
    firm = client("laws", name="Laws", industry="legal", location="York", listed="yes")
    assert could_meet(replace(PORTAL, clients=(anywhere, firm))) == (PublicMatch("laws", "Laws", "legal", None),)


def test_an_unlisted_client_is_nobody_to_meet() -> None:
    hidden = client("laws", industry="legal", location="Leeds")
    assert could_meet(replace(PORTAL, clients=(ACME, hidden))) == ()


def test_a_client_who_asks_for_nobody_could_meet_nobody() -> None:
    firm = client("laws", industry="legal", location="Leeds", listed="yes")
    assert could_meet(replace(PORTAL, clients=(ACME, firm)), "laws") == ()


def test_six_stand_on_an_entry_at_most_the_first_by_name() -> None:
    firms = tuple(client(f"l{n}", name=f"Laws {9 - n}", industry="legal", location="Leeds", listed="yes") for n in range(8))
    found = could_meet(replace(PORTAL, clients=(ACME, *firms)))
    assert [match.name for match in found] == ["Laws 2", "Laws 3", "Laws 4", "Laws 5", "Laws 6", "Laws 7"]


def test_who_pays_and_who_was_introduced_changes_nothing() -> None:
    firm = client("laws", industry="legal", location="Leeds", listed="yes")
    paying = client("laws", industry="legal", location="Leeds", listed="yes", last_paid_on="2026-10-01", since="2020-01-01")
    assert could_meet(replace(PORTAL, clients=(ACME, firm))) == could_meet(replace(PORTAL, clients=(ACME, paying))) != ()
