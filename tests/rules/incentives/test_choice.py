"""Which rewards a referral brings, and which of them sector and clause hold back. R1 was received on 10 January 2026 and won."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from site_builder.rules.incentives import evaluations
from tests.portals import incentives, rule
from tests.rules.incentives.making import (
    CASH,
    DONATION,
    EVENT,
    GIFT,
    HONOUR,
    WELCOME,
    evaluated,
    programme,
    referrer,
    states,
    told,
)

SECOND = rule("second", amount="80")


def granted(*rules: Mapping[str, object], verdict: str = "", **person: Any) -> list[tuple[str, str, str | None]]:  # noqa: ANN401  # columns of the referrer
    """What becomes of the rules for a referrer; verdict: their sector's."""
    policy = {"sectors": {"general": {"verdict": verdict}}} if verdict else {}
    return states(evaluated(*rules, referrers=(referrer(**person),), policy=policy).lines)


# --------------------------------------------------------------------------------------------------- rules that apply


@pytest.mark.parametrize(
    ("values", "applies"),
    [
        ({"audiences": ["owner"]}, True),
        ({"audiences": ["staff", "partner"]}, False),
        ({"valid_from": "2026-01-10"}, True),
        ({"valid_from": "2026-01-11"}, False),
        ({"valid_to": "2026-01-10"}, True),
        ({"valid_to": "2026-01-09"}, False),
    ],
    ids=["for owners", "not for owners", "from that day", "from the day after", "until that day", "until the day before"],
)
def test_a_rule_applies_by_audience_and_day_of_receipt(values: dict[str, Any], *, applies: bool) -> None:
    assert bool(evaluated(rule(**values)).lines) is applies


def test_whom_you_do_not_reward_at_all_gets_nothing() -> None:
    portal = replace(programme(), incentives=incentives(rule(), audiences=["staff"]))
    assert evaluations(portal)["r1"].lines == ()


# ------------------------------------------------------------------------------------------ the one reward worth money


def test_one_reward_is_worth_money_and_all_others_apply() -> None:
    rules = (HONOUR, CASH, SECOND, GIFT, DONATION, EVENT, WELCOME, rule("back", type="introduction", what="two people"))
    assert [rule_id for rule_id, _state, _code in granted(*rules)] == ["leaf", "cash", "supper", "welcome", "back"]


@pytest.mark.parametrize(
    ("prefers", "chosen"),
    [("", "cash"), ("second", "second"), ("shelter", "shelter"), ("theirs", "cash"), ("leaf", "cash"), ("none", None)],
    ids=["no word", "other cash", "a donation", "what is for others", "what has no worth in money", "none"],
)
def test_it_is_the_preferred_one_if_that_applies_and_else_the_first(prefers: str, chosen: str | None) -> None:
    rules = (CASH, SECOND, DONATION, rule("theirs", audiences=["staff"]), HONOUR)
    expected = ([(chosen, "due", None)] if chosen else []) + [("leaf", "due", None)]
    assert granted(*rules, prefers=prefers) == expected


def test_a_rule_called_none_can_be_preferred() -> None:
    assert granted(CASH, rule("none"), prefers="none") == [("none", "due", None)]


def test_the_trace_says_that_it_is_preferred_and_of_no_other() -> None:
    preferred, leaf = evaluated(CASH, SECOND, HONOUR, referrers=(referrer(prefers="second"),)).lines
    assert ("preferred",) in told(preferred)
    assert ("preferred",) not in told(leaf)
    (first,) = evaluated(CASH, SECOND).lines
    assert ("preferred",) not in told(first)


def test_what_goes_to_the_referred_is_beside_the_choice() -> None:
    for_them = rule("start", to="referred"), rule("basket", type="gift", what="a basket", to="referred")
    assert [rule_id for rule_id, _state, _code in granted(*for_them, CASH, WELCOME)] == ["start", "basket", "cash", "welcome"]


# ------------------------------------------------------------------------------------------------------------- verdicts


def test_without_cash_the_first_in_kind_stands_in_and_the_cash_stays_listed() -> None:
    assert granted(CASH, DONATION, GIFT, verdict="non_cash") == [("cash", "withheld", "policy"), ("shelter", "due", None)]


def test_the_one_that_stands_in_may_be_listed_before_the_preferred_cash() -> None:
    found = granted(GIFT, CASH, DONATION, verdict="non_cash", prefers="cash")
    assert found == [("hamper", "due", None), ("cash", "withheld", "policy")]


def test_the_trace_says_for_what_it_stands_in() -> None:
    policy = {"sectors": {"general": {"verdict": "non_cash"}}}
    cash, shelter = evaluated(CASH, DONATION, policy=policy).lines
    assert told(cash)[-1] == ("policy", "non_cash", "sector", "general")
    assert told(shelter)[1] == ("stands_in", "cash")


def test_a_gift_needs_no_stand_in() -> None:
    assert granted(GIFT, CASH, DONATION, verdict="non_cash") == [("hamper", "due", None)]


def test_without_anything_in_kind_nothing_stands_in() -> None:
    assert granted(CASH, SECOND, verdict="non_cash") == [("cash", "withheld", "policy")]


def test_who_wants_no_reward_gets_none_in_kind_either() -> None:
    assert granted(CASH, DONATION, verdict="non_cash", prefers="none") == []


@pytest.mark.parametrize("first", [CASH, GIFT, DONATION], ids=["cash", "a gift", "a donation"])
def test_where_all_is_forbidden_nothing_stands_in(first: Mapping[str, object]) -> None:
    found = granted(first, rule("basket", type="gift", what="a basket"), EVENT, HONOUR, WELCOME, verdict="forbid")
    assert found == [
        (first["id"], "withheld", "policy"),
        ("supper", "withheld", "policy"),
        ("leaf", "due", None),
        ("welcome", "due", None),
    ]


def test_where_all_is_forbidden_a_discount_to_the_referrer_is_too() -> None:
    mine = rule("mine", type="discount", amount="10", to="referrer")
    theirs = rule("theirs", type="event", what="a seat", to="referred")
    assert granted(mine, theirs, verdict="forbid") == [("mine", "withheld", "policy"), ("theirs", "due", None)]
    assert granted(mine, verdict="non_cash") == [("mine", "due", None)]


def test_what_must_be_disclosed_may_be_paid() -> None:
    assert granted(CASH, verdict="disclose") == [("cash", "due", None)]


@pytest.mark.parametrize("verdict", ["", "disclose"])
def test_an_unknown_clause_holds_cash_and_nothing_stands_in(verdict: str) -> None:
    found = granted(CASH, DONATION, HONOUR, verdict=verdict, kickback_clause="unknown")
    assert found == [("cash", "withheld", "clause_unknown"), ("leaf", "due", None)]


def test_an_unknown_clause_holds_no_gift() -> None:
    assert granted(GIFT, CASH, kickback_clause="") == [("hamper", "due", None)]


def test_an_unknown_clause_adds_nothing_where_cash_is_not_allowed_anyway() -> None:
    found = granted(CASH, DONATION, verdict="non_cash", kickback_clause="unknown")
    assert found == [("cash", "withheld", "policy"), ("shelter", "due", None)]


# ----------------------------------------------------------------------------------------------------- the verdict itself


@pytest.mark.parametrize(
    ("sector", "clause", "kickback_clause", "verdict", "step"),
    [
        (None, None, "none", "allow", None),
        (None, None, "unknown", "allow", None),
        (None, None, "forbidden", "forbid", ("policy", "forbid", "clause", "forbidden")),
        (None, None, "disclose", "disclose", ("disclose", "clause", "disclose")),
        ("allow", "allow", "forbidden", "allow", None),
        ("allow", "disclose", "none", "disclose", ("disclose", "clause", "none")),
        ("disclose", "non_cash", "none", "non_cash", ("policy", "non_cash", "clause", "none")),
        ("forbid", "non_cash", "none", "forbid", ("policy", "forbid", "sector", "general")),
        ("disclose", "allow", "none", "disclose", ("disclose", "sector", "general")),
        ("non_cash", "non_cash", "none", "non_cash", ("policy", "non_cash", "clause", "none")),
        ("allow", "forbid", "unknown", "forbid", ("policy", "forbid", "clause", "unknown")),
    ],
)
def test_the_stricter_of_sector_and_clause_decides(
    sector: str | None, clause: str | None, kickback_clause: str, verdict: str, step: tuple[str, ...] | None
) -> None:
    policy = {
        "sectors": {"general": {"verdict": sector}} if sector else {},
        "clauses": {kickback_clause: {"verdict": clause}} if clause else {},
    }
    found = evaluated(CASH, policy=policy, referrers=(referrer(kickback_clause=kickback_clause),))
    assert found.verdict == verdict
    assert [(each.name.value, *each.values.values()) for each in found.steps] == ([step] if step else [])


def test_the_words_to_disclose_come_along() -> None:
    policy = {"clauses": {"disclose": {"verdict": "disclose", "words": "Say so."}}}
    (step,) = evaluated(CASH, policy=policy, referrers=(referrer(kickback_clause="disclose"),)).steps
    assert step.values == {"cause": "clause", "name": "disclose", "words": "Say so."}
