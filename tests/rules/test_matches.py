"""Refer them business (domain, §7): whom to introduce to whom, what of it is public, and who owes whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Introduction
from site_builder.rules.matches import (
    Ledger,
    Match,
    ledger,
    ledgers,
    listed_matches,
    matches,
    matches_by_client,
)
from tests.portals import PORTAL, client, referral, referrer
from tests.rules.rows import introduction, paying

ASKING = paying("asking", industry="law", location="York", target_industries="dental;retail", target_locations="Leeds;Otley")
OPEN = paying("open", industry="law", target_industries="dental")
DENTIST = paying("dentist", industry="dental", location="Leeds")
SHOP = paying("shop", industry="retail", location="Otley")


def portal_with(*clients: Client, introductions: tuple[Introduction, ...] = ()) -> Portal:
    """A portal of 31 October 2026."""
    return replace(PORTAL, clients=clients, introductions=introductions)


def ids(found: Iterable[Match]) -> list[str]:
    return [match.client.client_id for match in found]


def test_a_match_is_of_the_industry_and_the_place_asked_for() -> None:
    portal = portal_with(
        ASKING, DENTIST, SHOP, paying("far", industry="dental", location="Hull"), paying("vet", location="Leeds")
    )
    assert matches(replace(portal, clients=(*portal.clients[:4], paying("vet", industry="vets", location="Leeds"))), ASKING) == (
        Match(DENTIST, 2, "dental", "Leeds"),
        Match(SHOP, 2, "retail", "Otley"),
    )


def test_who_names_no_place_meets_people_from_anywhere() -> None:
    nowhere = paying("nowhere", industry="dental")
    assert matches(portal_with(OPEN, DENTIST, nowhere, SHOP), OPEN) == (
        Match(DENTIST, 1, "dental", None),
        Match(nowhere, 1, "dental", None),
    )


def test_a_client_without_a_place_fits_no_place() -> None:
    assert matches(portal_with(ASKING, paying("nowhere", industry="dental")), ASKING) == ()


def test_who_asks_for_no_industry_meets_nobody() -> None:
    nobody = paying("nobody", target_locations="Leeds")
    assert matches(portal_with(nobody, DENTIST), nobody) == ()


@pytest.mark.parametrize(
    ("industry", "location"),
    [("Dental", "LEEDS"), (" dental ", " leeds ")],
    ids=["capitals", "spaces around"],
)
def test_industry_and_place_are_compared_without_case_and_outer_spaces(industry: str, location: str) -> None:
    other = paying("other", industry=industry, location=location)
    asks = paying("asks", target_industries="dENTAL", target_locations="lEEDS")
    assert matches(portal_with(asks, other), asks) == (Match(other, 2, industry, location),)


def test_an_accent_typed_in_two_ways_is_one() -> None:
    other = paying("other", industry="caf\u00e9s")
    asks = paying("asks", target_industries="Cafe\u0301s")
    assert ids(matches(portal_with(asks, other), asks)) == ["other"]


def test_an_industry_is_compared_whole() -> None:
    asks = paying("asks", target_industries="dent")
    assert matches(portal_with(asks, DENTIST), asks) == ()


def test_a_target_named_twice_is_one_match() -> None:
    asks = paying("asks", target_industries="dental;Dental", target_locations="Leeds;leeds")
    assert ids(matches(portal_with(asks, DENTIST), asks)) == ["dentist"]


def test_a_client_is_never_their_own_match() -> None:
    stray = paying("stray", industry="dental", location="Leeds", target_industries="dental", target_locations="Leeds")
    portal = portal_with(stray, DENTIST)
    assert ids(matches(portal, stray)) == ["dentist"]
    both = replace(portal, clients=tuple(each.model_copy(update={"listed": True}) for each in portal.clients))
    assert ids(listed_matches(both)[both.clients[0].client_id]) == ["dentist"]


@pytest.mark.parametrize(
    "values",
    [{"last_paid_on": ""}, {"last_paid_on": "2025-10-31"}, {"since": "2026-11-01"}],
    ids=["never paid", "paid twelve months ago", "starts tomorrow"],
)
def test_who_is_not_active_is_neither_introduced_nor_met(values: dict[str, str]) -> None:
    gone = paying("gone", industry="dental", target_industries="dental", **values)
    portal = portal_with(gone, OPEN, DENTIST)
    assert ids(matches(portal, OPEN)) == ["dentist"]
    assert matches(portal, gone) == ()
    assert list(matches_by_client(portal)) == ["dentist", "open"]


def test_a_match_need_not_be_listed() -> None:
    assert not DENTIST.listed
    assert ids(matches(portal_with(OPEN, DENTIST), OPEN)) == ["dentist"]


# ------------------------------------------------------------------------------------------------- introduced before


@pytest.mark.parametrize(
    ("row", "is_known"),
    [
        (introduction("open", "dentist"), True),
        (introduction("open", "dentist", "2026-10-31"), True),
        (introduction("open", "dentist", "2026-11-01"), False),
        (introduction("open", "dentist", result="lost"), True),
        (introduction("open", " mOORSIDE smiles "), True),
        (introduction("open", "Moorside"), False),
        (introduction("open", "shop"), False),
        (introduction("shop", "dentist"), False),
        (introduction("dentist", "open"), False),
    ],
    ids=[
        *("by id", "today", "tomorrow", "though nothing came of it", "by name, in any case"),
        *("by a part of the name", "somebody else to them", "to somebody else", "the other way round"),
    ],
)
def test_who_was_introduced_before_is_no_match(row: Introduction, *, is_known: bool) -> None:
    dentist = paying("dentist", name="Moorside Smiles", industry="dental")
    portal = portal_with(OPEN, dentist, SHOP, introductions=(row,))
    assert ids(matches(portal, OPEN)) == ([] if is_known else ["dentist"])


def test_an_id_is_not_taken_for_another_clients_name() -> None:
    namesake = paying("namesake", name="Shop", industry="dental")
    portal = portal_with(OPEN, namesake, SHOP, introductions=(introduction("open", "shop"),))
    assert ids(matches(portal, OPEN)) == ["namesake"]


# -------------------------------------------------------------------------------------------------------------- order


def test_who_was_sent_the_least_comes_first_and_then_the_id() -> None:
    four = tuple(paying(name, industry="dental") for name in ("d", "c", "b", "a"))
    sent = (
        introduction("a", "A"),
        introduction("a", "B"),
        introduction("b", "C"),
        introduction("c", "D"),
        introduction("d", "E", "2026-11-01"),
        introduction("d", "F", "2026-12-01"),
    )
    assert ids(matches(portal_with(OPEN, *four, introductions=sent), OPEN)) == ["d", "b", "c", "a"]


def test_everybodys_matches_are_the_same_as_each_ones() -> None:
    clients = (SHOP, OPEN, DENTIST, ASKING)
    portal = portal_with(*clients, introductions=(introduction("asking", "shop"),))
    found = matches_by_client(portal)
    assert list(found) == ["asking", "dentist", "open", "shop"]
    assert found == {each.client_id: matches(portal, each) for each in clients}
    assert {client_id: ids(each) for client_id, each in found.items()} == {
        "asking": ["dentist"],
        "dentist": [],
        "open": ["dentist"],
        "shop": [],
    }


# ------------------------------------------------------------------------------------------------------------- public


def listed(each: Client) -> Client:
    return each.model_copy(update={"listed": True})


def test_the_public_hears_of_listed_clients_to_listed_clients_alone() -> None:
    portal = portal_with(listed(OPEN), listed(DENTIST), paying("quiet", industry="dental"), ASKING)
    assert ids(listed_matches(portal)[portal.clients[0].client_id]) == ["dentist"]
    assert {client_id: ids(found) for client_id, found in listed_matches(portal).items()} == {
        "dentist": [],
        "open": ["dentist"],
    }


def test_public_matches_stand_in_the_order_of_the_directory() -> None:
    names = {"d1": "beck Dental", "d2": "Aire Dental", "d3": "Aire Dental", "d4": "Calder Dental"}
    clients = tuple(paying(client_id, name=name, industry="dental", listed="yes") for client_id, name in names.items())
    portal = portal_with(listed(OPEN), *reversed(clients))
    assert ids(listed_matches(portal)[portal.clients[0].client_id]) == ["d2", "d3", "d1", "d4"]


def _unpaid(portal: Portal) -> Portal:
    return replace(portal, clients=tuple(each.model_copy(update={"last_paid_on": None}) for each in portal.clients))


def _introduced(portal: Portal) -> Portal:
    return replace(portal, introductions=(introduction("open", "dentist"), introduction("dentist", "shop")))


def _with_another_unlisted(portal: Portal) -> Portal:
    return replace(portal, clients=(*portal.clients, paying("quiet", industry="dental")))


@pytest.mark.parametrize("change", [_unpaid, _introduced, _with_another_unlisted])
def test_what_is_private_changes_no_public_match(change: Callable[[Portal], Portal]) -> None:
    usual = portal_with(listed(OPEN), listed(DENTIST), listed(paying("second", industry="dental")), listed(ASKING))
    changed = change(usual)
    public = {client_id: ids(found) for client_id, found in listed_matches(usual).items()}
    assert public["open"] == ["dentist", "second"]
    assert {client_id: ids(found) for client_id, found in listed_matches(changed).items()} == public
    assert {client_id: ids(found) for client_id, found in matches_by_client(changed).items()} != public


# ------------------------------------------------------------------------------------------------------------- ledger


def test_a_ledger_counts_what_went_both_ways_up_to_as_of() -> None:
    portal = replace(
        PORTAL,
        clients=(client("acme"), client("zebra")),
        introductions=(
            introduction("acme", "zebra", "2026-10-31"),
            introduction("acme", "Later", "2026-11-01"),
            introduction("zebra", "acme"),
        ),
        referrers=(
            referrer("ann", client_id="acme"),
            referrer("bob", client_id="acme", active="no"),
            referrer("zoe", client_id="zebra"),
            referrer("free"),
        ),
        referrals=(
            referral("r1", referrer_id="ann", received_on="2026-10-31"),
            referral("r2", referrer_id="bob", status="lost", won_on=""),
            referral("r3", referrer_id="ann", received_on="2026-11-01", status="received", won_on=""),
            referral("r4", referrer_id="free"),
            referral("r5", referrer_id="", source="inbound"),
            referral("r6", referrer_id="zoe"),
        ),
    )
    assert ledger(portal, portal.clients[0]) == Ledger(given=1, received=2)
    assert ledger(portal, portal.clients[1]) == Ledger(given=1, received=1)
    assert ledgers(portal) == {"acme": Ledger(1, 2), "zebra": Ledger(1, 1)}
    assert list(ledgers(replace(portal, clients=portal.clients[::-1]))) == ["acme", "zebra"]


def test_a_void_referral_was_sent_to_us_all_the_same() -> None:
    # Acme's Ann sends Acme itself: void under the incentives, and still a row of hers.
    portal = replace(
        PORTAL,
        clients=(client("acme"),),
        referrers=(referrer("ann", client_id="acme"),),
        referrals=(referral("r1", referrer_id="ann", prospect="Acme"),),
    )
    assert ledger(portal, portal.clients[0]) == Ledger(given=0, received=1)


@pytest.mark.parametrize(("given", "received", "is_owed"), [(0, 1, True), (1, 1, False), (2, 1, False), (0, 0, False)])
def test_who_sent_more_than_they_were_sent_is_owed(given: int, received: int, *, is_owed: bool) -> None:
    assert Ledger(given, received).is_owed is is_owed


def test_a_client_without_rows_owes_and_is_owed_nothing() -> None:
    assert ledger(PORTAL, client("acme")) == Ledger(0, 0)
    assert ledgers(PORTAL) == {}
