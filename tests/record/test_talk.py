"""A talk with a referrer: the last day stands there, and no other is lost."""

from __future__ import annotations

from datetime import date

import pytest

from site_builder.record import RefusedError, synced
from tests.portals import referrer


@pytest.mark.parametrize("stands", ["", "2026-09-01"])
def test_a_talk_takes_the_place_of_an_earlier_one(stands: str) -> None:
    assert synced(referrer(last_sync_on=stands), date(2026, 10, 30)).last_sync_on == date(2026, 10, 30)


def test_the_same_talk_again_changes_nothing() -> None:
    rita = referrer(last_sync_on="2026-10-30")
    assert synced(rita, date(2026, 10, 30)) is rita


def test_a_later_talk_is_not_written_over() -> None:
    with pytest.raises(RefusedError) as refused:
        synced(referrer(last_sync_on="2026-10-31"), date(2026, 10, 30))
    assert str(refused.value) == (
        "rita has 2026-10-31 as last_sync_on already, which is later than 2026-10-30; if that is wrong, mend"
        " data/referrers.csv, line 2"
    )
