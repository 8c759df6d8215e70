"""An impact in words and in Markdown: what is alike is told once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from site_builder.impact import Impact, as_json, as_markdown, impact
from site_builder.impact.words import Group, groups, numbers, paid_already, presence, rules, sums, totals
from site_builder.model.portal import Portal
from site_builder.model.tables import Payout
from tests.impact.test_comparison import SHARE, WON, portal
from tests.portals import client, referral, rule, settings, typed

CLIENT = client(last_paid_on="2026-10-01")


def test_instalments_that_change_alike_are_one() -> None:
    dearer = {**SHARE, "parts": [{"percent": "12.5", "of": "monthly_fee", "from": "1", "to": "4"}]}
    found = impact(portal(SHARE), portal(dearer))
    (change,) = found.referrals
    assert list(groups(change, found)) == [
        Group("share 1–2", "£100.00 due", "£125.00 due"),
        Group("share 3", "£100.00 expected", "£125.00 expected"),
        Group("share 4", "-", "£125.00 expected"),
    ]
    assert totals(change, found) == "expected £100.00 → £250.00, due £200.00 → £250.00"


def test_an_instalment_that_stays_parts_those_around_it() -> None:
    # Won on 15 June: all three are due by October. The second is worth 10 % on both sides.
    won = (referral(won_on="2026-06-15", monthly_fee="1000"),)
    months = [("12.5", "1"), ("10", "2"), ("12.5", "3")]
    parts = [{"percent": percent, "of": "monthly_fee", "from": month, "to": month} for percent, month in months]
    found = impact(replace(portal(SHARE), referrals=won), replace(portal({**SHARE, "parts": parts}), referrals=won))
    assert [(group.reward, group.after) for group in groups(found.referrals[0], found)] == [
        ("share 1", "£125.00 due"),
        ("share 3", "£125.00 due"),
    ]


def test_what_was_paid_shows_why_it_should_not_have_been() -> None:
    payout = typed(Payout, {"referral_id": "r1", "rule": "share", "instalment": "2", "paid_on": "2026-10-20"})
    before = replace(portal(SHARE), payouts=(payout,))
    after = replace(portal({**SHARE, "needs_agreement": "yes"}), payouts=(payout,))
    found = impact(before, after)
    assert list(groups(found.referrals[0], found)) == [
        Group("share 1", "£100.00 due", "£100.00 withheld (unsigned)"),
        Group("share 2", "£100.00 paid", "£100.00 paid (unsigned)"),
        Group("share 3", "£100.00 expected", "£100.00 withheld (unsigned)"),
    ]


def test_a_day_is_told_where_nothing_else_differs() -> None:
    found = impact(portal(rule()), portal(rule(wait_days="10")))
    assert list(groups(found.referrals[0], found)) == [
        Group("thanks100", "£100.00 due, due 2026-08-15", "£100.00 due, due 2026-08-25")
    ]
    assert totals(found.referrals[0], found) == ""


def test_of_several_instalments_the_first_day_is_told() -> None:
    contacted = replace(portal(SHARE), referrals=(referral(status="contacted", won_on="", monthly_fee="1000"),))
    won = replace(contacted, referrals=(referral(monthly_fee="1000"),))
    found = impact(contacted, won)
    assert list(groups(found.referrals[0], found)) == [
        Group("share 1–3", "£100.00 expected, on no known day", "£100.00 expected, due from 2026-11-01 on")
    ]


def test_what_is_no_money_is_told_by_its_state() -> None:
    leaf = rule("leaf", type="honour", what="a leaf")
    found = impact(portal(leaf), portal({**leaf, "needs_agreement": "yes"}))
    assert list(groups(found.referrals[0], found)) == [Group("leaf", "due", "withheld (unsigned)")]


def test_a_referral_on_one_side_alone_is_said_to_be() -> None:
    two = replace(portal(rule()), referrals=(WON, referral("r2", prospect="Other")))
    came, went = impact(portal(rule()), two), impact(two, portal(rule()))
    assert (presence(came.referrals[0]), totals(came.referrals[0], came)) == ("new", "due £0.00 → £100.00")
    assert (presence(went.referrals[0]), totals(went.referrals[0], went)) == ("no longer there", "due £100.00 → £0.00")


def test_sums_say_how_much_more_or_less_it_is() -> None:
    found = impact(portal(SHARE), portal({**SHARE, "needs_agreement": "yes"}))
    assert [(row.name, row.before, row.after, row.difference) for row in sums(found)] == [
        ("cash to referrers", "£300.00", "£0.00", "−£300.00"),
        ("donations", "£0.00", "£0.00", "-"),
        ("for the friend", "£0.00", "£0.00", "-"),
        ("in all", "£300.00", "£0.00", "−£300.00"),
        ("due", "£200.00", "£0.00", "−£200.00"),
        ("earned", "£0.00", "£0.00", "-"),
        ("expected", "£100.00", "£0.00", "−£100.00"),
        ("withheld", "£0.00", "£300.00", "+£300.00"),
        ("paid", "£0.00", "£0.00", "-"),
    ]


DONATION = rule("lifeboats", type="donation", charity="the lifeboats", amount="150")
WELCOME = rule("welcome", type="discount", percent="50", months="2")


def test_money_is_counted_whoever_gets_it() -> None:
    # Half of 1,000 for two months is another 1,000; the donation stands in place of the hundred.
    found = impact(portal(rule()), portal(DONATION, WELCOME))
    assert [(row.name, row.before, row.after, row.difference) for row in sums(found)][:5] == [
        ("cash to referrers", "£100.00", "£0.00", "−£100.00"),
        ("donations", "£0.00", "£150.00", "+£150.00"),
        ("for the friend", "£0.00", "£1,000.00", "+£1,000.00"),
        ("in all", "£100.00", "£1,150.00", "+£1,050.00"),
        ("due", "£100.00", "£1,150.00", "+£1,050.00"),
    ]
    assert totals(found.referrals[0], found) == "due £100.00 → £1,150.00"
    totals_after = json.loads(as_json(found, "main"))["totals"]["after"]
    assert (totals_after["liability"], totals_after["due"]) == ("0.00", "0.00")
    owed = {"cash_to_referrers": "0.00", "donations": "150.00", "for_the_friend": "1000.00", "total": "1150.00"}
    assert totals_after["owed"] == owed


def paid(of: Portal, *rows: Mapping[str, str]) -> Portal:
    usual = {"referral_id": "r1", "paid_on": "2026-10-20"}
    return replace(of, payouts=tuple(typed(Payout, {**usual, **row}) for row in rows))


def last_sum(found: Impact) -> tuple[str, str]:
    row = list(sums(found))[-1]
    assert row.name == "paid"
    return row.before, row.after


def test_what_was_paid_is_no_change_of_money_and_is_told() -> None:
    row = {"rule": "thanks100", "amount": "100"}
    found = impact(paid(portal(rule()), row), paid(portal(rule(amount="120")), row))
    (change,) = found.referrals
    assert list(groups(change, found)) == []
    assert totals(change, found) == ""
    assert last_sum(found) == ("£100.00", "£100.00")
    assert list(paid_already(change, found)) == ["r1: £100.00 was paid for thanks100, which would be £120.00 now."]
    assert as_markdown(found, "main").endswith(
        "No referral earns anything else.\n\n- r1: £100.00 was paid for thanks100, which would be £120.00 now.\n"
    )
    (json_change,) = json.loads(as_json(found, "main"))["referrals"]
    assert json_change["paid_already"] == [{"rule": "thanks100", "instalment": None, "paid": "100", "now": "120.00"}]
    line = json_change["lines"][0]
    assert [(line[side]["amount"], line[side]["paid"]) for side in ("before", "after")] == [("100.00", "100"), ("120.00", "100")]


def test_a_payout_whose_line_is_gone_is_told_with_what_came_instead() -> None:
    row = {"rule": "finder", "amount": "1840"}
    finder = rule("finder", amount="1840")
    found = impact(paid(portal(finder), row), paid(portal(rule("share", amount="90")), row))
    (change,) = found.referrals
    assert list(groups(change, found)) == [Group("share", "-", "£90.00 due")]
    assert totals(change, found) == "due £0.00 → £90.00"
    assert last_sum(found) == ("£1,840.00", "£1,840.00")
    told = "r1: £1,840.00 was paid for finder, which is no longer owed: now "
    assert list(paid_already(change, found)) == [f"{told}share (£90.00 due)."]
    bare = impact(paid(portal(finder), row), paid(portal(), row))
    assert list(paid_already(bare.referrals[0], bare)) == [f"{told}nothing."]


def test_instalments_that_were_paid_alike_are_told_as_one() -> None:
    rows = [{"rule": "share", "instalment": number, "amount": "100"} for number in "12"]
    dearer = {**SHARE, "parts": [{"percent": "12.5", "of": "monthly_fee", "from": "1", "to": "3"}]}
    found = impact(paid(portal(SHARE), *rows), paid(portal(dearer), *rows))
    (change,) = found.referrals
    assert list(paid_already(change, found)) == ["r1: £100.00 each was paid for share 1–2, which would be £125.00 each now."]
    assert list(groups(change, found)) == [Group("share 3", "£100.00 expected", "£125.00 expected")]


def test_a_cap_upon_what_was_paid_is_told_of_its_amount_alone() -> None:
    row = {"rule": "thanks100", "amount": "100"}
    found = impact(paid(portal(rule()), row), paid(portal(rule(cap_per_year="80")), row))
    (change,) = found.referrals
    assert list(groups(change, found)) == []
    assert list(paid_already(change, found)) == ["r1: £100.00 was paid for thanks100, which would be £80.00 now."]


def test_a_gift_that_was_handed_over_is_told_in_kind() -> None:
    hamper = rule("hamper", type="gift", what="a hamper")
    row = {"rule": "hamper"}
    found = impact(paid(portal(hamper), row), paid(portal(), row))
    assert list(paid_already(found.referrals[0], found)) == ["r1: hamper was handed over, which is no longer owed: now nothing."]
    (change,) = json.loads(as_json(found, "main"))["referrals"]
    assert change["paid_already"] == [{"rule": "hamper", "instalment": None, "paid": None, "now": None}]


def test_a_change_that_sets_right_what_was_paid_needs_no_word() -> None:
    row = {"rule": "thanks100", "amount": "120"}
    found = impact(paid(portal(rule()), row), paid(portal(rule(amount="120")), row))
    (change,) = found.referrals
    assert (list(groups(change, found)), list(paid_already(change, found))) == ([], [])


def test_a_payout_that_is_recorded_is_what_was_paid() -> None:
    found = impact(portal(rule()), paid(portal(rule()), {"rule": "thanks100", "amount": "90"}))
    (change,) = found.referrals
    assert list(groups(change, found)) == [Group("thanks100", "£100.00 due", "£90.00 paid")]
    assert totals(change, found) == "due £100.00 → £0.00, paid £0.00 → £90.00"
    assert last_sum(found) == ("£0.00", "£90.00")


def test_a_payout_that_is_taken_back_with_its_rule_is_gone() -> None:
    found = impact(paid(portal(rule()), {"rule": "thanks100", "amount": "90"}), portal())
    (change,) = found.referrals
    assert list(groups(change, found)) == [Group("thanks100", "£90.00 paid", "-")]
    assert list(paid_already(change, found)) == []


def test_when_a_paid_reward_would_be_due_is_no_change() -> None:
    row = {"rule": "thanks100", "amount": "100"}
    assert impact(paid(portal(rule()), row), paid(portal(rule(wait_days="10")), row)).referrals == ()


def test_a_payout_of_a_later_day_has_not_left_yet() -> None:
    row = {"rule": "thanks100", "amount": "100", "paid_on": "2026-11-01"}
    assert last_sum(impact(portal(rule()), paid(portal(rule()), row))) == ("£0.00", "£0.00")


def test_two_currencies_are_not_subtracted() -> None:
    euros = replace(portal(SHARE), settings=settings(currency="EUR"))
    found = impact(portal(SHARE), euros)
    row = next(sums(found))
    assert (row.before, row.after, row.difference) == ("£300.00", "€300.00", "-")
    dearer = impact(portal(rule()), replace(portal(rule(amount="90")), settings=settings(currency="EUR")))
    assert "The currency changed, so the sums cannot be compared." in as_markdown(dearer, "main")
    assert list(groups(dearer.referrals[0], dearer)) == [Group("thanks100", "£100.00 due", "€90.00 due")]


def test_changes_of_rules_are_one_sentence() -> None:
    policy = {"sectors": {"legal": {"verdict": "forbid"}}}
    before = portal(rule("a"), rule("b"), rule("c"), rule("d"))
    after = portal(rule("c"), rule("b", amount="90"), rule("e"), policy=policy, audiences=["owner", "staff"])
    assert rules(impact(before, after).rules) == (
        "Rules: b changed (amount); e added; a removed; d removed; the order changed; audiences changed; sectors.legal changed."
    )
    assert rules(impact(before, before).rules) == ""


def test_the_five_numbers_are_told_where_they_differ() -> None:
    none, one = portal(), replace(portal(), clients=(CLIENT,))
    same = impact(one, one)
    assert numbers(same.before.kpis, same.after.kpis) == "KPIs: the five numbers stay the same."
    found = impact(none, one)
    assert numbers(found.before.kpis, found.after.kpis) == (
        "KPIs: reviewed this month 0 of 0 → 0 of 1, reviewed - → 0.0%, health - → 0.0%, risk - → 0.0%, unknown - → 100.0%."
    )


def test_markdown_is_a_heading_a_table_and_a_fold() -> None:
    found = impact(portal(rule()), portal(rule(amount="120")))
    assert (
        as_markdown(found, "ma`in")
        == """\
### What this changes for referrals, against `main` (as of 31 October 2026)

| owed | before | after | difference |
|---|---:|---:|---:|
| cash to referrers | £100.00 | £120.00 | +£20.00 |
| donations | £0.00 | £0.00 | - |
| for the friend | £0.00 | £0.00 | - |
| **in all** | £100.00 | £120.00 | +£20.00 |
| of which due | £100.00 | £120.00 | +£20.00 |
| of which earned | £0.00 | £0.00 | - |
| of which expected | £0.00 | £0.00 | - |
| withheld | £0.00 | £0.00 | - |
| paid | £0.00 | £0.00 | - |

Rules: thanks100 changed (amount).

KPIs: the five numbers stay the same.

<details><summary>1 referral earns something else</summary>

| referral | reward | before | after | in all |
|---|---|---|---|---|
| r1 | thanks100 | £100.00 due | £120.00 due | due £100.00 → £120.00 |

</details>
"""
    )


def test_markdown_names_a_referral_once_and_says_if_it_is_new() -> None:
    two = replace(portal(SHARE), referrals=(WON, referral("r2", prospect="Other", monthly_fee="1000")))
    rows = [line for line in as_markdown(impact(portal(SHARE), two), "main").splitlines() if "share" in line]
    assert rows == ["| r2 (new) | share 1–3 | - | £100.00 expected | expected £0.00 → £300.00 |"]
    shorter = {**SHARE, "parts": [{"percent": "12.5", "of": "monthly_fee", "from": "1", "to": "3"}]}
    rows = [line for line in as_markdown(impact(portal(SHARE), portal(shorter)), "main").splitlines() if "share 3" in line]
    assert rows == ["|  | share 3 | £100.00 expected | £125.00 expected |  |"]


def test_markdown_says_where_nothing_changes() -> None:
    same = impact(portal(rule()), portal(rule()))
    assert "Nothing changes: no rule differs, and no referral earns anything else." in as_markdown(same, "main")
    worded = impact(portal(rule()), portal(rule(plain="A hundred pounds for you.")))
    assert as_markdown(worded, "main").endswith("No referral earns anything else.\n")


def test_json_holds_everything_exactly() -> None:
    found = impact(portal(rule()), replace(portal(rule(amount="120")), clients=(CLIENT,)))
    zero = {"expected": "0.00", "earned": "0.00", "paid": "0.00", "withheld": "0.00"}
    month = {"month": "2026-10", "reviewed": 0}
    nobody_else = {"donations": "0.00", "for_the_friend": "0.00"}
    owed = [{"cash_to_referrers": sum_, **nobody_else, "total": sum_} for sum_ in ("100.00", "120.00")]
    assert json.loads(as_json(found, "main")) == {
        "as_of": "2026-10-31",
        "against": "main",
        "totals": {
            "before": {"currency": "GBP", "liability": "100.00", **zero, "due": "100.00", "owed": owed[0], "paid_out": "0.00"},
            "after": {"currency": "GBP", "liability": "120.00", **zero, "due": "120.00", "owed": owed[1], "paid_out": "0.00"},
        },
        "rules": {
            "added": [],
            "removed": [],
            "changed": [{"id": "thanks100", "keys": ["amount"]}],
            "reordered": False,
            "others": [],
        },
        "kpis": {
            "before": {"reviewed": None, "health": None, "risk": None, "unknown": None, "month": {**month, "target": 0}},
            "after": {"reviewed": "0.0", "health": "0.0", "risk": "0.0", "unknown": "100.0", "month": {**month, "target": 1}},
        },
        "referrals": [
            {
                "referral": "r1",
                "before": {**zero, "due": "100.00"},
                "after": {**zero, "due": "120.00"},
                "lines": [
                    {
                        "rule": "thanks100",
                        "instalment": None,
                        "before": {"amount": "100.00", "state": "due", "code": None, "due_on": "2026-08-15", "paid": None},
                        "after": {"amount": "120.00", "state": "due", "code": None, "due_on": "2026-08-15", "paid": None},
                    }
                ],
                "paid_already": [],
            }
        ],
    }


def test_json_has_null_where_there_is_nothing() -> None:
    leaf = rule("leaf", type="honour", what="a leaf")
    contacted = replace(portal(leaf), referrals=(referral(status="contacted", won_on=""),))
    (change,) = json.loads(as_json(impact(replace(contacted, referrals=()), contacted), "main"))["referrals"]
    assert change["before"] is None
    assert change["lines"] == [
        {
            "rule": "leaf",
            "instalment": None,
            "before": None,
            "after": {"amount": None, "state": "expected", "code": None, "due_on": None, "paid": None},
        }
    ]
    (gone,) = json.loads(as_json(impact(contacted, replace(contacted, referrals=())), "main"))["referrals"]
    assert gone["after"] is None
    withheld = impact(contacted, replace(contacted, incentives=portal({**leaf, "needs_agreement": "yes"}).incentives))
    (line,) = json.loads(as_json(withheld, "main"))["referrals"][0]["lines"]
    assert (line["before"]["code"], line["after"]["code"]) == (None, "unsigned")
