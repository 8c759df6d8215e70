"""What a snapshot may be, which of two counts, and what several add up to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest

from site_builder.leads.snapshot import MOST_SEQ, Kind, Snapshot, grouped, is_key, mentions, newer
from tests.leads.samples import KEY, NOON, OTHER_KEY, snapshot


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (KEY, True),
        ("0" * 32, True),
        (KEY.upper(), False),
        (KEY[:-1], False),
        (KEY + "0", False),
        (KEY + "\n", False),
        ("٣" * 32, False),
        ("", False),
    ],
)
def test_a_key_is_32_small_hexadecimal_digits(text: str, *, is_one: bool) -> None:
    assert is_key(text) is is_one


@pytest.mark.parametrize(
    ("step", "seq", "key", "received_at", "words"),
    [
        pytest.param(0, 1, KEY, NOON, "Jo", id="step 0"),
        pytest.param(3, 1, KEY, NOON, "Jo", id="step 3"),
        pytest.param(1, 0, KEY, NOON, "Jo", id="number 0"),
        pytest.param(1, MOST_SEQ + 1, KEY, NOON, "Jo", id="a number no database holds"),
        pytest.param(1, 1, "short", NOON, "Jo", id="a weak key"),
        pytest.param(1, 1, KEY, datetime(2026, 3, 2, 12), "Jo", id="a time without a zone"),  # noqa: DTZ001  # the case
        pytest.param(1, 1, KEY, NOON.astimezone(timezone(timedelta(hours=1))), "Jo", id="a time of another zone"),
        pytest.param(1, 1, KEY, NOON, "Jo\0", id="NUL"),
        pytest.param(1, 1, KEY, NOON, "\ud800", id="half a character"),
        pytest.param(1, 1, KEY, NOON, "\udfff", id="the other half"),
    ],
)
def test_what_no_store_can_keep_is_refused(step: int, seq: int, key: str, received_at: datetime, words: str) -> None:
    with pytest.raises(ValueError, match=r"^(a key is|a step is|a time of|a text holds)"):
        Snapshot("harbour", key, step, seq, Kind.REFERRAL, {"prospect": words}, received_at)


def test_the_greatest_step_counts_then_the_greatest_number_then_the_first() -> None:
    one = snapshot(1, 9)
    two = snapshot(2, 1)
    assert newer(one, two) is two
    assert newer(two, one) is two
    three = snapshot(2, 2)
    assert newer(three, two) is three
    same = snapshot(2, 2, prospect="Another")
    assert newer(three, same) is three


def test_snapshots_of_one_key_are_one_lead_whatever_their_order() -> None:
    first, second, third = (
        snapshot(1, 1, prospect="Jo", note=""),
        snapshot(2, 1, prospect="Jo Lee", note="call", suspected=("honeypot",)),
        snapshot(2, 2, prospect="Jo Lee", note="", kind=Kind.SELF, origin_missing=True),
    )
    for order in permutations((first, second, third)):
        (lead,) = grouped(order)
        assert (lead.step, lead.seq, lead.kind, lead.fields) == (2, 2, Kind.SELF, {"prospect": "Jo Lee"})
        assert lead.suspected == ()
        assert lead.origin_missing is True


def test_one_clean_snapshot_makes_a_lead_clean_and_of_suspected_ones_the_one_that_counts_says_why() -> None:
    trap, fast, clean = (
        snapshot(1, 1, suspected=("honeypot",)),
        snapshot(2, 2, suspected=("too_fast",)),
        snapshot(2, 1),
    )
    for order in permutations((trap, fast)):
        assert grouped(order)[0].suspected == ("too_fast",)
    for order in permutations((trap, fast, clean)):
        (lead,) = grouped(order)
        assert (lead.suspected, lead.seq) == ((), 2)


@pytest.mark.parametrize(
    "emptied",
    [
        pytest.param({"contact": "07700 900123", "company": "Lee Ltd"}, id="who it is"),
        pytest.param({"prospect": "Jo", "contact": "", "company": "Lee Ltd"}, id="how to reach them"),
    ],
)
def test_a_snapshot_without_who_it_is_and_how_to_reach_them_takes_no_whole_ones_place(emptied: dict[str, str]) -> None:
    first = snapshot(1, 1, prospect="Jo", contact="07700 900123", note="call")
    second = snapshot(2, 3, prospect="Jo", contact="07700 900123")
    further = replace(snapshot(2, 9), fields=emptied)
    for order in permutations((first, second, further)):
        (lead,) = grouped(order)
        assert (lead.step, lead.seq, lead.fields) == (2, 3, {"prospect": "Jo", "contact": "07700 900123"})


def test_where_none_is_whole_the_furthest_counts_and_a_form_may_ask_less() -> None:
    one, two = snapshot(1, 1, prospect="Jo", seats="9"), snapshot(2, 1, prospect="Jo", seats="")
    assert grouped([one, two])[0].step == 2
    assert grouped([one, two], required={"prospect", "seats"})[0].step == 1


def test_a_lead_came_with_its_first_snapshot_and_was_changed_by_its_furthest() -> None:
    leads = grouped([snapshot(2, 1, minutes=1), snapshot(1, 1, minutes=2), snapshot(2, 2, minutes=3)])
    assert [(lead.received_at, lead.updated_at) for lead in leads] == [(NOON + timedelta(minutes=1), NOON + timedelta(minutes=3))]
    assert leads[0].received_at.tzinfo is UTC


def test_keys_and_portals_are_told_apart_and_come_in_the_order_of_their_first() -> None:
    sent = [snapshot(key=OTHER_KEY), snapshot(), snapshot(portal="quay"), snapshot(2, 1, key=OTHER_KEY)]
    assert [(lead.portal, lead.key) for lead in grouped(sent)] == [("harbour", OTHER_KEY), ("harbour", KEY), ("quay", KEY)]
    assert grouped([]) == ()


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("jo@lee.example", True),
        (" JO@Lee.Example ", True),
        ("Jo Lee <jo@lee.example>", True),
        ("jo@lee.example, 07700 900123", True),
        ("write to (jo@lee.example).", True),
        ("mailto:jo@lee.example", True),
        ("banjo@lee.example", False),
        ("jo@lee.example.org", False),
        ("jo+x@lee.example", False),
        ("jo at lee.example", False),
        ("", False),
    ],
)
def test_an_address_is_found_whole_and_wherever_it_stands(text: str, *, is_there: bool) -> None:
    assert mentions({"prospect": "Ann", "note": text}, " Jo@lee.example") is is_there
