"""What is to be looked at before anybody calls, with the row it meets."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.inbox.arrivals import arrivals
from site_builder.inbox.claims import Flag, flags, place
from site_builder.leads.snapshot import Kind, Lead
from site_builder.model.portal import Portal
from site_builder.model.tables import Client
from tests.inbox.making import KEY, OTHER, lead, portal
from tests.portals import referral, referrer, typed


def flag(came: Lead, at: Portal | None = None) -> Flag | None:
    at = at or portal()
    return flags(at, arrivals(at, [came]).arrivals).get("r2026-081")


def test_a_sender_who_sends_their_own_firm_is_flagged() -> None:
    at = portal(referrers=(referrer(client_id="acme", link_code="7QK3M9TX"),))
    assert flag(lead(prospect="ACME Ltd.", referrer="7QK3M9TX"), at) == Flag(
        "r2026-081", "is the sender's own firm, acme", "data/clients.csv, line 2"
    )


@pytest.mark.parametrize(
    "told",
    [{"company": "Acme Limited"}, {"contact": "jo@acme.example"}, {"prospect": "acme"}],
    ids=["by name", "by domain", "by id"],
)
@pytest.mark.parametrize("code", ["7QK3M9TX", ""])
def test_a_client_is_flagged_whoever_sends_them(told: dict[str, Any], code: str) -> None:
    found = flag(lead(**told, referrer=code))
    assert found == Flag("r2026-081", "is a client already, acme", "data/clients.csv, line 2")


def test_somebody_who_was_sent_before_is_flagged_with_the_row_of_the_first() -> None:
    at = portal(referrals=(referral("r2026-080", prospect="Lee Works GmbH", status="received", won_on=""),))
    assert flag(lead(company="Lee Works"), at) == Flag(
        "r2026-081", "was sent before, as r2026-080 on 2026-01-10", "data/referrals.csv, line 2"
    )


def test_two_who_come_together_are_flagged_too() -> None:
    found = arrivals(portal(), [lead(company="Lee Works"), lead(OTHER, company="Lee Works")]).arrivals
    assert flags(portal(), found) == {
        "r2026-082": Flag("r2026-082", "was sent before, as r2026-081 on 2026-10-30", "", "r2026-081")
    }


@pytest.mark.parametrize(
    "told",
    [
        {"contact": "jo@gmail.com", "referrer_contact": "JO@gmail.com"},
        {"contact": "Rita@ray.example", "referrer": "7QK3M9TX"},
    ],
    ids=["the address they left", "the address they have"],
)
def test_a_sender_who_gives_their_own_address_is_flagged(told: dict[str, Any]) -> None:
    found = flag(lead(**told))
    assert found == Flag("r2026-081", "is to be reached where its sender is: they sent themselves", "")


def test_a_friend_of_whom_nothing_is_known_is_not_flagged() -> None:
    assert flag(lead(referrer="7QK3M9TX", contact="jo@lee.example")) is None
    assert flag(lead(kind=Kind.SELF)) is None
    assert flag(lead(contact="07700 900123", referrer_contact="07700 900123")) is None


def test_what_was_there_before_is_not_flagged_again() -> None:
    at = portal(referrals=(referral("r7", prospect="acme", lead_key=KEY),))
    assert flags(at, arrivals(at, [lead()]).arrivals) == {}


def test_a_row_from_no_file_has_no_place() -> None:
    made = typed(Client, {"client_id": "a", "name": "A", "industry": "dental", "since": "2024-01-15"})
    assert place(made) == ""
    assert place(portal().clients[0]) == "data/clients.csv, line 2"
