"""Rewards for clients (domain, §7), whatever the rows: no order of them matters, and more of a good thing is never worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.portal import Portal, TicketTotal
from site_builder.model.tables import Client, Gift, Introduction, Practice
from site_builder.rules.anniversaries import anniversaries, anniversary, upcoming
from site_builder.rules.calendar import plus_months
from site_builder.rules.election import elections
from site_builder.rules.matches import Match, first_askers, first_matches, ledgers, listed_matches, matches, matches_by_client
from site_builder.rules.practices import practice_tier, practice_tiers
from site_builder.rules.standing import is_active
from site_builder.rules.utilisation import ClientUtilisation, utilisation
from tests.portals import AS_OF, PORTAL, client
from tests.rules.rows import ballot, gift, introduction, nomination, paying, practice, rewards

T = TypeVar("T")
NAMES = ("acme", "beck", "corner", "dale", "eden")
DAYS = st.dates(date(2025, 6, 1), date(2027, 3, 31)).map(date.isoformat)
MONTHS = st.sampled_from(("2026-08", "2026-09", "2026-10", "2026-11"))
WORST = Decimal("Infinity")


def shuffled(data: st.DataObject, rows: Sequence[T]) -> tuple[T, ...]:
    return tuple(data.draw(st.permutations(rows)))


# -------------------------------------------------------------------------------------------------------- utilisation


def used(months: Sequence[tuple[int, int]], percents: Sequence[str], *, inclusive: bool) -> ClientUtilisation:
    """What a client's tickets and endpoints of July to September earn under tiers of these percentages."""
    tiers = [{"name": percent, "up_to_percent": percent, "reward": "a day"} for percent in percents]
    totals = tuple(TicketTotal(f"2026-0{month}", endpoints, count) for month, (count, endpoints) in enumerate(months, 7))
    rules = rewards(utilisation={"tiers": tiers, "inclusive": inclusive})
    found = utilisation(replace(PORTAL, rewards=rules, tickets={"acme": totals}), client("acme"))
    assert found is not None
    return found


def limit(found: ClientUtilisation) -> Decimal:
    """The tier's percentage: the lower the better."""
    return found.tier.up_to_percent if found.tier else WORST


COUNTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=3, max_size=3)
PERCENTS = st.lists(st.sampled_from(("0", "5", "10", "12.5", "20", "33.333333", "50", "100")), unique=True, max_size=4)


@given(months=COUNTS, percents=PERCENTS, at=st.integers(0, 2), fewer=st.integers(1, 40), inclusive=st.booleans())
def test_fewer_tickets_never_earn_a_worse_tier(
    months: list[tuple[int, int]], percents: list[str], at: int, fewer: int, *, inclusive: bool
) -> None:
    less = [(max(0, count - fewer) if n == at else count, endpoints) for n, (count, endpoints) in enumerate(months)]
    assert limit(used(less, percents, inclusive=inclusive)) <= limit(used(months, percents, inclusive=inclusive))


@given(COUNTS, PERCENTS)
def test_to_count_the_percentage_itself_never_earns_a_worse_tier(months: list[tuple[int, int]], percents: list[str]) -> None:
    assert limit(used(months, percents, inclusive=True)) <= limit(used(months, percents, inclusive=False))


@given(months=COUNTS, percents=PERCENTS, data=st.data(), inclusive=st.booleans())
def test_the_tier_is_met_and_no_better_one_is_in_whatever_order_they_stand(
    months: list[tuple[int, int]], percents: list[str], data: st.DataObject, *, inclusive: bool
) -> None:
    found = used(months, shuffled(data, percents), inclusive=inclusive)
    # Tickets and endpoints of three months, without a division: 100 × tickets × 3 against percent × endpoints.
    tickets, endpoints = sum(count for count, _ in months), sum(devices for _, devices in months)
    met = [
        percent
        for percent in map(Decimal, percents)
        if endpoints and (300 * tickets < percent * endpoints or (inclusive and 300 * tickets == percent * endpoints))
    ]
    assert limit(found) == min(met, default=WORST)


@given(COUNTS)
def test_the_percentage_shown_is_within_half_a_tenth(months: list[tuple[int, int]]) -> None:
    found = used(months, (), inclusive=True)
    if found.ratio is None or found.percent is None:
        assert (found.percent, found.ratio) == (None, None)
        assert sum(endpoints for _, endpoints in months) == 0
    else:
        assert -Fraction(1, 20) < Fraction(found.percent) - found.ratio * 100 <= Fraction(1, 20)
        assert found.percent.as_tuple().exponent == -1


# ---------------------------------------------------------------------------------------------------------- practices


ITEMS = ("mfa", "leavers", "drill", "laptops")
PRACTICES = st.lists(st.builds(practice, st.sampled_from(NAMES), st.sampled_from(ITEMS), DAYS, DAYS | st.just("")), max_size=12)
TIERS = st.lists(st.lists(st.sampled_from(ITEMS), unique=True), max_size=4)


def practising(tiers: Sequence[Sequence[str]]) -> Portal:
    rules = {
        "items": [{"id": name, "title": name} for name in ITEMS],
        "tiers": [{"name": f"tier {n}", "practices": list(tier), "discount_percent": "5"} for n, tier in enumerate(tiers)],
    }
    return replace(PORTAL, rewards=rewards(practices=rules), clients=tuple(paying(name) for name in NAMES))


@given(TIERS, PRACTICES, st.sampled_from(ITEMS), st.data())
def test_one_practice_more_never_lowers_a_tier(
    tiers: list[list[str]], rows: list[Practice], more: str, data: st.DataObject
) -> None:
    before = practice_tiers(replace(practising(tiers), practices=tuple(rows)))
    after = practice_tiers(replace(practising(tiers), practices=shuffled(data, (*rows, practice("acme", more, "2026-01-01")))))
    assert after["acme"].number >= before["acme"].number
    assert {name: found for name, found in after.items() if name != "acme"} == {
        name: found for name, found in before.items() if name != "acme"
    }


@given(TIERS, PRACTICES)
def test_meeting_what_the_next_tier_needs_reaches_it(tiers: list[list[str]], rows: list[Practice]) -> None:
    portal = replace(practising(tiers), practices=tuple(rows))
    acme = portal.client_by_id["acme"]
    before = practice_tier(portal, acme)
    assert before is not None
    learnt = tuple(practice("acme", item.id, "2026-10-31") for item in before.missing_for_next)
    after = practice_tier(replace(portal, practices=(*portal.practices, *learnt)), acme)
    assert after is not None
    assert after.number > before.number if learnt else after.number == before.number == len(tiers)


# ------------------------------------------------------------------------------------------------------ anniversaries


@given(st.dates(date(1996, 1, 1), AS_OF), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_the_next_anniversary_is_the_first_on_or_after_as_of(since: date, as_of: date) -> None:
    acme = paying(since=since.isoformat(), last_paid_on="2030-12-31")
    found = anniversary(replace(PORTAL, as_of=as_of), acme)
    if as_of < since:
        assert found is None
        return
    assert found is not None
    assert found.next_on == plus_months(since, 12 * found.next_years) >= as_of
    assert found.next_years >= 1
    assert found.next_years == 1 or plus_months(since, 12 * (found.next_years - 1)) < as_of
    assert plus_months(since, 12 * found.years) <= as_of < plus_months(since, 12 * (found.years + 1))


GIFTS = st.lists(st.builds(gift, st.sampled_from(NAMES), DAYS, what=st.sampled_from(("A beech", "Wine"))), max_size=12)
CLIENT_DAYS = st.lists(DAYS, min_size=len(NAMES), max_size=len(NAMES))


@given(CLIENT_DAYS, GIFTS, st.integers(0, 400), st.data())
def test_no_order_of_rows_changes_an_anniversary(days: list[str], gifts: list[Gift], ahead: int, data: st.DataObject) -> None:
    clients = tuple(paying(name, since=day) for name, day in zip(NAMES, days, strict=True))
    rules = rewards(anniversaries=[{"from_year": "1", "reward": "A card"}, {"from_year": "2", "reward": "Wine"}])
    portal = replace(PORTAL, rewards=rules, clients=clients, gifts=tuple(gifts))
    other = replace(portal, clients=shuffled(data, clients), gifts=shuffled(data, gifts))
    assert anniversaries(other) == anniversaries(portal)
    assert upcoming(other, ahead) == upcoming(portal, ahead)
    assert all(each.next_on >= AS_OF and (each.next_on - AS_OF).days <= ahead for each in upcoming(portal, ahead))


# ----------------------------------------------------------------------------------------------------------- election


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), MONTHS), max_size=8),
    st.lists(st.tuples(MONTHS, st.sampled_from("abcdefgh"), st.sampled_from(NAMES)), unique_by=lambda row: row[:2], max_size=20),
    st.data(),
)
def test_votes_add_up_and_a_winner_has_more_than_anybody(
    nominated: list[tuple[str, str]], cast: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    nominations = tuple(nomination(name, month) for name, month in nominated)
    votes = tuple(vote for month, voter, chosen in cast for vote in ballot(month, **{voter: chosen}))
    portal = replace(PORTAL, nominations=nominations, votes=votes)
    found = elections(portal)
    assert elections(replace(portal, nominations=shuffled(data, nominations), votes=shuffled(data, votes))) == found
    happened = {month for _, month in nominated} | {month for month, _, _ in cast}
    assert [each.month for each in found] == sorted(happened - {"2026-11"})
    for each in found:
        assert each.turnout == sum(each.votes.values()) + len(each.stray) == sum(month == each.month for month, _, _ in cast)
        assert {(name, each.month) for name in each.nominated} == {row for row in nominated if row[1] == each.month}
        if each.winner is not None:
            others = [count for name, count in each.votes.items() if name != each.winner]
            assert each.votes[each.winner] > max(others, default=0)
        else:
            counts = sorted(each.votes.values(), reverse=True)
            assert not any(counts) or counts[0] == counts[1]
        assert each.is_tie is (each.winner is None and any(each.votes.values()))


# ------------------------------------------------------------------------------------------------- refer them business


INDUSTRIES, PLACES = ("Dental", "law", "LAW ", "retail"), ("Leeds", "leeds ", "York", "")
FIRMS = st.fixed_dictionaries(
    {
        "industry": st.sampled_from(INDUSTRIES),
        "location": st.sampled_from(PLACES),
        "target_industries": st.lists(st.sampled_from(INDUSTRIES), max_size=3).map(";".join),
        "target_locations": st.lists(st.sampled_from(PLACES), max_size=2).map(";".join),
        "last_paid_on": st.sampled_from(("2026-10-01", "2026-10-01", "2025-10-31", "")),
        "listed": st.sampled_from(("yes", "no")),
    }
)
INTRODUCTIONS = st.lists(
    st.builds(introduction, st.sampled_from(NAMES), st.sampled_from((*NAMES, "Acme", "BECK", "Stranger")), DAYS), max_size=10
)


def firms(several: Sequence[Mapping[str, str]]) -> tuple[Client, ...]:
    return tuple(paying(name, **values) for name, values in zip(NAMES, several, strict=True))


PORTALS = st.builds(
    lambda several, introductions: replace(PORTAL, clients=firms(several), introductions=tuple(introductions)),
    st.lists(FIRMS, min_size=len(NAMES), max_size=len(NAMES)),
    INTRODUCTIONS,
)


def ids(found: Sequence[Match]) -> list[str]:
    return [match.client.client_id for match in found]


def same(one: str, other: str | None) -> bool:
    return other is not None and one.strip().lower() == other.strip().lower()


def is_asked_for(asks: Client, other: Client) -> bool:
    """The domain's sentence, word by word."""
    industry = any(same(target, other.industry) for target in asks.target_industries)
    place = not asks.target_locations or any(same(target, other.location) for target in asks.target_locations)
    return industry and place and asks.client_id != other.client_id


def is_known(portal: Portal, asks: Client, other: Client) -> bool:
    rows = [row for row in portal.introductions if row.client_id == asks.client_id and row.introduced_on <= portal.as_of]
    return any(row.introduced == other.client_id or same(row.introduced, other.name) for row in rows)


@given(PORTALS)
def test_matches_are_the_active_clients_asked_for_and_not_yet_met(portal: Portal) -> None:
    given_to = Counter(row.client_id for row in portal.introductions if row.introduced_on <= portal.as_of)
    for asks in portal.clients:
        expected = [
            other.client_id
            for other in portal.clients
            if is_active(asks, AS_OF)
            and is_active(other, AS_OF)
            and is_asked_for(asks, other)
            and not is_known(portal, asks, other)
        ]
        found = matches(portal, asks)
        assert ids(found) == sorted(expected, key=lambda name: (given_to[name], name))
        assert {match.fit for match in found} <= {2 if asks.target_locations else 1}
        assert asks.client_id not in ids(found)


@given(PORTALS, st.data())
def test_no_order_of_rows_changes_a_match(portal: Portal, data: st.DataObject) -> None:
    other = replace(portal, clients=shuffled(data, portal.clients), introductions=shuffled(data, portal.introductions))
    assert list(matches_by_client(other).items()) == list(matches_by_client(portal).items())
    assert list(listed_matches(other).items()) == list(listed_matches(portal).items())
    assert list(ledgers(other).items()) == list(ledgers(portal).items())


@given(PORTALS, INTRODUCTIONS, st.lists(DAYS, min_size=len(NAMES), max_size=len(NAMES)))
def test_public_matches_are_those_of_the_directory_whatever_is_private(
    portal: Portal, introductions: list[Introduction], paid: list[str]
) -> None:
    public = {client_id: ids(found) for client_id, found in listed_matches(portal).items()}
    assert public == {
        asks.client_id: [other.client_id for other in portal.clients if other.listed and is_asked_for(asks, other)]
        for asks in portal.clients
        if asks.listed
    }
    private = {
        each.client_id: {"last_paid_on": date.fromisoformat(day), "since": date.fromisoformat(day)}
        for each, day in zip(portal.clients, paid, strict=True)
    }
    shown = tuple(each.model_copy(update=private[each.client_id]) for each in portal.clients if each.listed)
    other = replace(portal, clients=shown, introductions=tuple(introductions), as_of=date(2030, 1, 1))
    assert {client_id: ids(found) for client_id, found in listed_matches(other).items()} == public


@given(PORTALS)
def test_everybodys_are_the_same_as_each_ones(portal: Portal) -> None:
    active = [each for each in portal.clients if is_active(each, AS_OF)]
    assert matches_by_client(portal) == {each.client_id: matches(portal, each) for each in active}
    first = listed_matches(portal, 2)
    assert first == {client_id: found[:2] for client_id, found in listed_matches(portal).items()}


@given(PORTALS, st.integers(0, 3))
def test_the_first_few_are_the_first_of_all(portal: Portal, most: int) -> None:
    every = matches_by_client(portal)
    assert first_matches(portal, most) == {name: found[:most] for name, found in every.items()}
    of_the_directory = {name: tuple(match for match in found if match.client.listed) for name, found in every.items()}
    assert first_matches(portal, most, listed=True) == {name: found[:most] for name, found in of_the_directory.items()}


@given(PORTALS, st.integers(0, 3))
def test_who_asks_is_whoever_of_the_directory_has_a_client_for_a_match_and_was_not_introduced_to_them(
    portal: Portal, most: int
) -> None:
    """All matches turned round, as they were once found; it takes a square of clients, so no page does it."""
    met = {(row.client_id, row.introduced) for row in portal.introductions if row.introduced_on <= portal.as_of}
    every = matches_by_client(portal)
    by_name = sorted((portal.client_by_id[name] for name in every), key=lambda each: (each.name.casefold(), each.client_id))
    assert first_askers(portal, most) == {
        name: tuple(
            asks for asks in by_name if asks.listed and name in ids(every[asks.client_id]) and (name, asks.client_id) not in met
        )[:most]
        for name in every
    }
