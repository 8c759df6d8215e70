"""Whatever clients and reviews there are: standings add up, rows may stand in any order, and a steady firm is never behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Review
from site_builder.rules.calendar import plus_months
from site_builder.rules.kpis import Kpis, Snapshot, kpis
from site_builder.rules.nurture import nurturing
from site_builder.rules.standing import Standing, is_active, standings
from tests.portals import referrer
from tests.rules.firms import client, portal, review

NAMES = ("ash", "beech", "cedar", "elm", "fir", "hazel", "oak", "pine")
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@st.composite
def clients(draw: st.DrawFn) -> list[Client]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    return [
        client(
            name,
            since=str(draw(DAYS)),
            last_paid_on=str(draw(DAYS)) if draw(st.booleans()) else "",
            monthly_fee=draw(st.sampled_from(["", "100", "250"])),
        )
        for name in names
    ]


@st.composite
def reviews(draw: st.DrawFn) -> list[Review]:
    outcome = st.sampled_from(["asked", "retention", "roadblock"])
    return [
        review(draw(st.sampled_from(NAMES)), str(draw(DAYS)), draw(outcome), follow_up=draw(st.sampled_from(["", "Ring them"])))
        for _ in range(draw(st.integers(0, 12)))
    ]


@st.composite
def portals(draw: st.DrawFn) -> Portal:
    firms = draw(clients())
    people = [referrer(f"of-{firm.client_id}", client_id=firm.client_id) for firm in firms]
    return portal(
        clients=firms,
        reviews=draw(reviews()),
        referrers=[*people, referrer("nobodys")],
        as_of=draw(DAYS),
        cycle_months=draw(st.sampled_from([1, 3, 12, 18])),
    )


def snapshots(found: Kpis) -> tuple[Snapshot, ...]:
    return (found.present, *found.trend)


@given(portals())
def test_the_standings_add_up_to_the_active_clients(whole: Portal) -> None:
    for each in snapshots(kpis(whole)):
        four = (each.health, each.risk, each.blocked, each.unknown)
        assert sorted(name for share in four for name in share.clients) == list(each.active)
        assert sum(share.count for share in four) == len(each.active)
        assert each.reviewed.count + each.unknown.count == len(each.active)
        assert sorted((*each.reviewed.clients, *each.unknown.clients)) == list(each.active)


@given(portals())
def test_the_percentages_add_up_to_a_hundred_and_are_within_a_tenth(whole: Portal) -> None:
    for each in snapshots(kpis(whole)):
        four = [(share.count, share.percent) for share in (each.health, each.risk, each.blocked, each.unknown)]
        if not each.active:
            assert {percent for _, percent in four} == {None}
            assert each.reviewed.percent is None
            continue
        percents = [percent for _, percent in four if percent is not None]
        assert sum(percents) == Decimal("100.0")
        assert each.reviewed.percent == Decimal("100.0") - percents[-1]
        for (count, _), percent in zip(four, percents, strict=True):
            assert percent.as_tuple().exponent == -1
            assert abs(percent * len(each.active) - 100 * count) < Decimal("0.1") * len(each.active)


@given(portals(), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(whole: Portal, chance: Random) -> None:
    other = replace(
        whole,
        clients=tuple(chance.sample(whole.clients, len(whole.clients))),
        reviews=tuple(chance.sample(whole.reviews, len(whole.reviews))),
        referrers=tuple(chance.sample(whole.referrers, len(whole.referrers))),
    )
    assert kpis(other) == kpis(whole)
    assert nurturing(other) == nurturing(whole)


@given(portals())
def test_the_trend_ends_now_and_each_of_its_days_is_what_that_day_knew(whole: Portal) -> None:
    found = kpis(whole)
    assert found.trend[-1] == found.present
    assert found.present.on == whole.as_of
    for each in found.trend:
        assert each.standing == standings(whole, each.on)
        assert each == kpis(replace(whole, as_of=each.on)).present


@given(portals())
def test_the_numbers_are_those_of_the_rule_read_row_by_row(whole: Portal) -> None:
    graver = ["asked", "roadblock", "retention"]
    words = {"asked": Standing.HEALTHY, "roadblock": Standing.BLOCKED, "retention": Standing.AT_RISK}
    start = plus_months(whole.as_of, -whole.settings.review_cycle_months)
    for firm in whole.clients:
        held = [
            (row.reviewed_on, graver.index(row.outcome))
            for row in whole.reviews
            if row.client_id == firm.client_id and start < row.reviewed_on <= whole.as_of
        ]
        expected = words[graver[max(held)[1]]] if held else Standing.UNKNOWN
        found = standings(whole, whole.as_of).get(firm.client_id)
        assert found == (expected if is_active(firm, whole.as_of) else None)


@given(portals())
def test_the_backlog_is_never_more_than_is_unknown_nor_less_than_nothing(whole: Portal) -> None:
    found = kpis(whole)
    assert 0 <= found.backlog <= found.present.unknown.count
    assert len(found.months) == whole.settings.review_cycle_months
    assert [month.is_running for month in found.months[:-1]] == [False] * (len(found.months) - 1)


@given(
    count=st.integers(1, 40),
    cycle_months=st.integers(1, 18),
    as_of=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    day=st.integers(1, 28),
)
def test_a_firm_that_reviews_a_cycles_share_of_unreviewed_clients_a_month_has_no_backlog(
    count: int, cycle_months: int, as_of: date, day: int
) -> None:
    firms = [client(f"c{n:02}", last_paid_on="2026-12-31") for n in range(count)]
    share = -(-count // cycle_months)
    left = iter(firms)
    first = as_of.replace(day=1)
    months = [plus_months(first, back) + timedelta(days=day - 1) for back in range(1 - cycle_months, 1)]
    rows = [review(firm.client_id, str(on)) for on in months for firm in islice(left, share)]
    found = kpis(portal(clients=firms, reviews=rows, as_of=as_of, cycle_months=cycle_months))
    assert found.backlog == 0


@given(portals())
def test_who_stands_under_repair_is_never_asked_and_nobody_of_an_unknown_client_is(whole: Portal) -> None:
    found = nurturing(whole)
    standing = standings(whole, whole.as_of)
    repaired = {each.referrer.referrer_id for each in found.repair_first}
    asked = {person.referrer_id for person in found.asks}
    assert repaired == {f"of-{name}" for name, each in standing.items() if each in {Standing.AT_RISK, Standing.BLOCKED}}
    assert not repaired & asked
    assert not asked & {f"of-{name}" for name, each in standing.items() if each is Standing.UNKNOWN}
    assert asked >= {f"of-{name}" for name, each in standing.items() if each is Standing.HEALTHY} | {"nobodys"}


@given(portals())
def test_every_active_client_is_healthy_or_due_for_a_review(whole: Portal) -> None:
    due = [each.client.client_id for each in nurturing(whole).reviews_due]
    standing = standings(whole, whole.as_of)
    assert sorted(due) == [name for name, each in standing.items() if each is not Standing.HEALTHY]
    for each in nurturing(whole).reviews_due:
        assert each.since is None or each.since <= whole.as_of
        if each.since is not None and each.standing is not Standing.UNKNOWN:
            assert standings(whole, each.since).get(each.client.client_id, each.standing) is each.standing
