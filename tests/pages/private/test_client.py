"""/client/TOKEN/: who has one, and what it says of tickets, practices and years together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.portal import Portal, TicketTotal
from site_builder.page import Circle, Known, Reader
from site_builder.pages.private.client import CLIENT, ClientView, Helper, PracticesPanel, Standard, Streak, UtilisationPanel
from site_builder.rules.programme import Programme
from site_builder.rules.utilisation import utilisation
from tests.portals import PORTAL, referral, referrer, trust
from tests.rules.firms import review
from tests.rules.rows import gift, introduction, paying, practice, rewards, tickets

GOLD = {"name": "gold", "up_to_percent": "10", "reward": "a day", "value": "300"}
SILVER = {"name": "silver", "up_to_percent": "20", "reward": "half a day", "value": "100"}
ITEMS = [
    {"id": "mfa", "title": "A second step", "why": "Passwords get stolen."},
    {"id": "drill", "title": "A restore drill"},
    {"id": "phone", "title": "Check by phone"},
    {"id": "extra", "title": "Asked for by no tier"},
]
LADDER = [
    {"name": "bronze", "practices": ["mfa"], "discount_percent": "5"},
    {"name": "silver", "practices": ["mfa", "drill", "phone"], "discount_percent": "10"},
]


def views(portal: Portal) -> dict[str, ClientView]:
    return {sheet.reader.id: sheet.view for sheet in CLIENT.sheets(Known(Programme(portal)))}


def view(**fields: Any) -> ClientView:  # noqa: ANN401  # fields of the portal
    """Acme's page; they are the only client unless told otherwise."""
    return views(replace(PORTAL, **{"clients": (paying(),), **fields}))["acme"]


def used(
    count: int, endpoints: int = 100, tiers: tuple[Mapping[str, str], ...] = (SILVER, GOLD), **rules: object
) -> UtilisationPanel:
    """Tickets in one month, all in September, on so many endpoints."""
    found = view(
        rewards=rewards(utilisation={"months": "1", "tiers": list(tiers), **rules}),
        tickets={"acme": tickets(m2026_09=(count, endpoints))},
    ).utilisation
    assert found is not None
    return found


def test_each_active_client_has_a_page_and_nobody_else() -> None:
    firms = (
        paying("zeta", link_version="2"),
        paying("acme", contact_name="Ada"),
        paying("gone", last_paid_on="2025-10-31"),
        paying("soon", since="2026-11-01"),
    )
    sheets = CLIENT.sheets(Known(Programme(replace(PORTAL, clients=firms))))
    assert [(sheet.kind, sheet.template, sheet.reader) for sheet in sheets] == [
        ("client", "private/client.html", Reader(Circle.CLIENT, "acme", 1)),
        ("client", "private/client.html", Reader(Circle.CLIENT, "zeta", 2)),
    ]
    assert [sheet.source.path for sheet in sheets] == ["data/clients.csv"] * 2
    assert (sheets[0].view.name, sheets[0].view.contact_name, sheets[0].view.as_of) == ("Acme", "Ada", date(2026, 10, 31))


def test_what_is_not_started_has_no_panel() -> None:
    found = view()
    assert (found.utilisation, found.practices) == (None, None)
    assert (found.given, found.received, found.to_meet, found.would_meet) == ((), 0, (), ())
    unstarted = view(rewards=rewards())
    assert (unstarted.utilisation, unstarted.practices) == (None, None)


def test_the_team_is_named_where_they_agreed_the_first_four() -> None:
    members = [
        {"name": "Moira", "role": "Founder", "contact": "moira@harbour.example", "public": "yes"},
        {"name": "Shy", "public": "no"},
        {"name": "Tom", "public": "yes"},
        {"name": "Una", "public": "yes"},
        {"name": "Vic", "public": "yes"},
        {"name": "Wyn", "public": "yes"},
    ]
    found = view(trust=trust(team=members)).team
    assert [each.name for each in found] == ["Moira", "Tom", "Una", "Vic"]
    assert found[0] == Helper("Moira", "Founder", "moira@harbour.example")
    assert found[1] == Helper("Tom", None, None)


def test_without_a_file_about_trust_nobody_of_the_team_is_named() -> None:
    assert view().team == ()
    assert view(trust=trust()).team == ()


def test_who_pays_by_the_hour_has_no_tickets_to_save() -> None:
    hourly = (paying(all_inclusive="no"),)
    assert view(clients=hourly, rewards=rewards(utilisation={"tiers": [GOLD]})).utilisation is None


@pytest.mark.parametrize(
    ("count", "inclusive", "reached", "following", "fewer"),
    [
        (9, True, "gold", None, None),
        (10, True, "gold", None, None),
        (11, True, "silver", "gold", 1),
        (20, True, "silver", "gold", 10),
        (21, True, None, "silver", 1),
        (9, False, "gold", None, None),
        (10, False, "silver", "gold", 1),
        (19, False, "silver", "gold", 10),
        (20, False, None, "silver", 1),
        (50, False, None, "silver", 31),
    ],
)
def test_the_next_tier_is_the_nearest_one_and_so_many_tickets_away(
    count: int,
    *,
    inclusive: bool,
    reached: str | None,
    following: str | None,
    fewer: int | None,
) -> None:
    """On a hundred endpoints a ticket is a percent; 10 meet 10 % where exactly that still counts."""
    found = used(count, inclusive="yes" if inclusive else "no")
    assert (found.reached.name if found.reached else None) == reached
    assert (found.next_tier.name if found.next_tier else None) == following
    assert (found.next_tier.fewer if found.next_tier else None) == fewer


@pytest.mark.parametrize(
    ("count", "endpoints", "tiers", "is_far"),
    [
        (30, 100, (SILVER, GOLD), False),
        (31, 100, (SILVER, GOLD), True),
        (20, 100, (SILVER, GOLD), False),
        (2, 5, (SILVER,), False),
        (3, 5, (SILVER,), True),
        (0, 5, (SILVER,), False),
        (90, 38, ({**SILVER, "up_to_percent": "0"},), True),
        (90, 38, (), False),
    ],
    ids=["a third fewer", "more than a third", "silver has its reward", "one a month", "two a month", "none", "all", "no tiers"],
)
def test_who_would_need_more_than_a_third_fewer_tickets_is_far(
    count: int, endpoints: int, tiers: tuple[Mapping[str, str], ...], *, is_far: bool
) -> None:
    """Silver is 20 on a hundred, ten fewer than 30 and eleven fewer than 31; on five devices it is one ticket."""
    assert used(count, endpoints, tiers).is_far is is_far


def test_without_a_whole_record_nobody_is_far() -> None:
    gap = tickets(m2026_07=(90, 10), m2026_09=(90, 10))
    found = view(rewards=rewards(utilisation={"tiers": [GOLD]}), tickets={"acme": gap}).utilisation
    assert found is not None
    assert not found.is_far


def test_over_a_quarter_three_tickets_fewer_are_near() -> None:
    """On ten devices gold is one ticket: of four, three fewer; of five, four."""

    def is_far(july: int) -> bool:
        quarter = tickets(m2026_07=(july, 10), m2026_08=(1, 10), m2026_09=(1, 10))
        found = view(rewards=rewards(utilisation={"tiers": [GOLD]}), tickets={"acme": quarter}).utilisation
        assert found is not None
        return found.is_far

    assert (is_far(2), is_far(3)) == (False, True)


def test_the_tiers_are_told_the_best_first() -> None:
    found = used(15)
    assert [
        (tier.name, tier.reward, str(tier.up_to_percent), tier.is_reached, tier.is_best_met, tier.fewer) for tier in found.tiers
    ] == [
        ("gold", "a day", "10", False, False, 5),
        ("silver", "half a day", "20", True, True, 0),
    ]
    best = used(5)
    assert [(tier.is_reached, tier.is_best_met) for tier in best.tiers] == [(True, True), (True, False)]


def test_a_panel_says_what_it_reckoned_with() -> None:
    """20 tickets on 100 endpoints, the average of 90, 110 and 100."""
    quarter = tickets(m2026_06=(99, 1), m2026_07=(6, 90), m2026_08=(6, 110), m2026_09=(8, 100), m2026_10=(99, 1))
    found = view(rewards=rewards(utilisation={"tiers": [SILVER, GOLD]}), tickets={"acme": quarter}).utilisation
    assert found is not None
    assert (found.first, found.last, found.missing) == (date(2026, 7, 1), date(2026, 9, 1), ())
    assert (found.tickets, found.endpoints, found.percent) == (20, Decimal("100.0"), Decimal("20.0"))


def test_endpoints_are_told_with_one_decimal() -> None:
    """1 and 2 and 2 endpoints are 1.67 on average."""
    few = tickets(m2026_07=(0, 1), m2026_08=(0, 2), m2026_09=(0, 2))
    found = view(rewards=rewards(utilisation={"tiers": [GOLD]}), tickets={"acme": few}).utilisation
    assert found is not None
    assert (found.endpoints, found.percent) == (Decimal("1.7"), Decimal("0.0"))


@pytest.mark.parametrize(
    ("totals", "missing", "endpoints"),
    [
        (tickets(m2026_07=(1, 10), m2026_09=(1, 10)), (date(2026, 8, 1),), None),
        ((), (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)), None),
        (tickets(m2026_07=(1, 0), m2026_08=(0, 0), m2026_09=(0, 0)), (), Decimal("0.0")),
    ],
    ids=["a month missing", "no month at all", "no endpoints"],
)
def test_without_a_whole_record_no_tier_is_near(
    totals: tuple[TicketTotal, ...], missing: tuple[date, ...], endpoints: Decimal | None
) -> None:
    found = view(rewards=rewards(utilisation={"tiers": [GOLD]}), tickets={"acme": totals}).utilisation
    assert found is not None
    assert (found.missing, found.endpoints, found.percent, found.reached, found.next_tier) == (
        missing,
        endpoints,
        None,
        None,
        None,
    )
    assert [(tier.is_reached, tier.is_best_met, tier.fewer) for tier in found.tiers] == [(False, False, None)]


def test_a_tier_that_not_even_silence_reaches_is_never_next() -> None:
    """Below 0 % there is nothing: where exactly the percentage does not count, nobody is within it."""
    none = {**GOLD, "up_to_percent": "0"}
    strict = used(0, tiers=(none,), inclusive="no")
    assert (strict.next_tier, strict.reached, strict.tiers[0].is_reached, strict.tiers[0].fewer) == (None, None, False, None)
    assert used(3, tiers=(none, SILVER), inclusive="no").next_tier is None
    mild = used(3, tiers=(none,)).next_tier
    assert mild is not None
    assert mild.fewer == 3


def test_without_tiers_there_is_still_a_record() -> None:
    found = used(5, tiers=())
    assert (found.percent, found.tiers, found.reached, found.next_tier) == (Decimal("5.0"), (), None, None)


@settings(max_examples=40, deadline=None)
@given(
    months=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 60)), min_size=3, max_size=3),
    inclusive=st.booleans(),
    percents=st.lists(st.decimals("0", "120", places=1), min_size=1, max_size=3, unique=True),
)
def test_so_many_fewer_is_enough_and_one_less_is_not(
    months: list[tuple[int, int]],
    *,
    inclusive: bool,
    percents: list[Decimal],
) -> None:
    totals = [
        TicketTotal(month, endpoints, count)
        for month, (count, endpoints) in zip(("2026-07", "2026-08", "2026-09"), months, strict=True)
    ]
    tiers = [{"name": f"t{number}", "up_to_percent": str(each), "reward": "x"} for number, each in enumerate(percents)]
    rules = rewards(utilisation={"tiers": tiers, "inclusive": "yes" if inclusive else "no"})

    def best_with(fewer: int) -> str | None:
        """Only the sum counts: the tickets left all stand in July."""
        left = sum(total.tickets for total in totals) - fewer
        changed = tuple(total._replace(tickets=left if total.month == "2026-07" else 0) for total in totals)
        portal = replace(PORTAL, clients=(paying(),), rewards=rules, tickets={"acme": changed})
        found = utilisation(portal, portal.clients[0])
        assert found is not None
        return found.tier.name if found.tier else None

    def best(panel: UtilisationPanel) -> str | None:
        return panel.reached.name if panel.reached else None

    panel = view(rewards=rules, tickets={"acme": tuple(totals)}).utilisation
    assert panel is not None
    assert best(panel) == best_with(0)
    if panel.next_tier is not None:
        assert panel.next_tier.fewer
        assert best_with(panel.next_tier.fewer) == panel.next_tier.name
        assert best_with(panel.next_tier.fewer - 1) == best(panel)


def test_of_two_tiers_that_the_same_ticket_reaches_the_better_is_next() -> None:
    """On ten endpoints 18 % and 12 % are one ticket both, and two tickets are 20 %."""
    found = used(2, 10, ({**SILVER, "up_to_percent": "18"}, {**GOLD, "up_to_percent": "12"})).next_tier
    assert found is not None
    assert (found.name, found.fewer) == ("gold", 1)


def test_practices_met_and_missing_with_the_discount() -> None:
    rows = (
        practice("acme", "mfa", "2026-01-01"),
        practice("acme", "phone", "2026-10-31"),
        practice("else", "drill", "2026-01-01"),
    )
    found = view(rewards=rewards(practices={"items": ITEMS, "tiers": LADDER}), practices=rows).practices
    assert found == PracticesPanel(
        is_looked_at=True,
        name="bronze",
        discount_percent=Decimal(5),
        next_name="silver",
        next_discount_percent=Decimal(10),
        missing_for_next=("A restore drill",),
        standards=(
            Standard("A second step", "Passwords get stolen.", is_met=True, tier="bronze"),
            Standard("A restore drill", None, is_met=False, tier="silver"),
            Standard("Check by phone", None, is_met=True, tier="silver"),
            Standard("Asked for by no tier", None, is_met=False, tier=None),
        ),
    )


@pytest.mark.parametrize("met_on", [None, "2026-11-01"], ids=["no row", "a row to come"])
def test_of_a_client_without_a_row_nothing_is_said_to_be_missing(met_on: str | None) -> None:
    rows = (practice("else", "mfa", "2026-01-01"), *([practice("acme", "mfa", met_on)] if met_on else []))
    found = view(rewards=rewards(practices={"items": ITEMS, "tiers": LADDER}), practices=rows).practices
    assert found is not None
    assert (found.is_looked_at, found.name, found.missing_for_next) == (False, None, ())
    # An outlook: what there is, and what the first tier brings.
    assert (found.next_name, found.next_discount_percent) == ("bronze", Decimal(5))
    assert [each.title for each in found.standards] == [each["title"] for each in ITEMS]


def test_a_practice_that_lapsed_was_looked_at() -> None:
    rows = (practice("acme", "mfa", "2026-01-01", "2026-02-01"),)
    found = view(rewards=rewards(practices={"items": ITEMS, "tiers": LADDER}), practices=rows).practices
    assert found is not None
    assert (found.is_looked_at, found.missing_for_next) == (True, ("A second step",))


def test_a_gap_below_is_a_gap_above() -> None:
    rows = (
        practice("acme", "drill", "2026-01-01"),
        practice("acme", "phone", "2026-01-01"),
        practice("acme", "mfa", "2026-01-01", "2026-10-31"),
    )
    found = view(rewards=rewards(practices={"items": ITEMS, "tiers": LADDER}), practices=rows).practices
    assert found is not None
    assert (found.name, found.discount_percent, found.next_name, found.missing_for_next) == (
        None,
        None,
        "bronze",
        ("A second step",),
    )


def test_at_the_top_nothing_is_next() -> None:
    rows = tuple(practice("acme", each, "2026-01-01") for each in ("mfa", "drill", "phone"))
    found = view(rewards=rewards(practices={"items": ITEMS, "tiers": LADDER}), practices=rows).practices
    assert found is not None
    assert (found.name, found.next_name, found.next_discount_percent, found.missing_for_next) == ("silver", None, None, ())


def test_practices_without_tiers_are_a_list() -> None:
    found = view(rewards=rewards(practices={"items": ITEMS})).practices
    assert found is not None
    assert (found.name, found.next_name, len(found.standards)) == (None, None, 4)


def test_a_milestone_is_a_year_and_never_a_gift() -> None:
    staying = rewards(anniversaries=[{"from_year": "1", "reward": "Brownies"}, {"from_year": "5", "reward": "A beech"}])
    planned = gift("acme", "2027-01-10", what="A telescope")
    found = view(rewards=staying, gifts=(planned,))
    # Since 15 January 2024.
    assert found.streak == Streak(
        years=2,
        since=date(2024, 1, 15),
        next_on=date(2027, 1, 15),
        next_years=3,
        milestone_year=5,
        milestone_on=date(2029, 1, 15),
    )
    assert not any(word in repr(found) for word in ("Brownies", "beech", "telescope"))


def test_without_milestones_the_years_count_all_the_same() -> None:
    found = view().streak
    assert (found.years, found.milestone_year, found.milestone_on) == (2, None, None)


def test_who_came_on_a_leap_day_has_anniversaries_on_28_february() -> None:
    leap = (paying(since="2024-02-29"),)
    found = view(clients=leap).streak
    assert (found.since, found.years, found.next_on, found.next_years) == (date(2024, 2, 29), 2, date(2027, 2, 28), 3)
    today = view(clients=leap, as_of=date(2027, 2, 28)).streak
    assert (today.years, today.next_on, today.next_years) == (3, date(2027, 2, 28), 3)
    assert view(clients=leap, as_of=date(2027, 3, 1)).streak.next_on == date(2028, 2, 29)


DIGIT = st.integers(1, 9)


@settings(max_examples=15, deadline=None)
@given(DIGIT, DIGIT)
def test_what_is_private_to_others_or_to_the_owner_does_not_show(one: int, other: int) -> None:
    """Reviews, gifts planned, values of introductions, money and contacts, staff who refer, unlisted clients' names."""

    def told(number: int) -> ClientView:
        outcome = ("asked", "retention", "roadblock")[number % 3]
        firms = (
            paying(target_industries=["law"], monthly_fee=f"{number}00", seats=str(number)),
            paying("quill", industry="law", listed="yes", monthly_fee=f"{number}00", contact_email=f"a{number}@x.example"),
            paying(
                "hidden",
                name=f"Hidden {number}",
                industry="law",
                target_industries=["dental"],
                website=f"https://h{number}.example/",
            ),
        )
        staying = rewards(
            utilisation={"months": "1", "tiers": [SILVER]},
            anniversaries=[{"from_year": "1", "reward": f"Gift {number}"}, {"from_year": "5", "reward": f"Tree {number}"}],
        )
        return view(
            clients=firms,
            rewards=staying,
            reviews=(
                review("acme", f"2026-09-0{number}", outcome, nps=str(number), roadblock=f"b{number}", note=f"note {number}"),
                review("quill", "2026-09-01", outcome, follow_up=f"f{number}", follow_up_on="2026-12-01"),
            ),
            gifts=(gift("acme", f"2027-01-0{number}", what=f"Telescope {number}", cost=f"{number}0"),),
            introductions=(
                introduction("acme", "A pump maker", result=("open", "won", "lost")[number % 3], value=f"{number}000"),
                introduction("acme", "hidden"),
                introduction("acme", f"Hidden {number} Ltd"),
            ),
            tickets={"acme": tickets(m2026_09=(5, 100)), "quill": tickets(m2026_09=(number, 100))},
            practices=(practice("quill", "mfa", f"2026-01-0{number}"),),
            referrers=(referrer("tom", client_id="acme", audience="staff", name=f"Tom {number}"),),
            referrals=tuple(referral(f"r{each}", referrer_id="tom") for each in range(number)),
        )

    assert told(one) == told(other)
