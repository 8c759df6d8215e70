"""Who counts as a client on a day, and how they stand (domain, §5)."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.rules.standing import Standing, active_clients, first_counting, is_active, roll, standings
from tests.portals import client as bare_client
from tests.rules.firms import client, portal, review

TODAY = date(2026, 10, 31)


# -------------------------------------------------------------------------------------------------------------- active


@pytest.mark.parametrize(
    ("since", "last_paid_on", "day", "active"),
    [
        ("2020-01-01", "2025-11-01", TODAY, True),
        ("2020-01-01", "2025-10-31", TODAY, False),
        ("2020-01-01", "", TODAY, False),
        ("2026-10-31", "2026-10-31", TODAY, True),
        ("2026-11-01", "2026-10-31", TODAY, False),
        ("2020-01-01", "2026-12-24", TODAY, True),
        ("2020-01-01", "2023-03-01", date(2024, 2, 29), True),
        ("2020-01-01", "2023-02-28", date(2024, 2, 29), False),
        ("2020-01-01", "2023-02-28", date(2024, 2, 27), True),
        ("2020-01-01", "2024-02-29", date(2025, 2, 28), True),
        ("2020-01-01", "2024-02-29", date(2025, 3, 1), False),
        ("2020-01-01", "2026-10-01", date(2021, 5, 31), True),
        ("2020-01-01", "2026-10-01", date(2019, 12, 31), False),
    ],
    ids=[
        *("paid a day less than twelve months ago", "paid twelve months ago to the day", "never paid"),
        *("since today", "from tomorrow on", "a payment entered ahead"),
        *("a day after 29 February less twelve months", "29 February less twelve months is 28 February", "a day to go"),
        *("28 February less twelve months is 28, so 29 is within", "and a day later it is not"),
        *("paid later: paid all along", "paid later, but not yet a client"),
    ],
)
def test_a_client_counts_under_contract_and_twelve_months_from_a_payment(
    since: str, last_paid_on: str, day: date, *, active: bool
) -> None:
    firm = client("acme", since=since, last_paid_on=last_paid_on)
    assert is_active(firm, day) is active
    assert active_clients(portal(clients=[firm]), day) == ((firm,) if active else ())


def test_active_clients_stand_by_id_and_not_by_row() -> None:
    firms = [client("b"), client("c", last_paid_on=""), client("a"), bare_client("d")]
    assert [firm.client_id for firm in active_clients(portal(clients=firms), TODAY)] == ["a", "b"]


def test_in_the_calendars_first_year_every_payment_is_less_than_a_year_old() -> None:
    assert first_counting(date(1, 12, 31), 12) == date(1, 1, 1)
    assert first_counting(date(2, 1, 1), 12) == date(1, 1, 2)
    assert first_counting(date(2, 1, 31), 12) == date(1, 2, 1)
    assert first_counting(date(9999, 12, 31), 12) == date(9999, 1, 1)
    assert first_counting(date(9999, 12, 31), 100_000) == date(1666, 9, 1)


# ------------------------------------------------------------------------------------------------------------ standing


HEALTHY, AT_RISK, BLOCKED, UNKNOWN = Standing.HEALTHY, Standing.AT_RISK, Standing.BLOCKED, Standing.UNKNOWN


@pytest.mark.parametrize(
    ("held", "standing"),
    [
        ([], UNKNOWN),
        ([("2026-10-31", "asked")], HEALTHY),
        ([("2026-10-31", "retention")], AT_RISK),
        ([("2026-10-31", "roadblock")], BLOCKED),
        ([("2026-11-01", "asked")], UNKNOWN),
        ([("2025-11-01", "asked")], HEALTHY),
        ([("2025-10-31", "asked")], UNKNOWN),
        ([("2026-02-01", "asked"), ("2026-08-01", "retention")], AT_RISK),
        ([("2026-02-01", "retention"), ("2026-08-01", "asked")], HEALTHY),
        ([("2026-02-01", "retention"), ("2026-11-01", "asked")], AT_RISK),
        ([("2026-05-05", "asked"), ("2026-05-05", "roadblock")], BLOCKED),
        ([("2026-05-05", "retention"), ("2026-05-05", "roadblock")], AT_RISK),
        ([("2026-05-05", "asked"), ("2026-05-05", "retention"), ("2026-05-05", "roadblock")], AT_RISK),
        ([("2026-05-05", "retention"), ("2026-05-06", "asked")], HEALTHY),
    ],
    ids=[
        *("never reviewed", "the ask was made", "retention work is needed", "something stands in the way", "only planned"),
        *("reviewed a day less than a cycle ago", "an asked review a year ago no longer counts"),
        *("the later one counts, for the worse", "the later one counts, for the better", "a later one is only planned"),
        *("a roadblock is graver than an ask", "retention is graver than a roadblock", "three on one day"),
        *("graver a day earlier does not matter",),
    ],
)
def test_a_client_stands_as_the_latest_review_of_the_cycle_says(held: list[tuple[str, str]], standing: Standing) -> None:
    rows = [review("acme", day, outcome) for day, outcome in held]
    for order in (rows, rows[::-1]):
        assert standings(portal(clients=[client("acme")], reviews=order), TODAY) == {"acme": standing}


@pytest.mark.parametrize(
    ("cycle_months", "reviewed_on", "day", "standing"),
    [
        (3, "2026-07-31", date(2026, 10, 30), HEALTHY),
        (3, "2026-07-31", date(2026, 10, 31), UNKNOWN),
        (6, "2026-08-31", date(2027, 2, 27), HEALTHY),
        (6, "2026-08-31", date(2027, 2, 28), HEALTHY),
        (6, "2026-08-31", date(2027, 3, 1), UNKNOWN),
        (12, "2024-02-29", date(2025, 2, 28), HEALTHY),
        (12, "2024-02-29", date(2025, 3, 1), UNKNOWN),
        (1, "2026-01-31", date(2026, 2, 28), HEALTHY),
        (1, "2026-01-28", date(2026, 2, 28), UNKNOWN),
    ],
    ids=[
        *("a quarter less a day", "a quarter", "half a year less a day", "28 February less six months is 28 August"),
        *("1 March less six months is 1 September", "28 February less a year is 28 February", "1 March less a year is 1 March"),
        *("28 February less a month is 28 January", "which no longer counts"),
    ],
)
def test_a_cycle_is_counted_back_from_the_day_in_calendar_months(
    cycle_months: int, reviewed_on: str, day: date, standing: Standing
) -> None:
    firm = client("acme", last_paid_on="2027-03-01")
    found = standings(portal(clients=[firm], reviews=[review("acme", reviewed_on)], cycle_months=cycle_months), day)
    assert found == {"acme": standing}


def test_only_active_clients_stand_somehow_by_id() -> None:
    firms = [client("c"), client("gone", last_paid_on="2025-10-31"), client("a"), client("b", since="2026-11-01")]
    rows = [review(name, "2026-10-01", "retention") for name in ("gone", "a", "b")]
    found = standings(portal(clients=firms, reviews=rows), TODAY)
    assert list(found.items()) == [("a", AT_RISK), ("c", UNKNOWN)]


def test_one_who_left_and_came_back_counts_from_the_new_contract_and_keeps_their_reviews() -> None:
    whole = portal(clients=[client("acme", since="2026-05-01")], reviews=[review("acme", "2026-03-01", "roadblock")])
    assert standings(whole, date(2026, 4, 30)) == {}
    assert standings(whole, date(2026, 5, 1)) == {"acme": BLOCKED}


def test_without_clients_nobody_stands_anyhow() -> None:
    assert standings(portal(), TODAY) == {}


def test_on_a_past_day_later_reviews_have_not_happened() -> None:
    rows = [review("acme", "2026-03-01", "retention"), review("acme", "2026-06-01")]
    whole = portal(clients=[client("acme")], reviews=rows)
    assert [standings(whole, date(2026, month, 1))["acme"] for month in (2, 3, 5, 6)] == [UNKNOWN, AT_RISK, AT_RISK, HEALTHY]


# ---------------------------------------------------------------------------------------------------------------- roll


def test_the_roll_knows_reviews_by_day_whether_their_client_is_active_or_not() -> None:
    rows = [review("gone", "2026-06-01"), review("gone", "2026-03-01", "retention"), review("gone", "2026-03-01")]
    clients = roll(portal(clients=[client("gone", last_paid_on="")], reviews=rows))
    assert [(held.on, held.standing) for held in clients.reviews("gone", date(2026, 5, 31))] == [(date(2026, 3, 1), AT_RISK)]
    assert [held.on for held in clients.reviews("gone", TODAY)] == [date(2026, 3, 1), date(2026, 6, 1)]
    assert clients.reviews("stranger", TODAY) == ()
    assert clients.standing("gone", TODAY) is HEALTHY
    assert clients.standing("stranger", TODAY) is UNKNOWN
    assert clients.active(TODAY) == ()


@pytest.mark.parametrize(
    ("first", "last", "reviewed"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), True),
        (date(2026, 2, 1), date(2026, 2, 28), False),
        (date(2026, 3, 2), date(2026, 5, 31), False),
        (date(2026, 2, 1), date(2026, 6, 30), True),
    ],
)
def test_a_client_is_reviewed_between_two_days_both_included(first: date, last: date, *, reviewed: bool) -> None:
    clients = roll(portal(clients=[client("acme")], reviews=[review("acme", "2026-03-01"), review("acme", "2026-06-01")]))
    assert clients.is_reviewed("acme", first, last) is reviewed
