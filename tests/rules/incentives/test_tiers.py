"""The how manieth won referral of the year: 100 from the first, 250 from the third. As_of is 31 October 2026."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from site_builder.model.tables import Referral
from site_builder.rules.incentives import evaluations
from tests.portals import client, referral, rule
from tests.rules.incentives.making import programme, referrer, told

STEPS = rule("steps", type="tiered", tiers=[{"nth": "3", "amount": "250"}, {"nth": "1", "amount": "100"}])


def won(referral_id: str, won_on: str, **values: object) -> Referral:
    """A prospect of its own, won on a day."""
    return referral(referral_id, **{"prospect": f"Firm {referral_id}", "won_on": won_on, "received_on": "2025-06-01", **values})


def earned(*rows: Referral, **tables: Any) -> dict[str, str | None]:  # noqa: ANN401  # fields of the portal
    found = evaluations(programme(STEPS, referrals=rows, **tables))
    return {key: None if each.lines[0].amount is None else str(each.lines[0].amount) for key, each in found.items()}


def test_the_last_tier_reached_counts() -> None:
    rows = (won("a", "2026-01-05"), won("b", "2026-02-05"), won("c", "2026-03-05"), won("d", "2026-04-05"))
    assert earned(*rows) == {"a": "100.00", "b": "100.00", "c": "250.00", "d": "250.00"}


def test_each_year_begins_anew() -> None:
    rows = (won("a", "2025-11-30"), won("b", "2025-12-30"), won("c", "2025-12-31"), won("d", "2026-01-01"))
    assert earned(*rows) == {"a": "100.00", "b": "100.00", "c": "250.00", "d": "100.00"}


@pytest.mark.parametrize(
    "last",
    [
        {"won_on": "2026-03-02"},
        {"won_on": "2026-03-01", "received_on": "2025-06-02"},
        {"won_on": "2026-03-01", "received_on": "2025-06-01"},
    ],
    ids=["by the day won", "by the day received", "by id"],
)
def test_the_order_is_won_then_received_then_id(last: dict[str, str]) -> None:
    rows = (won("z", **last), won("a", "2026-03-01"), won("b", "2026-03-01"))
    assert earned(*rows) == {"a": "100.00", "b": "100.00", "z": "250.00"}


def test_the_day_of_the_status_counts_where_no_other_is_known() -> None:
    rows = (won("a", "2026-03-01"), won("b", "2026-03-02"), won("c", "", status_on="2026-02-01"))
    assert earned(*rows) == {"a": "100.00", "b": "250.00", "c": "100.00"}


def test_others_and_the_void_and_those_to_come_are_not_counted() -> None:
    rows = (
        won("a", "2026-01-01"),
        won("b", "2026-01-02", referrer_id="ann"),
        won("c", "2026-01-03", prospect="Acme"),
        won("d", "2026-01-04"),
        won("e", "2026-11-01"),
        won("g", "", status="qualified"),
    )
    people = (referrer(client_id="acme"), referrer("ann"))
    found = earned(*rows, referrers=people, clients=(client(),))
    assert found == {"a": "100.00", "b": "100.00", "c": None, "d": "100.00", "e": None, "g": None}


def test_below_the_first_tier_there_is_nothing_yet() -> None:
    late = rule("steps", type="tiered", tiers=[{"nth": "2", "amount": "100"}])
    found = evaluations(programme(late, referrals=(won("a", "2026-01-01"), won("b", "2026-01-02"))))
    assert [found[key].lines[0].amount for key in ("a", "b")] == [None, Decimal("100.00")]
    assert told(found["a"].lines[0])[0] == ("tier_open", 2, 1)


def test_the_trace_says_which_tier_and_the_place() -> None:
    rows = (won("a", "2026-01-05"), won("b", "2026-02-05"), won("c", "2026-03-05"), won("d", "2026-04-05"))
    found = evaluations(programme(STEPS, referrals=rows))
    assert told(found["d"].lines[0])[0] == ("tier", 3, 4, 2026, Decimal(250))


def test_one_that_is_not_won_says_how_many_are_so_far_this_year() -> None:
    rows = (won("a", "2026-01-05"), won("b", "2026-02-05"), won("o", "2025-02-05"), won("c", "", status="received"))
    assert told(evaluations(programme(STEPS, referrals=rows))["c"].lines[0])[0] == ("tier_open", 1, 2)
