"""/my/TOKEN/: who has one, how far each referral has come, what waits for a signature, and what is not theirs to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model.documents import Nurture
from site_builder.model.portal import Portal
from site_builder.page import Circle, Known, Reader
from site_builder.pages import plan
from site_builder.pages.private.my import MY, MyReferral, MyView, Stage, ToSign
from site_builder.pages.private.myrewards import Hold, Sums
from site_builder.rules.consent import public_portal
from site_builder.rules.incentives import evaluations
from site_builder.rules.incentives.agreement import unsigned, versions
from site_builder.rules.incentives.trace import State
from site_builder.rules.programme import Programme
from tests.portals import client, referral, rule, share_text, terms, typed
from tests.portals import settings as portal_settings
from tests.rules.incentives.making import CASH, DONATION, GIFT, HONOUR, commission, monthly, payout, programme, referrer

NURTURE = typed(Nurture, {"tell_outcome_within_days": "5"})
SIGNED = rule("signed", needs_agreement="yes")
VERSIONS = (
    terms("v3", effective_on="2027-01-01", title="The third"),
    terms("v1", effective_on="2025-01-01", title="The first"),
    terms("v2", effective_on="2026-07-01", title="The second"),
    terms("v2", effective_on="2026-07-01", title="Die zweite", **{"@lang": "de"}),
)


def views(portal: Portal) -> dict[str, MyView]:
    return {sheet.reader.id: sheet.view for sheet in MY.sheets(Known(Programme(portal)))}


def view(*rules: Any, **tables: Any) -> MyView:  # noqa: ANN401  # as programme takes them
    """Rita's page, with her r1 unless told otherwise."""
    return views(programme(*rules, **tables))["rita"]


def only(*rules: Any, **row: Any) -> MyReferral:  # noqa: ANN401  # columns of the referral
    """The one referral on Rita's page."""
    (found,) = view(*rules, nurture=NURTURE, referrals=(referral(**row),)).referrals
    return found


def test_each_active_referrer_has_a_page_and_nobody_else() -> None:
    people = (referrer("sam", link_version="3"), referrer("rita"), referrer("gone", active="no"))
    sheets = MY.sheets(Known(Programme(programme(referrers=people))))
    assert [(sheet.kind, sheet.template, sheet.reader) for sheet in sheets] == [
        ("my", "private/my.html", Reader(Circle.REFERRER, "rita", 1)),
        ("my", "private/my.html", Reader(Circle.REFERRER, "sam", 3)),
    ]
    assert [sheet.source.path for sheet in sheets] == ["data/referrers.csv"] * 2
    assert MY.sheets(Known(Programme(programme(referrers=(), referrals=())))) == ()


def test_the_page_greets_them_and_says_what_the_portal_promises() -> None:
    texts = (
        share_text("all"),
        share_text("owners", audience="owner"),
        share_text("staff", audience="staff"),
        share_text("aloud", channel="in_person"),
    )
    form = portal_settings(form={"backend": "mailto", "respond_within": "1 working day"})
    found = view(nurture=NURTURE, share=texts, settings=form, referrals=())
    assert (found.name, found.audience.value, found.as_of, found.code) == ("Rita", "owner", date(2026, 10, 31), "rita")
    assert (found.respond_within, found.tell_within_days) == ("1 working day", 5)
    assert [text.slug for text in found.texts] == ["all", "owners"]
    assert (found.referrals, found.won, found.wants_none, found.sums, found.to_sign) == ((), 0, False, None, None)
    assert view().tell_within_days is None
    assert view(referrers=(referrer(link_code="7QK3M9TX"),)).code == "7QK3M9TX"


def test_the_latest_referral_comes_first_and_of_one_day_the_later_id() -> None:
    rows = (
        referral("a", received_on="2026-03-01", prospect="A"),
        referral("c", received_on="2026-03-01", prospect="C"),
        referral("b", received_on="2026-05-01", prospect="B"),
        referral("tomorrow", received_on="2026-11-01", prospect="T"),
        referral("others", received_on="2026-06-01", prospect="O", referrer_id="sam"),
        referral("nobodys", received_on="2026-06-01", prospect="N", referrer_id=""),
    )
    found = view(referrers=(referrer(), referrer("sam")), referrals=rows)
    assert [each.prospect for each in found.referrals] == ["B", "C", "A"]
    assert found.won == 3


@pytest.mark.parametrize("erased", ["erased", "Erased"])
def test_whose_details_were_removed_has_no_name(erased: str) -> None:
    assert only(prospect=erased).prospect is None
    assert only(prospect="Erased Tapes").prospect == "Erased Tapes"


@pytest.mark.parametrize(
    ("row", "stage", "since"),
    [
        ({"status": "received", "won_on": ""}, Stage.RECEIVED, "2026-01-10"),
        ({"status": "received", "won_on": "", "status_on": "2026-02-02"}, Stage.RECEIVED, "2026-01-10"),
        ({"status": "contacted", "won_on": "", "status_on": "2026-10-31"}, Stage.CONTACTED, "2026-10-31"),
        ({"status": "contacted", "won_on": "", "status_on": "2026-11-01"}, Stage.RECEIVED, "2026-01-10"),
        ({"status": "contacted", "won_on": ""}, Stage.CONTACTED, None),
        ({"status": "contacted", "won_on": "", "qualified_on": "2026-02-03"}, Stage.QUALIFIED, "2026-02-03"),
        ({"status": "qualified", "won_on": "", "status_on": "2026-02-02"}, Stage.QUALIFIED, "2026-02-02"),
        ({"status": "qualified", "won_on": "", "qualified_on": "2026-02-03"}, Stage.QUALIFIED, "2026-02-03"),
        ({"status": "qualified", "won_on": ""}, Stage.QUALIFIED, None),
        ({"status": "qualified", "won_on": "", "status_on": "2026-11-01"}, Stage.RECEIVED, "2026-01-10"),
        (
            {"status": "qualified", "won_on": "", "qualified_on": "2026-11-01", "status_on": "2026-11-01"},
            Stage.RECEIVED,
            "2026-01-10",
        ),
        ({}, Stage.WON, "2026-10-01"),
        ({"won_on": "2026-10-31"}, Stage.WON, "2026-10-31"),
        ({"won_on": "2026-11-01", "qualified_on": "2026-05-05"}, Stage.QUALIFIED, "2026-05-05"),
        ({"won_on": "", "status_on": "2026-06-06"}, Stage.WON, "2026-06-06"),
        ({"won_on": ""}, Stage.WON, None),
        ({"ended_on": "2026-10-20"}, Stage.WON, "2026-10-01"),
        ({"status": "lost", "won_on": "", "status_on": "2026-03-03"}, Stage.NOT_THIS_TIME, "2026-03-03"),
        ({"status": "lost", "won_on": ""}, Stage.NOT_THIS_TIME, None),
        ({"status": "lost", "status_on": "2026-10-10"}, Stage.NOT_THIS_TIME, "2026-10-10"),
        ({"status": "lost", "status_on": "2026-11-01"}, Stage.WON, "2026-10-01"),
        ({"status": "lost", "won_on": "", "status_on": "2026-11-01"}, Stage.RECEIVED, "2026-01-10"),
    ],
)
def test_a_referral_stands_where_its_days_say_and_days_to_come_have_not_come(
    row: dict[str, str], stage: Stage, since: str | None
) -> None:
    found = only(**row)
    assert (found.stage, found.since) == (stage, date.fromisoformat(since) if since else None)


def test_lost_is_said_in_other_words() -> None:
    assert "lost" not in "".join([*Stage, *Hold])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, "2026-10-06"),
        ({"outcome_told_on": "2026-10-02"}, None),
        ({"outcome_told_on": "2026-11-01"}, "2026-10-06"),
        ({"outcome_told_on": "2026-09-30"}, "2026-10-06"),
        ({"status": "lost", "won_on": "", "status_on": "2026-03-03"}, "2026-03-08"),
        ({"status": "lost", "won_on": ""}, None),
        ({"status": "qualified", "won_on": "", "qualified_on": "2026-03-03"}, None),
    ],
    ids=["won", "told", "to be told", "told of other news", "lost", "no day to reckon from", "open"],
)
def test_news_is_promised_until_it_was_told(row: dict[str, str], expected: str | None) -> None:
    assert only(**row).news_by == (date.fromisoformat(expected) if expected else None)


def test_without_a_promise_no_news_is_promised() -> None:
    assert view().referrals[0].news_by is None


def test_thanks_to_come_were_not_given() -> None:
    assert only(thanked_on="2026-10-31").thanked_on == date(2026, 10, 31)
    assert only(thanked_on="2026-11-01").thanked_on is None
    assert only().thanked_on is None


def test_sums_add_what_is_shown() -> None:
    """Three hundred: one paid, one due, one earned; the fourth is to be won."""
    rows = (
        referral("r1", won_on="2026-09-01", prospect="A"),
        referral("r2", won_on="2026-09-02", prospect="B"),
        referral("r3", won_on="2026-10-20", prospect="C"),
        referral("r4", won_on="", status="received", prospect="D"),
    )
    found = view(rule("cash", wait_days="14"), referrals=rows, payouts=(payout(), payout("r2", paid_on="2026-11-01")))
    assert found.sums == Sums(Decimal("100.00"), Decimal("100.00"), Decimal("100.00"), Decimal("100.00"))


def test_who_wants_nothing_meets_no_reward_and_no_signature() -> None:
    found = view(SIGNED, HONOUR, referrers=(referrer(prefers="none"),), terms=VERSIONS)
    assert (found.wants_none, found.sums, found.to_sign, found.referrals[0].rewards) == (True, None, None, ())


@pytest.mark.parametrize("prefers", ["hamper", "shelter", "leaf"])
def test_who_would_rather_have_a_gift_or_an_honour_meets_no_payout_screen(prefers: str) -> None:
    found = view(CASH, GIFT, DONATION, HONOUR, referrers=(referrer(prefers=prefers),))
    assert found.sums is None
    assert found.referrals[0].rewards


def test_who_would_rather_have_cash_meets_it() -> None:
    found = view(GIFT, CASH, referrers=(referrer(prefers="cash"),))
    assert found.sums == Sums(Decimal(0), Decimal("100.00"), Decimal(0), Decimal(0))
    assert view(GIFT, CASH).sums is None


def test_money_that_may_not_be_had_is_no_payout_screen() -> None:
    doctor = referrer(sector="healthcare")
    policy = {"sectors": {"healthcare": {"verdict": "non_cash"}}}
    assert view(CASH, GIFT, referrers=(doctor,), policy=policy).sums is None
    assert view(CASH, referrals=(referral(status="lost", won_on=""),)).sums is None
    assert view(SIGNED, terms=VERSIONS).sums == Sums(*[Decimal(0)] * 4)


def test_who_is_not_rewarded_has_a_page_without_rewards() -> None:
    found = view(
        CASH, referrers=(referrer(audience="staff"),), incentives=programme(rule("cash", audiences=["owner"])).incentives
    )
    assert (found.sums, found.referrals[0].rewards) == (None, ())


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (VERSIONS, ToSign("v2", "The second")),
        (VERSIONS[:1], ToSign("v3", "The third")),
        ((), None),
    ],
    ids=["in force today", "none in force yet", "none written"],
)
def test_the_terms_to_sign_are_those_in_force_today(known: tuple[Any, ...], expected: ToSign | None) -> None:
    assert view(SIGNED, terms=known).to_sign == expected


@pytest.mark.parametrize("received_on", ["2024-12-31", "2026-01-10", "2026-07-01"])
@pytest.mark.parametrize("known", [VERSIONS, VERSIONS[:1]], ids=["some in force", "all to come"])
def test_what_is_to_be_signed_is_a_public_page_and_signing_it_today_releases_the_reward(
    received_on: str, known: tuple[Any, ...]
) -> None:
    portal = programme(SIGNED, referrals=(referral(received_on=received_on),), terms=known)
    found = views(portal)["rita"]
    assert [line.hold for line in found.referrals[0].rewards[0].lines] == [Hold.UNSIGNED]
    assert found.to_sign is not None
    assert f"/terms/{found.to_sign.version}/" in {page.url for page in plan(public_portal(portal))}
    signed = referrer(agreement_version=found.to_sign.version, agreement_signed_on="2026-10-31")
    assert unsigned(signed, date.fromisoformat(received_on), versions(portal), portal.as_of) is None
    after = views(replace(portal, referrers=(signed,)))["rita"]
    assert (after.to_sign, after.referrals[0].rewards[0].lines[0].state) == (None, State.DUE)


def test_nothing_is_to_be_signed_where_signing_would_release_nothing() -> None:
    lost = referral(status="lost", won_on="", status_on="2026-03-03")
    assert view(SIGNED, referrals=(lost,), terms=VERSIONS).to_sign is None
    assert view(rule("theirs", needs_agreement="yes", to="referred"), terms=VERSIONS).to_sign is None
    assert view(SIGNED, payouts=(payout(rule_id="signed"),), terms=VERSIONS).to_sign is None
    assert view(CASH, terms=VERSIONS).to_sign is None


def test_whose_contract_is_not_known_yet_may_sign_meanwhile() -> None:
    found = view(SIGNED, referrers=(referrer(kickback_clause="unknown"),), terms=VERSIONS)
    (line,) = found.referrals[0].rewards[0].lines
    assert (line.hold, line.version) == (Hold.CLAUSE_UNKNOWN, None)
    assert found.to_sign == ToSign("v2", "The second")


SOME = st.integers(1, 9)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_of_other_people_nothing_shows(data: st.DataObject) -> None:
    """Sam's name, rewards and referrals, and who became which client, are replaced: Rita's page stays as it was."""

    def told(number: int) -> MyView:
        sam = referrer("sam", name=f"Sam {number}", prefers="none" if number % 2 else "", email=f"sam{number}@x.example")
        rows = (
            referral("r1", prospect="Quill", monthly_fee="1000"),
            referral("r2", prospect="Later", status="qualified", won_on="", qualified_on="2026-05-05"),
            referral("s1", prospect=f"Sams {number}", referrer_id="sam", monthly_fee=f"{number}00", received_on="2026-02-02"),
            referral("s2", prospect="Quill", referrer_id="sam", received_on=f"2026-03-0{number}"),
        )
        firms = (client("known", name=f"Known {number}", monthly_fee=f"{number}000"),)
        paid = (payout("s1", amount=f"{number}0", note=f"note {number}"), payout("r1", note=f"note {number}"))
        share = commission(monthly(), cap_per_year="900")
        return views(
            programme(CASH, share, clients=firms, referrers=(referrer(), sam), referrals=rows, payouts=paid, nurture=NURTURE)
        )["rita"]

    assert told(data.draw(SOME)) == told(data.draw(SOME))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_before_a_friend_is_won_nothing_learnt_of_them_shows(data: st.DataObject) -> None:
    """Their fees, how long they would stay, their site and when they were told: none of it until there is a reward."""

    def told(number: int, status: str) -> MyView:
        row = referral(
            prospect="Quill",
            status=status,
            won_on="",
            status_on="2026-05-05",
            monthly_fee=f"{number}00",
            setup_fee=f"{number}0",
            contract_months=str(number),
            first_year_revenue=f"{number}000",
            prospect_domain=f"quill{number}.example",
            prospect_told_on=f"2026-02-0{number}",
            source="event" if number % 2 else "referral",
            lead_key=f"key{number}",
        )
        parts = (
            {"percent": "50", "of": "setup_fee"},
            {"percent": "5", "of": "first_year_revenue"},
            {"percent": "8", "of": "monthly_fee"},
        )
        rules = (
            commission(*parts, cap_per_referral="300", cap_per_year="200"),
            rule("off", type="discount", percent="5", to="referrer"),
        )
        return view(*rules, referrals=(row,), nurture=NURTURE)

    status = data.draw(st.sampled_from(["received", "contacted", "qualified", "lost"]))
    assert told(data.draw(SOME), status) == told(data.draw(SOME), status)


def test_why_a_known_friend_was_known_is_not_told() -> None:
    """A client then, or sent by somebody else before: the pages are equal to the letter."""
    share = commission(monthly())
    row = referral("r1", prospect="Quill", monthly_fee="1000")
    before = referral("s1", prospect="Quill", referrer_id="sam", received_on="2026-01-01", status="received", won_on="")
    people = (referrer(), referrer("sam"))
    firm = client("quill", name="Quill Ltd", last_paid_on="2026-10-01")
    sent = programme(CASH, share, referrers=people, referrals=(row, before))
    known = programme(CASH, share, referrers=people, referrals=(row,), clients=(firm,))
    assert [evaluations(each)["r1"].void for each in (sent, known)] == ["duplicate", "existing_client"]
    assert views(sent)["rita"] == views(known)["rita"]
    assert {line.hold for each in views(sent)["rita"].referrals[0].rewards for line in each.lines} == {Hold.KNOWN_BEFORE}
