"""A promise that was kept: the latest one, once, and on no day before it."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.record import RefusedError, kept
from tests.rules.firms import client, portal, review

FIRST = review("acme", "2026-09-01", follow_up="Send the cards")
LATEST = review("acme", "2026-10-01", "retention", follow_up="Ring Ann", follow_up_on="2026-10-10")


def test_the_latest_promise_is_the_one_that_was_kept() -> None:
    whole = portal(clients=[client("acme")], reviews=[LATEST, FIRST])
    assert kept(whole, "acme", date(2026, 10, 1)) is LATEST


def test_kept_on_the_same_day_again_is_no_change() -> None:
    whole = portal(clients=[client("acme")], reviews=[LATEST.model_copy(update={"follow_up_kept_on": date(2026, 10, 9)})])
    assert kept(whole, "acme", date(2026, 10, 9)) is None
    with pytest.raises(RefusedError) as refused:
        kept(whole, "acme", date(2026, 10, 31))
    assert str(refused.value) == (
        "what was promised to acme on 2026-10-01 has 2026-10-09 as follow_up_kept_on already; if that is wrong, mend"
        " data/reviews.csv, line 2"
    )


def test_nothing_can_be_kept_where_nothing_was_promised() -> None:
    whole = portal(clients=[client("acme"), client("best")], reviews=[LATEST, review("best", "2026-10-01")])
    with pytest.raises(RefusedError) as refused:
        kept(whole, "best", date(2026, 10, 31))
    assert str(refused.value) == ("best was promised nothing; a promise is written down with a review: reviewed with --follow-up")


def test_nothing_is_kept_before_it_was_promised() -> None:
    with pytest.raises(RefusedError) as refused:
        kept(portal(clients=[client("acme")], reviews=[LATEST]), "acme", date(2026, 9, 30))
    assert str(refused.value) == "what was promised to acme on 2026-10-01 cannot have been kept on 2026-09-30"
