"""The five tiles, worked by hand: on the domain's example, on the demo, and where there is next to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.pages.private.kpitiles import Aim, Change, ClientRow, Tile, TileKind, client_rows, tiles
from site_builder.rules.kpis import kpis
from site_builder.rules.standing import Standing
from tests.rules.firms import client, portal, review

DEMO = Path(__file__).parents[3]
EXAMPLE = portal(
    clients=[
        client("a", last_paid_on="2026-10-01", name="Ark", monthly_fee="900"),
        client("b", last_paid_on="2026-06-30"),
        client("c", last_paid_on="2025-11-01"),
        client("d", last_paid_on="2025-10-31"),
        client("e", last_paid_on="2026-10-15"),
        client("f", last_paid_on="2026-10-15"),
    ],
    reviews=[
        review("a", "2026-09-10"),
        review("b", "2026-02-01"),
        review("b", "2026-08-01", "retention"),
        review("d", "2026-10-01"),
        review("e", "2025-10-31"),
        review("f", "2026-10-31", "roadblock"),
    ],
)
"""The domain's own (§5)."""
AUTUMN, YEAR = date(2026, 9, 30), date(2025, 10, 31)
NOW = date(2026, 10, 31)


def of(portal: Portal) -> dict[TileKind, Tile]:
    found = kpis(portal)
    return {tile.kind: tile for tile in tiles(found, client_rows(portal, found))}


def ids(tile: Tile) -> list[str]:
    return [row.client_id for row in tile.rows]


def test_there_are_five_in_the_order_of_the_source() -> None:
    assert list(of(EXAMPLE)) == ["reviewed", "monthly", "health", "risk", "unknown"]


def test_the_domains_example_in_tiles() -> None:
    found = of(EXAMPLE)
    told = {kind: (tile.count, tile.out_of, str(tile.percent), ids(tile)) for kind, tile in found.items()}
    assert told == {
        "reviewed": (3, 5, "60.0", ["a", "b", "f"]),
        "monthly": (1, 1, "100.0", ["f"]),  # d was reviewed in October too, and is not active
        "health": (1, 5, "20.0", ["a"]),
        "risk": (1, 5, "20.0", ["b"]),
        "unknown": (2, 5, "40.0", ["c", "e"]),
    }


def test_only_the_reviews_a_month_have_a_target_for_the_domain_gives_no_other() -> None:
    found = of(EXAMPLE)
    assert {kind: tile.target for kind, tile in found.items() if tile.target is not None} == {"monthly": 1}
    assert (found[TileKind.MONTHLY].month, found[TileKind.MONTHLY].is_running) == (date(2026, 10, 1), False)
    assert {tile.month for kind, tile in found.items() if kind is not TileKind.MONTHLY} == {None}


def test_fewer_are_better_of_those_at_risk_and_unknown() -> None:
    assert [tile.kind for tile in of(EXAMPLE).values() if tile.aim is Aim.FEWER] == ["risk", "unknown"]


def test_a_change_says_since_when_how_many_clients_and_how_many_points() -> None:
    # On 30 September six were active (d still), a and e healthy, b at risk, three unknown: 33.3, 16.7 and 50.0.
    # A year ago the same six, e healthy and five unknown: 16.7 and 83.3.
    found = of(EXAMPLE)
    assert found[TileKind.REVIEWED].changes == (
        Change(AUTUMN, NOW, 0, Decimal("10.0")),
        Change(YEAR, NOW, 2, Decimal("43.3")),
    )
    assert found[TileKind.HEALTH].changes == (Change(AUTUMN, NOW, -1, Decimal("-13.3")), Change(YEAR, NOW, 0, Decimal("3.3")))
    assert found[TileKind.RISK].changes == (Change(AUTUMN, NOW, 0, Decimal("3.3")), Change(YEAR, NOW, 1, Decimal("20.0")))
    assert found[TileKind.UNKNOWN].changes == (Change(AUTUMN, NOW, -1, Decimal("-10.0")), Change(YEAR, NOW, -3, Decimal("-43.3")))


def test_a_month_is_compared_with_the_one_before_where_the_cycle_has_no_other() -> None:
    # September: a, of six active a target of 1.
    assert of(EXAMPLE)[TileKind.MONTHLY].changes == (Change(AUTUMN, NOW, 0, Decimal("0.0")),)


def test_in_a_longer_cycle_a_month_is_compared_with_that_of_a_year_before() -> None:
    # Eighteen months; October 2025: e.
    rows = [*EXAMPLE.reviews, review("a", "2026-10-05")]
    found = of(replace(EXAMPLE, reviews=tuple(rows), settings=portal(cycle_months=18).settings))[TileKind.MONTHLY]
    assert found.changes == (Change(AUTUMN, NOW, 1, Decimal("100.0")), Change(YEAR, NOW, 1, Decimal("100.0")))


def test_while_a_month_runs_the_change_is_that_of_the_last_full_one() -> None:
    # On 15 October d is active still and was reviewed on the first; August b, September a; a target of 1 each.
    found = of(replace(EXAMPLE, as_of=date(2026, 10, 15)))[TileKind.MONTHLY]
    assert (found.count, found.is_running) == (1, True)
    assert found.changes == (Change(date(2026, 8, 31), AUTUMN, 0, Decimal("0.0")),)


def test_a_cycle_of_the_running_month_alone_has_no_change() -> None:
    found = of(portal(clients=[client("a")], cycle_months=1, as_of=date(2026, 10, 15)))[TileKind.MONTHLY]
    assert (found.changes, found.spark, found.target) == ((), None, 1)


def test_more_reviews_than_the_target_are_more_than_a_hundred_percent() -> None:
    clients = [client(name) for name in "abcdefghijklm"]  # thirteen: a target of 2
    found = of(portal(clients=clients, reviews=[review(name, "2026-10-05") for name in "abcde"]))[TileKind.MONTHLY]
    assert (found.count, found.target, found.percent) == (5, 2, Decimal("250.0"))


def test_a_share_of_the_target_is_rounded_half_up() -> None:
    clients = [client(f"c{number}") for number in range(90)]  # a target of 8
    found = of(portal(clients=clients, reviews=[review("c1", "2026-10-05"), review("c2", "2026-10-05")]))[TileKind.MONTHLY]
    assert (found.target, found.percent) == (8, Decimal("25.0"))
    # 1 of 16: 6.25 %.
    clients = [client(f"c{number}") for number in range(190)]
    assert of(portal(clients=clients, reviews=[review("c1", "2026-10-05")]))[TileKind.MONTHLY].percent == Decimal("6.3")


def test_nobody_active_is_a_dash_and_never_nought_percent() -> None:
    found = of(portal(clients=[client("a", last_paid_on="")]))
    assert {tile.percent for tile in found.values()} == {None}
    assert {(tile.count, tile.out_of, tile.spark, tile.rows) for tile in found.values()} == {(0, 0, None, ())}
    assert {change.points for tile in found.values() for change in tile.changes} == {None}


def test_a_client_of_last_month_has_no_points_to_compare_with() -> None:
    found = of(portal(clients=[client("a", since="2026-10-10")], reviews=[review("a", "2026-10-12")]))[TileKind.REVIEWED]
    assert found.changes == (Change(AUTUMN, NOW, 1, None), Change(YEAR, NOW, 1, None))


def test_a_row_says_how_a_client_stood_on_each_day_of_the_trend() -> None:
    found = client_rows(EXAMPLE, kpis(EXAMPLE))
    assert list(found) == ["a", "b", "c", "d", "e", "f"]
    assert found["a"] == ClientRow(
        client_id="a",
        name="Ark",
        standing=Standing.HEALTHY,
        last_reviewed_on=date(2026, 9, 10),
        since=date(2020, 1, 1),
        last_paid_on=date(2026, 10, 1),
        monthly_fee=Decimal(900),
        history=(*[Standing.UNKNOWN] * 22, Standing.HEALTHY, Standing.HEALTHY),
    )
    # No longer active, though reviewed in October.
    assert (found["d"].standing, found["d"].last_reviewed_on) == (None, date(2026, 10, 1))
    assert found["d"].history == (*[Standing.UNKNOWN] * 23, None)
    assert found["c"].last_reviewed_on is None


@pytest.mark.parametrize(
    ("kind", "count", "percent"), [("reviewed", 45, "83.3"), ("health", 36, "66.7"), ("risk", 4, "7.4"), ("unknown", 9, "16.7")]
)
def test_the_demo_in_tiles(kind: str, count: int, percent: str) -> None:
    demo = load(DEMO, as_of=NOW, today=lambda _zone: NOW, cache=None).portal
    assert demo is not None
    tile = of(demo)[TileKind(kind)]
    assert (tile.count, tile.out_of, str(tile.percent), len(tile.rows)) == (count, 54, percent, count)
