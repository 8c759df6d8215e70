"""What the demo's own rows are there to show of rewards for clients; counted in data/ by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.rules.anniversaries import upcoming
from site_builder.rules.election import election, elections
from site_builder.rules.matches import Ledger, ledgers, listed_matches, matches
from site_builder.rules.practices import practice_tier
from site_builder.rules.utilisation import ClientUtilisation, utilisation

DEMO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def demo() -> Portal:
    portal = load(DEMO, as_of=date(2026, 10, 31), today=lambda _zone: date(2026, 10, 31), cache=None).portal
    assert portal is not None
    return portal


def used(demo: Portal, client_id: str) -> ClientUtilisation:
    found = utilisation(demo, demo.client_by_id[client_id])
    assert found is not None
    return found


def test_brackenbed_springs_meets_twenty_percent_to_the_ticket(demo: Portal) -> None:
    # 7 + 5 + 8 tickets on 99, 100 and 101 endpoints.
    found = used(demo, "brackenbed-springs")
    assert (found.tickets, found.average_endpoints, found.ratio) == (20, Fraction(100), Fraction(1, 5))
    assert found.percent == Decimal("20.0")
    assert found.tier is not None
    assert found.tier.name == "silver"


def test_penny_and_quill_misses_august(demo: Portal) -> None:
    found = used(demo, "penny-and-quill")
    assert (found.missing_months, found.ratio, found.tier) == (("2026-08",), None, None)


def test_open_gate_arts_had_no_endpoints(demo: Portal) -> None:
    found = used(demo, "open-gate-arts")
    assert (found.missing_months, found.average_endpoints, found.ratio) == ((), Fraction(0), None)


def test_thornes_valves_pays_by_the_hour(demo: Portal) -> None:
    assert utilisation(demo, demo.client_by_id["thornes-valves"]) is None


def test_nobody_at_the_top_misses_a_practice(demo: Portal) -> None:
    found = practice_tier(demo, demo.client_by_id["hartley-moss"])
    assert found is not None
    assert (found.number, found.name, found.discount_percent, found.missing_for_next) == (3, "gold", Decimal(15), ())


def test_april_ties_and_julys_winner_is_not_its_spotlight(demo: Portal) -> None:
    months = {each.month: each for each in elections(demo)}
    spotlights = {each.month: each for each in demo.spotlights}
    assert (months["2026-04"].leading, months["2026-04"].winner) == (("stonecross-roofing", "wayfinder-training"), None)
    assert dict(months["2026-04"].votes) == {"foss-bridge-vets": 2, "stonecross-roofing": 5, "wayfinder-training": 5}
    assert (months["2026-07"].winner, spotlights["2026-07"].client) == ("first-rung", "wayfinder-training")
    odd = [month for month, each in months.items() if each.winner != spotlights[month].client]
    assert odd == ["2026-04", "2026-07"]
    assert all(spotlights[month].override_reason for month in odd)


def test_septembers_winner_is_not_in_the_directory(demo: Portal) -> None:
    winner = election(demo, "2026-09").winner
    assert winner == "kirkgate-packaging"
    assert not demo.client_by_id[winner].listed


def test_februarys_vote_for_somebody_else_is_stray(demo: Portal) -> None:
    found = election(demo, "2026-02")
    assert [vote.client_id for vote in found.stray] == ["tannery-talent"]
    assert (found.turnout, sum(found.votes.values())) == (13, 12)


def test_october_is_running(demo: Portal) -> None:
    assert [each.month for each in elections(demo) if each.is_running] == ["2026-10"]


def test_the_next_sixty_days_begin_with_a_breakfast_that_is_planned(demo: Portal) -> None:
    first = upcoming(demo)[0]
    assert (first.client.client_id, first.next_on, first.next_years) == ("oblique-studio", date(2026, 11, 6), 3)
    assert first.reward == "A breakfast for the office"
    assert first.plan is not None
    assert first.plan.given_on == date(2026, 11, 6)


def test_brackenbed_meets_makers_of_four_towns_and_the_public_hears_of_listed_ones(demo: Portal) -> None:
    # Thornes Valves in Wakefield paid last in 2024; Kirkgate Packaging is not listed and was sent a roaster; Lumen Gauge was sent
    # Rothwell Castings, and Sorrel Weaving an architect and a hotel.
    brackenbed = demo.client_by_id["brackenbed-springs"]
    found = [match.client.client_id for match in matches(demo, brackenbed)]
    assert found == ["rothwell-castings", "kirkgate-packaging", "lumen-gauge", "sorrel-weaving"]
    public = [match.client.client_id for match in listed_matches(demo)[brackenbed.client_id]]
    assert public == ["lumen-gauge", "rothwell-castings", "sorrel-weaving"]


def test_millrace_sent_two_and_was_sent_one(demo: Portal) -> None:
    assert ledgers(demo)["millrace-dental"] == Ledger(given=1, received=2)
    assert ledgers(demo)["millrace-dental"].is_owed
