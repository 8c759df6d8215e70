"""Tiers of best practice (domain, §7): each needs those below, on as_of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.model.portal import Portal
from site_builder.model.tables import Practice
from site_builder.rules.practices import PracticeTierReached, practice_tier, practice_tiers
from tests.portals import PORTAL, client
from tests.rules.rows import practice, rewards

ITEMS = [{"id": name, "title": name.upper()} for name in ("mfa", "leavers", "drill", "laptops")]
TIERS = [
    {"name": "bronze", "practices": ["mfa"], "discount_percent": "5"},
    {"name": "silver", "practices": ["laptops", "leavers"], "discount_percent": "10"},
    {"name": "gold", "practices": ["drill"], "discount_percent": "12.5"},
]
REWARDS = rewards(practices={"items": ITEMS, "tiers": TIERS})
ACME = client("acme")


def portal_with(*rows: Practice) -> Portal:
    """A portal of 31 October 2026."""
    return replace(PORTAL, rewards=REWARDS, clients=(client("zebra"), ACME), practices=rows)


def reached(*rows: Practice) -> PracticeTierReached:
    found = practice_tier(portal_with(*rows), ACME)
    assert found is not None
    return found


def missing(found: PracticeTierReached) -> list[str]:
    return [item.id for item in found.missing_for_next]


def met(*names: str) -> tuple[Practice, ...]:
    return tuple(practice("acme", name, "2026-01-01") for name in names)


@pytest.mark.parametrize(
    ("names", "number", "name", "discount", "lacking"),
    [
        ((), 0, None, None, ["mfa"]),
        (("mfa",), 1, "bronze", "5", ["laptops", "leavers"]),
        (("mfa", "leavers"), 1, "bronze", "5", ["laptops"]),
        (("mfa", "leavers", "laptops"), 2, "silver", "10", ["drill"]),
        (("mfa", "leavers", "laptops", "drill"), 3, "gold", "12.5", []),
        (("leavers", "laptops", "drill"), 0, None, None, ["mfa"]),
        (("mfa", "drill"), 1, "bronze", "5", ["laptops", "leavers"]),
    ],
    ids=[
        *("nothing", "the first tier", "half of the second", "two tiers", "all"),
        *("everything but the first tier's", "the third without the second"),
    ],
)
def test_a_tier_needs_every_practice_up_to_it(
    names: tuple[str, ...], number: int, name: str | None, discount: str | None, lacking: list[str]
) -> None:
    found = reached(*met(*names))
    assert (found.number, found.name) == (number, name)
    assert found.discount_percent == (None if discount is None else Decimal(discount))
    assert missing(found) == lacking


def test_what_is_missing_is_told_with_its_title() -> None:
    (item,) = reached().missing_for_next
    assert item.title == "MFA"


@pytest.mark.parametrize(
    ("met_on", "lapsed_on", "number"),
    [
        ("2026-10-31", "", 1),
        ("2026-11-01", "", 0),
        ("2026-01-01", "2026-10-31", 0),
        ("2026-01-01", "2026-10-30", 0),
        ("2026-01-01", "2026-11-01", 1),
    ],
    ids=["met today", "met tomorrow", "lapsed today", "lapsed yesterday", "lapses tomorrow"],
)
def test_a_practice_counts_from_the_day_it_was_met_to_the_day_before_it_lapsed(met_on: str, lapsed_on: str, number: int) -> None:
    assert reached(practice("acme", "mfa", met_on, lapsed_on)).number == number


def test_a_practice_that_lapsed_and_was_met_again_counts() -> None:
    rows = (practice("acme", "mfa", "2026-06-01"), practice("acme", "mfa", "2025-01-01", "2026-03-01"))
    assert reached(*rows).number == reached(*reversed(rows)).number == 1
    assert reached(practice("acme", "mfa", "2026-11-01"), practice("acme", "mfa", "2025-01-01", "2026-03-01")).number == 0


def test_a_lapse_below_takes_the_tiers_above_with_it() -> None:
    found = reached(*met("leavers", "laptops", "drill"), practice("acme", "mfa", "2025-01-01", "2026-09-30"))
    assert (found.number, missing(found)) == (0, ["mfa"])


def test_another_clients_practices_count_for_nobody_else() -> None:
    portal = portal_with(practice("zebra", "mfa", "2026-01-01"))
    tiers: Mapping[str, PracticeTierReached] = practice_tiers(portal)
    assert {client_id: found.number for client_id, found in tiers.items()} == {"acme": 0, "zebra": 1}
    assert list(tiers) == ["acme", "zebra"]
    assert practice_tier(portal, ACME) == tiers["acme"]


def test_a_practice_that_a_tier_names_twice_is_missing_once() -> None:
    tiers = [{"name": "bronze", "practices": ["mfa", "drill", "mfa"], "discount_percent": "5"}]
    portal = replace(portal_with(), rewards=rewards(practices={"items": ITEMS, "tiers": tiers}))
    found = practice_tier(portal, ACME)
    assert found is not None
    assert missing(found) == ["mfa", "drill"]


def test_a_practice_that_is_not_among_the_items_keeps_its_tier_out_of_reach() -> None:
    # rewards.yaml has an error then (D302), and the other rules go on.
    tiers = [{"name": "bronze", "practices": ["mfaa", "mfa"], "discount_percent": "5"}]
    portal = replace(portal_with(*met("mfa")), rewards=rewards(practices={"items": ITEMS, "tiers": tiers}))
    assert practice_tier(portal, ACME) == PracticeTierReached(0, None, None, ())


def test_without_tiers_there_is_none_to_reach() -> None:
    portal = replace(portal_with(*met("mfa")), rewards=rewards(practices={"items": ITEMS}))
    assert practice_tier(portal, ACME) == PracticeTierReached(0, None, None, ())


def test_what_is_not_started_is_none() -> None:
    for portal in (PORTAL, replace(PORTAL, rewards=rewards(), clients=(ACME,))):
        assert practice_tier(portal, ACME) is None
        assert practice_tiers(portal) == {}
