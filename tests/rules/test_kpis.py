"""The five numbers, their months and their trend (domain, §5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.load.folder import load
from site_builder.model.portal import Portal
from site_builder.rules.kpis import Kpis, Share, kpis
from site_builder.rules.standing import Standing
from tests.rules.firms import client, portal, review

DEMO = Path(__file__).parents[2]
OUTCOMES = {"healthy": "asked", "at_risk": "retention", "blocked": "roadblock"}


def percents(found: Kpis) -> list[str]:
    present = found.present
    return [str(share.percent) for share in (present.health, present.risk, present.blocked, present.unknown, present.reviewed)]


def firm_of(healthy: int = 0, at_risk: int = 0, blocked: int = 0, unknown: int = 0) -> Portal:
    """So many clients of each standing."""
    counts = {"healthy": healthy, "at_risk": at_risk, "blocked": blocked, "unknown": unknown}
    ids = [(f"{standing.replace('_', '-')}-{n}", standing) for standing, count in counts.items() for n in range(count)]
    rows = [review(client_id, "2026-09-01", OUTCOMES[standing]) for client_id, standing in ids if standing in OUTCOMES]
    return portal(clients=[client(client_id) for client_id, _ in ids], reviews=rows)


# --------------------------------------------------------------------------------------- the domain's worked example


EXAMPLE = portal(
    clients=[
        client("a", last_paid_on="2026-10-01"),
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


def test_the_domains_example() -> None:
    found = kpis(EXAMPLE)
    present = found.present
    assert present.on == date(2026, 10, 31)
    assert present.active == ("a", "b", "c", "e", "f")
    assert [str(each) for each in present.standing.values()] == ["healthy", "at_risk", "unknown", "unknown", "blocked"]
    assert tuple(present.standing) == present.active
    assert present.reviewed == Share(3, Decimal("60.0"), ("a", "b", "f"))
    assert present.health == Share(1, Decimal("20.0"), ("a",))
    assert present.risk == Share(1, Decimal("20.0"), ("b",))
    assert present.blocked == Share(1, Decimal("20.0"), ("f",))
    assert present.unknown == Share(2, Decimal("40.0"), ("c", "e"))
    assert {month.target for month in found.months} == {1}
    assert found.backlog == 2
    assert not found.has_small_numbers


def test_the_domains_example_month_by_month() -> None:
    found = kpis(EXAMPLE)
    reviewed = {"2026-02": ("b",), "2026-08": ("b",), "2026-09": ("a",), "2026-10": ("f",)}
    # d was reviewed in October too, and was no longer active at its end; e in October a year before.
    expected = ["2025-11", "2025-12", *(f"2026-{month:02}" for month in range(1, 11))]
    assert [(month.month, month.clients, month.reviewed) for month in found.months] == [
        (month, reviewed.get(month, ()), len(reviewed.get(month, ()))) for month in expected
    ]
    assert not any(month.is_running for month in found.months)


def test_the_demos_numbers_as_its_author_meant_them() -> None:
    whole = load(DEMO, as_of=None, today=lambda _zone: date(2026, 10, 31), cache=None).portal
    assert whole is not None
    found = kpis(whole)
    present = found.present
    assert (present.health.count, present.risk.count, present.blocked.count, present.unknown.count) == (36, 4, 5, 9)
    assert (len(present.active), present.reviewed.count, found.backlog) == (54, 45, 6)
    # 66.67, 7.41, 9.26, 16.67: rounded down 99.8, and the two largest remainders get a tenth each.
    assert percents(found) == ["66.7", "7.4", "9.2", "16.7", "83.3"]


# ------------------------------------------------------------------------------------------------------------ percents


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((1, 0, 0, 0), ["100.0", "0.0", "0.0", "0.0", "100.0"]),
        ((0, 0, 0, 3), ["0.0", "0.0", "0.0", "100.0", "0.0"]),
        ((1, 1, 1, 0), ["33.4", "33.3", "33.3", "0.0", "100.0"]),
        ((0, 1, 1, 1), ["0.0", "33.4", "33.3", "33.3", "66.7"]),
        ((2, 1, 2, 1), ["33.3", "16.7", "33.3", "16.7", "83.3"]),
        ((1, 2, 2, 1), ["16.7", "33.3", "33.3", "16.7", "83.3"]),
        ((2, 2, 2, 1), ["28.6", "28.6", "28.5", "14.3", "85.7"]),
        ((1, 1, 1, 5), ["12.5", "12.5", "12.5", "62.5", "37.5"]),
        ((1, 0, 0, 2), ["33.3", "0.0", "0.0", "66.7", "33.3"]),
    ],
    ids=[
        *("all healthy", "all unknown", "a tie of three goes to the healthy", "then to those at risk"),
        # Sixths: 33.33, 16.67, 33.33, 16.67, rounded down 99.8; the remainders of the sixths are the larger.
        *("two larger remainders", "wherever they stand"),
        # Sevenths: 28.571 thrice, 14.285: rounded down 99.7; .714 thrice, .857: unknown, then healthy, then at risk.
        *("a larger remainder, then ties", "nothing to share out"),
        # 33.33 and 66.67: the larger remainder wins though the healthy come first.
        *("ties are not everything",),
    ],
)
def test_percents_have_one_decimal_and_add_to_a_hundred(counts: tuple[int, int, int, int], expected: list[str]) -> None:
    assert percents(kpis(firm_of(*counts))) == expected


def test_with_nobody_active_there_is_no_percentage() -> None:
    for whole in (portal(), portal(clients=[client("gone", last_paid_on="")], reviews=[review("gone", "2026-10-01")])):
        found = kpis(whole)
        nobody = Share(0, None, ())
        present = found.present
        assert (present.active, present.standing) == ((), {})
        assert (present.reviewed, present.health, present.risk, present.blocked, present.unknown) == (nobody,) * 5
        assert {(month.target, month.reviewed) for month in found.months} == {(0, 0)}
        assert found.backlog == 0


@pytest.mark.parametrize(("count", "small"), [(0, True), (4, True), (5, False)])
def test_below_five_active_clients_numbers_are_small(count: int, *, small: bool) -> None:
    assert kpis(firm_of(healthy=count)).has_small_numbers is small


# ------------------------------------------------------------------------------------------------- months and backlog


FIVE = [client(f"c{n}") for n in range(5)]


def months_of(found: Kpis) -> list[tuple[str, int, int, bool]]:
    return [(month.month, month.target, month.reviewed, month.is_running) for month in found.months]


def test_a_month_counts_each_active_client_once_whatever_came_of_it() -> None:
    rows = [
        review("c0", "2026-09-01"),
        review("c0", "2026-09-30", "roadblock"),
        review("c1", "2026-09-15", "retention"),
        review("c2", "2026-08-31"),
        review("gone", "2026-09-15"),
    ]
    whole = portal(clients=[*FIVE, client("gone", last_paid_on="2025-09-30")], reviews=rows, cycle_months=2)
    # Five clients in two months: three a month. Whoever paid on 30 September 2025 last is gone by this 30 September.
    assert months_of(kpis(whole)) == [("2026-09", 3, 2, False), ("2026-10", 3, 0, False)]
    assert kpis(whole).months[0].clients == ("c0", "c1")


def test_each_month_has_the_target_of_its_own_end() -> None:
    firms = [
        client("a"),
        client("b", since="2026-09-30"),
        client("c", since="2026-10-01"),
        client("d", last_paid_on="2025-09-15"),
    ]
    found = kpis(portal(clients=firms, cycle_months=3, as_of=date(2026, 10, 15)))
    # August: a and d. September: a and b. October up to the 15th: a, b and c.
    assert months_of(found) == [("2026-08", 1, 0, False), ("2026-09", 1, 0, False), ("2026-10", 1, 0, True)]
    assert [month.target for month in kpis(portal(clients=firms, cycle_months=1, as_of=date(2026, 10, 15))).months] == [3]


@pytest.mark.parametrize(("as_of", "running", "backlog"), [(date(2026, 10, 30), True, 0), (date(2026, 10, 31), False, 5)])
def test_a_month_is_complete_on_its_last_day(as_of: date, backlog: int, *, running: bool) -> None:
    found = kpis(portal(clients=FIVE, cycle_months=1, as_of=as_of))
    assert months_of(found) == [("2026-10", 5, 0, running)]
    assert found.backlog == backlog


def test_a_running_month_counts_what_was_held_by_as_of() -> None:
    rows = [review("c0", "2026-10-15"), review("c1", "2026-10-16")]
    found = kpis(portal(clients=FIVE, reviews=rows, cycle_months=1, as_of=date(2026, 10, 15)))
    assert months_of(found) == [("2026-10", 5, 1, True)]


@pytest.mark.parametrize(
    ("held", "backlog"),
    [
        ({}, 4),
        ({"c0": "2026-09-10"}, 3),
        ({"c0": "2026-08-10", "c1": "2026-08-10", "c2": "2026-08-10", "c3": "2026-08-10"}, 0),
        ({"c0": "2026-08-10", "c1": "2026-08-10", "c2": "2026-08-10"}, 1),
        ({"c0": "2026-10-10"}, 4),
        ({"c0": "2026-10-10", "c1": "2026-10-10", "c2": "2026-10-10"}, 2),
    ],
    ids=[
        # Cycle of three months, five clients, two a month: four by the end of September.
        *("no more than four are missing of five unknown", "three are missing of four unknown"),
        *("what was done ahead counts", "one is missing of two"),
        *("four are missing, and four unknown", "no more are missing than are unknown"),
    ],
)
def test_the_backlog_is_what_the_complete_months_lack(held: dict[str, str], backlog: int) -> None:
    rows = [review(client_id, day) for client_id, day in held.items()]
    assert kpis(portal(clients=FIVE, reviews=rows, cycle_months=3, as_of=date(2026, 10, 30))).backlog == backlog


# --------------------------------------------------------------------------------------------------------------- trend


def test_the_trend_of_a_day_within_a_month_is_24_month_ends_and_the_day() -> None:
    days = [each.on for each in kpis(portal(as_of=date(2026, 10, 30))).trend]
    assert len(days) == 25
    assert days[:2] == [date(2024, 10, 31), date(2024, 11, 30)]
    assert days[-2:] == [date(2026, 9, 30), date(2026, 10, 30)]
    assert date(2025, 2, 28) in days


def test_the_trend_of_a_month_end_holds_it_once() -> None:
    days = [each.on for each in kpis(portal(as_of=date(2024, 2, 29))).trend]
    assert len(days) == 24
    assert (days[0], days[-2], days[-1]) == (date(2022, 3, 31), date(2024, 1, 31), date(2024, 2, 29))


def test_the_trend_knows_only_what_had_happened() -> None:
    firms = [
        client("a"),
        client("back", since="2026-05-01"),
        client("gone", last_paid_on="2025-05-31"),
        client("to-come", since="2027-01-01"),
    ]
    rows = [review("a", "2026-03-15", "retention"), review("a", "2026-06-01"), review("a", "2024-10-30", "roadblock")]
    trend = {each.on: each for each in kpis(portal(clients=firms, reviews=rows)).trend}
    assert trend[date(2025, 9, 30)].standing == {"a": Standing.BLOCKED, "gone": Standing.UNKNOWN}
    assert trend[date(2025, 10, 31)].standing == {"a": Standing.UNKNOWN, "gone": Standing.UNKNOWN}
    assert trend[date(2026, 3, 31)].standing == {"a": Standing.AT_RISK, "gone": Standing.UNKNOWN}
    assert trend[date(2026, 5, 31)].standing == {"a": Standing.AT_RISK, "back": Standing.UNKNOWN}
    assert trend[date(2026, 6, 30)].standing == {"a": Standing.HEALTHY, "back": Standing.UNKNOWN}


def test_at_the_calendars_beginning_there_are_as_many_months_as_there_are() -> None:
    found = kpis(portal(as_of=date(1, 2, 10), cycle_months=100_000))
    assert [each.on for each in found.trend] == [date(1, 1, 31), date(1, 2, 10)]
    assert [month.month for month in found.months] == ["0001-01", "0001-02"]
    assert [each.on for each in kpis(portal(as_of=date(1, 1, 1))).trend] == [date(1, 1, 1)]


def test_at_the_calendars_end_the_last_month_ends_as_any() -> None:
    found = kpis(portal(as_of=date(9999, 12, 31), cycle_months=2))
    assert [(month.month, month.is_running) for month in found.months] == [("9999-11", False), ("9999-12", False)]
    assert [each.on for each in found.trend][-2:] == [date(9999, 11, 30), date(9999, 12, 31)]
    assert len(found.trend) == 24
