"""This week on 31 October 2026: each list, its order, its lateness and the command that ticks an item off."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.cli import main
from site_builder.load.folder import load
from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.model.tables import Client, Payout, Referrer
from site_builder.pages.private.kpitiles import client_rows
from site_builder.pages.private.week import (
    AnniversaryItem,
    IntroductionItem,
    MatchItem,
    PayItem,
    PromiseItem,
    RepairItem,
    ReviewItem,
    Week,
)
from site_builder.pages.private.weekly import week
from site_builder.rules.incentives.owing import Owing
from site_builder.rules.incentives.trace import State
from site_builder.rules.kpis import kpis
from site_builder.rules.programme import Programme
from site_builder.rules.standing import Standing
from tests.portals import incentives, referral, rule, typed
from tests.portals import referrer as person
from tests.rules.firms import client, portal, review
from tests.rules.rows import gift, introduction, rewards

DEMO = Path(__file__).parents[3]
NURTURE = typed(Nurture, {"sync_every_days": {"owner": 90}})


def of(given: Portal) -> Week:
    return week(Programme(given), client_rows(given, kpis(given)))


def referrer(referrer_id: str = "rita", **values: object) -> Referrer:
    """Somebody whose own contract is known to allow money."""
    return person(referrer_id, **{"kickback_clause": "none", **values})


# ------------------------------------------------------------------------------------------------------------- reviews


FIRMS = portal(
    clients=[
        client("never", since="2026-01-31", contact_name="Nell"),
        client("fine"),
        client("stuck"),
        client("newly", monthly_fee="800"),
        client("long"),
    ],
    reviews=[
        review("fine", "2026-09-01"),
        review("stuck", "2026-10-21", "roadblock", follow_up="Ask the accountant", follow_up_on="2026-11-02"),
        review("newly", "2026-10-01", "retention", follow_up="Ring Ann", follow_up_on="2026-10-24"),
        review("long", "2026-08-02", "retention"),
    ],
    referrers=[referrer("nora", client_id="never"), referrer("sol", client_id="stuck"), referrer("lou", client_id="long")],
)


def test_reviews_are_due_at_risk_first_then_blocked_then_unknown() -> None:
    found = of(FIRMS).reviews
    assert [(item.client_id, item.standing, item.days) for item in found] == [
        ("long", "at_risk", 90),  # 29 + 30 + 31 days since 2 August
        ("newly", "at_risk", 30),
        ("stuck", "blocked", 10),
        ("never", "unknown", 273),  # never reviewed: since the contract began, 31 January
    ]
    assert found[1] == ReviewItem(
        client_id="newly",
        name="Newly",
        contact_name=None,
        standing=Standing.AT_RISK,
        since=date(2026, 10, 1),
        contract_since=date(2020, 1, 1),
        days=30,
        last_reviewed_on=date(2026, 10, 1),
        monthly_fee=Decimal(800),
        follow_up="Ring Ann",
        follow_up_on=date(2026, 10, 24),
        command="portal record newly reviewed --outcome '…'",
    )
    assert (found[3].since, found[3].last_reviewed_on, found[3].contact_name, found[3].follow_up) == (None, None, "Nell", None)


def test_those_at_risk_stand_apart_too_with_what_was_promised() -> None:
    assert [(item.client_id, item.follow_up) for item in of(FIRMS).at_risk] == [("long", None), ("newly", "Ring Ann")]


def test_whose_own_firm_is_at_risk_or_blocked_is_not_asked_before_that_is_mended() -> None:
    assert of(FIRMS).repairs == (
        RepairItem("lou", "Lou", "long", "Long", Standing.AT_RISK, "portal record long reviewed --outcome '…'"),
        RepairItem("sol", "Sol", "stuck", "Stuck", Standing.BLOCKED, "portal record stuck reviewed --outcome '…'"),
    )


def test_items_are_counted_once_and_the_late_among_them() -> None:
    found = of(FIRMS)
    # Four reviews and two promises, the one to newly is late; the two firms to mend are among the four.
    assert (found.count, found.late) == (6, 1)
    assert {item.client_id for item in found.repairs} <= {item.client_id for item in found.reviews}


def repaired(outcome: str = "retention", *, reviewed_on: str = "2026-09-01", **fields: str) -> Week:
    """A client who was reviewed once, at risk unless it led to something else."""
    return of(portal(clients=[client("acme")], reviews=[review("acme", reviewed_on, outcome, **fields)]))


@pytest.mark.parametrize("outcome", ["retention", "roadblock"])
@pytest.mark.parametrize(
    ("reviewed_on", "follow_up_on", "is_later"),
    [
        ("2026-10-31", "", True),
        ("2026-10-25", "", True),
        ("2026-10-24", "", False),
        ("2026-09-01", "", False),
        ("2026-09-01", "2026-11-08", True),
        ("2026-09-01", "2026-11-07", False),
        ("2026-09-01", "2026-09-10", False),
        ("2026-10-31", "2026-10-31", True),
    ],
    ids=[
        *("today", "six days ago", "a week ago", "long ago", "the promise is in eight days", "in seven days", "it is late"),
        "the promise of today's talk stands for itself",
    ],
)
def test_a_talk_of_this_week_or_with_a_promise_further_off_waits(
    outcome: str,
    reviewed_on: str,
    follow_up_on: str,
    is_later: bool,  # noqa: FBT001  # a column of the table above
) -> None:
    found = repaired(outcome, reviewed_on=reviewed_on, follow_up="Ring Ann", follow_up_on=follow_up_on)
    assert (len(found.reviews), len(found.later_reviews)) == ((0, 1) if is_later else (1, 0))
    assert len(found.at_risk) == (outcome == "retention")
    assert found.count == len(found.reviews) + len(found.promises)


def test_a_promise_that_was_kept_no_longer_puts_off_the_talk() -> None:
    found = repaired(follow_up="Ring Ann", follow_up_on="2026-12-24", follow_up_kept_on="2026-10-01")
    assert (len(found.reviews), found.later_reviews) == (1, ())
    assert (found.reviews[0].follow_up, found.promises, found.later_promises, found.count) == (None, (), (), 1)


def test_who_is_unknown_is_talked_with_whatever_was_promised() -> None:
    found = repaired(reviewed_on="2025-06-01", follow_up="Ring Ann", follow_up_on="2026-12-24")
    assert [item.standing for item in found.reviews] == [Standing.UNKNOWN]
    assert (found.later_reviews, len(found.later_promises), found.count) == ((), 1, 1)


# -------------------------------------------------------------------------------------------------------------- promises


def test_a_promise_to_a_client_who_is_well_stands_in_the_week_until_it_is_kept() -> None:
    made = {"follow_up": "Send the cards", "follow_up_on": "2026-10-21"}
    found = repaired("asked", **made)
    assert found.promises == (
        PromiseItem(
            client_id="acme",
            name="Acme",
            contact_name=None,
            promised="Send the cards",
            promised_on=date(2026, 9, 1),
            due_on=date(2026, 10, 21),
            days_late=10,
            command="portal record acme kept",
        ),
    )
    assert (found.reviews, found.count, found.late) == ((), 1, 1)
    kept = repaired("asked", **made, follow_up_kept_on="2026-10-30")
    assert (kept.promises, kept.count, kept.late) == ((), 0, 0)


def test_promises_come_by_day_and_what_is_further_off_than_a_week_waits_uncounted() -> None:
    days = {"none": "", "eight": "2026-11-08", "seven": "2026-11-07", "late": "2026-10-30", "today": "2026-10-31"}
    rows = [review(name, "2026-10-01", follow_up="Ring", follow_up_on=day) for name, day in days.items()]
    found = of(portal(clients=[client(name) for name in days], reviews=rows))
    assert [(item.client_id, item.days_late) for item in found.promises] == [
        ("late", 1),
        ("today", 0),
        ("seven", 0),
        ("none", 0),
    ]
    assert [item.client_id for item in found.later_promises] == ["eight"]
    assert (found.count, found.late) == (4, 1)


# ------------------------------------------------------------------------------------------------------ thanks and talks


def test_thanks_and_news_say_how_late_they_are() -> None:
    given = portal(
        referrers=[referrer(name="Rita Moss")],
        referrals=[
            referral("r1", prospect="Bevan", received_on="2026-10-20", status="lost", status_on="2026-10-25", won_on=""),
            referral("r2", prospect="Corben", received_on="2026-10-30", status="received", won_on=""),
        ],
        nurture=NURTURE,
    )
    found = of(given)
    # Thanks within two days, news within five.
    assert [(item.referral_id, item.prospect, item.name, item.due_on, item.days_late, item.command) for item in found.thanks] == [
        ("r1", "Bevan", "Rita Moss", date(2026, 10, 22), 9, "portal record r1 thanked"),
        ("r2", "Corben", "Rita Moss", date(2026, 11, 1), 0, "portal record r2 thanked"),
    ]
    assert [(item.referral_id, item.is_lost, item.days_late, item.command) for item in found.news] == [
        ("r1", True, 1, "portal record r1 told")
    ]
    # Rita, who joined on no known day, is to be talked to at once, and nobody can say how late that is.
    assert (found.count, found.late) == (4, 2)


def test_a_talk_says_whether_a_referral_may_be_asked_for() -> None:
    given = replace(
        FIRMS,
        referrers=(
            referrer("lou", client_id="long", last_sync_on="2026-08-01"),
            referrer("ann", last_sync_on="2026-07-23"),
            referrer("new"),
            referrer("met", last_sync_on="2026-10-01"),
        ),
        nurture=NURTURE,
    )
    assert [(item.referrer_id, item.due_on, item.days_late, item.may_ask, item.command) for item in of(given).syncs] == [
        ("new", None, 0, True, "portal record new synced"),
        ("ann", date(2026, 10, 21), 10, True, "portal record ann synced"),
        ("lou", date(2026, 10, 30), 1, False, "portal record lou synced"),
    ]


# ------------------------------------------------------------------------------------------------ what clients are owed


def owing(*clients: Client, **tables: object) -> Portal:
    """Each client sent us one, the first of them two, and was sent nobody."""
    people = tuple(referrer(f"of-{each.client_id}", client_id=each.client_id) for each in clients)
    sent = [*people, people[0]]
    rows = tuple(referral(f"r{place}", referrer_id=each.referrer_id, prospect=f"Firm {place}") for place, each in enumerate(sent))
    return replace(portal(clients=clients, referrers=people, referrals=rows), **tables)  # type: ignore[arg-type]  # tables, each of its own type


def test_an_introduction_is_owed_to_who_sent_more_than_they_were_sent() -> None:
    vets = [client(f"vet-{number}", industry="vets", location="York", name=f"Vet {number}") for number in range(4)]
    given = owing(
        client("zoe", target_industries="dental"),
        client("ann", target_industries="vets", target_locations="York"),
        client("bob", target_industries="farming"),
        client("gone", last_paid_on="2024-01-01"),
        client("even"),
        introductions=(introduction("even", "ann"),),
    )
    given = replace(given, clients=(*given.clients, *vets))
    found = of(given)
    (zoe, ann), (bob,) = found.introductions, found.unmatched
    # The others are of "dental", all met by zoe only: given fewest introductions, then by id; a gone client is nobody to meet.
    assert (zoe.client_id, zoe.given, zoe.received, [each.client_id for each in zoe.best]) == (
        "zoe",
        0,
        2,
        ["ann", "bob", "even"],
    )
    assert zoe.command == "portal record zoe introduced --whom ann"
    assert ann == IntroductionItem(
        client_id="ann",
        name="Ann",
        given=0,
        received=1,
        best=tuple(MatchItem(f"vet-{number}", f"Vet {number}", "vets", "York") for number in range(3)),
        command="portal record ann introduced --whom vet-0",
    )
    # Whom nobody fits stays until somebody does, so it is nothing to do this week.
    assert (bob.client_id, bob.best, bob.command) == ("bob", (), "portal record bob introduced --whom '…'")
    assert found.count == len(found.reviews) + len(found.syncs) + 2


def test_before_introductions_are_written_down_nobody_is_owed_one() -> None:
    found = of(owing(client("zoe"), absent=frozenset({"data/introductions.csv"})))
    assert (found.introductions, found.unmatched) == ((), ())


def test_an_anniversary_brings_the_gift_to_choose_until_there_is_one() -> None:
    given = replace(
        portal(
            clients=[
                client("first", since="2025-11-10"),
                client("third", since="2023-11-02"),
                client("planned", since="2023-11-05"),
                client("given", since="2023-11-03"),
                client("far", since="2023-12-31"),
            ]
        ),
        rewards=rewards(anniversaries=[{"from_year": 3, "reward": "A young beech"}]),
        gifts=(gift("planned", "2026-11-04", what="Breakfast"), gift("given", "2026-10-31", what="Cake")),
    )
    found = of(given)
    assert [(item.client_id, item.days, item.years, item.plan, item.is_given) for item in found.anniversaries] == [
        ("third", 2, 3, None, False),
        ("given", 3, 3, "Cake", True),
        ("planned", 5, 3, "Breakfast", False),
        ("first", 10, 1, None, False),
    ]
    third, handed, planned, first = found.anniversaries
    assert third == AnniversaryItem(
        client_id="third",
        name="Third",
        on=date(2026, 11, 2),
        days=2,
        years=3,
        reward="A young beech",
        plan=None,
        plan_on=None,
        is_given=False,
        command="portal record third gift --what 'A young beech' --occasion anniversary --on 2026-11-02",
    )
    assert (first.reward, first.command) == (None, "portal record first gift --what '…' --occasion anniversary --on 2026-11-10")
    assert (planned.plan_on, planned.command, handed.command) == (date(2026, 11, 4), None, None)
    assert found.to_plan == found.count - len(found.reviews) == 2  # nothing is left to do about the two that have a gift


# --------------------------------------------------------------------------------------------------------------- rewards

RULES = incentives(
    rule("thanks100", audiences=["staff"], wait_days="20"),
    rule("share", type="commission", audiences=["partner"], parts=[{"percent": "10", "of": "monthly_fee", "from": 1, "to": 3}]),
    rule("year", type="commission", audiences=["owner"], parts=[{"percent": "5", "of": "first_year_revenue"}]),
    rule("boats", type="donation", audiences=["owner"], charity="the lifeboats", amount="50"),
    rule("hamper", type="gift", audiences=["owner"], what="hamper", cost="45"),
    rule("supper", type="event", audiences=["owner"], what="supper"),
    rule("welcome", type="discount", percent="50", months="1"),
    example={"monthly_fee": "1000"},
)


def earning(*pairs: tuple[Referrer, str]) -> Portal:
    """Each won one on a day, for 800 a month."""
    rows = tuple(
        referral(f"r{place}", referrer_id=each.referrer_id, prospect=f"Firm {place}", won_on=won_on, monthly_fee="800")
        for place, (each, won_on) in enumerate(pairs)
    )
    return replace(portal(referrers=[each for each, _won_on in pairs], referrals=rows), incentives=RULES)


def told(items: tuple[PayItem, ...]) -> list[tuple[str, str | None, int, bool, str | None]]:
    return [
        (item.title, None if item.amount is None else str(item.amount), item.days_late, item.is_cash, item.command)
        for item in items
    ]


def test_what_is_due_of_one_rule_for_one_referral_is_one_item_with_one_line() -> None:
    given = earning((referrer("sam", audience="staff"), "2026-10-01"), (referrer("pat", audience="partner"), "2026-08-15"))
    found = of(given)
    # Ten percent of 800, due on 15 September and on 15 October, the first 46 days ago; and 100 since 21 October.
    assert [
        (item.referral_id, item.months, item.span, str(item.amount), item.due_on, item.days_late) for item in found.payments
    ] == [
        ("r1", 2, "1-2", "160.00", date(2026, 9, 15), 46),
        ("r0", 0, "", "100.00", date(2026, 10, 21), 10),
    ]
    assert [item.command for item in found.payments] == [
        "portal record r1 paid --rule share --instalment 1-2",
        "portal record r0 paid --rule thanks100",
    ]
    share, thanks = found.payments
    assert [(line.rule.id, line.instalment, line.due_on) for line in share.lines] == [
        ("share", 1, date(2026, 9, 15)),
        ("share", 2, date(2026, 10, 15)),
    ]
    assert (share.has_single, thanks.referrer_id, thanks.name, thanks.prospect) == (False, "sam", "Sam", "Firm 0")
    assert (found.count, found.due, found.due_late) == (0, 4, 4)  # and each friend's first month


def test_a_gap_in_what_is_due_is_named_with_its_ends() -> None:
    given = earning((referrer("pat", audience="partner"), "2026-07-15"))
    paid = typed(Payout, {"referral_id": "r0", "rule": "share", "instalment": "2", "paid_on": "2026-10-01", "amount": "80"})
    (share,) = of(replace(given, payouts=(paid,))).payments
    assert (share.months, share.span, str(share.amount)) == (2, "1,3", "160.00")
    assert share.command == "portal record r0 paid --rule share --instalment 1,3"


def test_the_part_that_comes_once_is_ticked_off_with_the_months_and_never_takes_the_next() -> None:
    parts = [{"percent": "50", "of": "first_month"}, {"percent": "10", "of": "monthly_fee", "to": "3"}]
    both = incentives(rule("both", type="commission", parts=parts), example={"monthly_fee": "1000"})
    given = replace(earning((referrer("ola"), "2026-09-20")), incentives=both)
    (item,) = of(given).payments
    assert (item.months, item.span, item.has_single, str(item.amount)) == (1, "1", True, "480.00")  # 400 and 80
    assert item.command == "portal record r0 paid --rule both --instalment once,1"
    (item,) = of(replace(given, as_of=date(2026, 10, 1))).payments
    assert (item.months, item.has_single) == (0, False)
    assert item.command == "portal record r0 paid --rule both --instalment once"


def test_what_the_friend_was_promised_stands_by_itself() -> None:
    found = of(earning((referrer("sam", audience="staff"), "2026-10-20")))
    (item,) = found.friends  # half of the first month's 800
    assert (item.prospect, item.name, str(item.amount), item.is_cash, item.is_for_friend) == (
        "Firm 0",
        "Sam",
        "400.00",
        False,
        True,
    )
    assert (item.days_late, item.command) == (11, "portal record r0 paid --rule welcome")
    assert (found.payments, found.due, found.due_late) == ((), 1, 1)


def test_the_money_is_that_of_the_list_of_what_is_due() -> None:
    given = earning((referrer("sam", audience="staff"), "2026-10-01"), (referrer("ola", prefers="boats"), "2026-10-01"))
    found = of(given)
    assert found.owing == Owing(referrers=Decimal(100), charities=Decimal(50), friends=Decimal(800))
    assert found.owing.total == sum(
        line.amount or 0 for each in Programme(given).evaluations.values() for line in each.lines if line.state is State.DUE
    )
    assert sum(each.totals()[State.DUE] for each in Programme(given).evaluations.values()) == found.owing.referrers


@pytest.mark.parametrize(
    ("prefers", "payments", "handovers"),
    [
        ("boats", [("£100 for you", "50.00", 30, False, "portal record r0 paid --rule boats")], ["supper"]),
        ("hamper", [], ["hamper", "supper"]),
        ("none", [], ["supper"]),
    ],
)
def test_what_is_no_money_stands_apart(
    prefers: str, payments: list[tuple[str, str | None, int, bool, str | None]], handovers: list[str]
) -> None:
    found = of(earning((referrer("ola", prefers=prefers), "2026-10-01")))
    assert told(found.payments) == payments
    assert found.owing.referrers == 0
    assert [item.lines[0].rule.id for item in found.handovers] == handovers


def test_a_gift_can_be_late_and_an_invitation_cannot() -> None:
    found = of(earning((referrer("ola", prefers="hamper"), "2026-10-01")))
    assert told(found.handovers) == [
        ("£100 for you", None, 30, False, "portal record r0 paid --rule hamper"),
        ("£100 for you", None, 0, False, "portal record r0 paid --rule supper"),
    ]
    # An invitation presses nobody; the hamper and the friend's discount are late.
    assert (found.due, found.due_late) == (3, 2)


def test_money_of_no_known_amount_cannot_be_ticked_off_yet() -> None:
    # Five percent of the first year's revenue, and no fee is written down.
    given = earning((referrer("ola"), "2026-10-01"))
    found = of(replace(given, referrals=(referral("r0", referrer_id="ola", prospect="Firm"),)))
    (item,) = found.payments
    assert (item.lines[0].rule.id, item.amount, item.is_open, item.is_cash, item.command) == ("year", None, True, True, None)
    assert (item.days_late, found.owing.referrers) == (30, Decimal(0))


def test_the_part_of_a_reward_whose_sum_is_open_stands_by_itself() -> None:
    parts = [{"percent": "50", "of": "setup_fee"}, {"percent": "10", "of": "monthly_fee", "to": "3"}]
    both = incentives(rule("both", type="commission", parts=parts), example={"monthly_fee": "1000"})
    found = of(replace(earning((referrer("ola"), "2026-09-20")), incentives=both)).payments
    assert [(item.is_open, item.span, item.command) for item in found] == [
        (True, "", None),
        (False, "1", "portal record r0 paid --rule both --instalment 1"),
    ]


def test_an_empty_portal_has_nothing_to_do() -> None:
    nothing = Owing(Decimal(0), Decimal(0), Decimal(0))
    assert of(portal()) == Week((), (), (), (), (), (), (), (), (), (), (), (), 0, 0, 0, (), (), (), nothing, 0, 0)


# ------------------------------------------------------------------------------------------------------- commands at work


@pytest.fixture(scope="module")
def demo() -> Week:
    found = load(DEMO, as_of=date(2026, 10, 31), today=lambda _zone: date(2026, 10, 31), cache=None).portal
    assert found is not None
    return of(found)


def test_the_count_is_what_the_headings_add_up_to(demo: Week) -> None:
    listed = (demo.thanks, demo.news, demo.promises, demo.reviews, demo.syncs, demo.introductions)
    assert demo.count == sum(map(len, listed)) + demo.to_plan
    assert demo.to_plan == sum(item.command is not None for item in demo.anniversaries)
    assert demo.due == len(demo.payments) + len(demo.friends) + len(demo.handovers)


@pytest.mark.parametrize(
    "name",
    ["promises", "reviews", "repairs", "thanks", "news", "syncs", "introductions", "anniversaries", "friends", "handovers"],
)
def test_what_the_page_tells_to_type_is_accepted(
    demo: Week, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    command = next(item.command for item in getattr(demo, name) if item.command is not None)
    words = ["asked" if word == "…" else word for word in shlex.split(command)[1:]]
    assert main([*words, "--dry-run", "--portal", str(DEMO)]) == 0, capsys.readouterr().err
    assert "nothing was written" in capsys.readouterr().err
