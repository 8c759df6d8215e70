"""An impact in words and in Markdown: what is alike is told once."""

from __future__ import annotations

import json
from dataclasses import replace

from site_builder.impact import as_json, as_markdown, impact
from site_builder.impact.words import Group, groups, numbers, presence, rules, sums, totals
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
        ("liability", "£300.00", "£0.00", "−£300.00"),
        ("due", "£200.00", "£0.00", "−£200.00"),
        ("earned", "£0.00", "£0.00", "-"),
        ("expected", "£100.00", "£0.00", "−£100.00"),
        ("withheld", "£0.00", "£300.00", "+£300.00"),
        ("paid, as reckoned", "£0.00", "£0.00", "-"),
    ]


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

| cash to referrers | before | after | difference |
|---|---:|---:|---:|
| **liability** | £100.00 | £120.00 | +£20.00 |
| due | £100.00 | £120.00 | +£20.00 |
| earned | £0.00 | £0.00 | - |
| expected | £0.00 | £0.00 | - |
| **withheld** | £0.00 | £0.00 | - |
| **paid, as reckoned** | £0.00 | £0.00 | - |

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
    assert json.loads(as_json(found, "main")) == {
        "as_of": "2026-10-31",
        "against": "main",
        "totals": {
            "before": {"currency": "GBP", "liability": "100.00", **zero, "due": "100.00"},
            "after": {"currency": "GBP", "liability": "120.00", **zero, "due": "120.00"},
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
                        "before": {"amount": "100.00", "state": "due", "code": None, "due_on": "2026-08-15"},
                        "after": {"amount": "120.00", "state": "due", "code": None, "due_on": "2026-08-15"},
                    }
                ],
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
            "after": {"amount": None, "state": "expected", "code": None, "due_on": None},
        }
    ]
    (gone,) = json.loads(as_json(impact(contacted, replace(contacted, referrals=())), "main"))["referrals"]
    assert gone["after"] is None
    withheld = impact(contacted, replace(contacted, incentives=portal({**leaf, "needs_agreement": "yes"}).incentives))
    (line,) = json.loads(as_json(withheld, "main"))["referrals"][0]["lines"]
    assert (line["before"]["code"], line["after"]["code"]) == (None, "unsigned")
