"""Small programmes: rules, one referrer whose contract says nothing, and what their referrals earn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from site_builder.model.portal import Portal
from site_builder.model.tables import Payout, Referrer
from site_builder.rules.incentives import evaluations
from site_builder.rules.incentives.evaluation import Evaluation, Line
from tests.portals import PORTAL, incentives, referral, rule, settings, typed
from tests.portals import referrer as bare_referrer

GIFT = rule("hamper", type="gift", what="a hamper")
DONATION = rule("shelter", type="donation", charity="the night shelter", amount="150")
CASH = rule("cash")
EVENT = rule("supper", type="event", what="a seat")
HONOUR = rule("leaf", type="honour", what="a leaf")
WELCOME = rule("welcome", type="discount", percent="50", months="2")


def referrer(referrer_id: str = "rita", **values: object) -> Referrer:
    """An owner whose contract says nothing about rewards, unless a column says otherwise."""
    return bare_referrer(referrer_id, **{"kickback_clause": "none", **values})


def commission(*parts: Mapping[str, object], **values: object) -> Mapping[str, object]:
    """A rule "share" of these parts."""
    return rule("share", type="commission", parts=list(parts), **values)


def monthly(percent: str = "10", **values: object) -> Mapping[str, object]:
    """A part of the monthly fee, over twelve months unless a key says otherwise."""
    return {"percent": percent, "of": "monthly_fee", "from": "1", "to": "12", **values}


def payout(referral_id: str = "r1", rule_id: str = "cash", **values: object) -> Payout:
    usual = {"referral_id": referral_id, "rule": rule_id, "paid_on": "2026-10-05"}
    return typed(Payout, {**usual, **values})


def programme(*rules: Mapping[str, object], as_of: str = "2026-10-31", currency: str = "GBP", **tables: object) -> Portal:
    """A portal with these rules; tables: fields of the Portal, referrers and referrals as given or Rita and her r1."""
    example = {"monthly_fee": "1000"}
    policy = tables.pop("policy", {})
    portal = replace(
        PORTAL,
        as_of=date.fromisoformat(as_of),
        settings=settings(currency=currency),
        incentives=incentives(*rules, example=example, policy=policy),
        referrers=(referrer(),),
        referrals=(referral(),),
    )
    return replace(portal, **tables)  # type: ignore[arg-type]  # fields of the portal, by name


def evaluated(*rules: Mapping[str, object], row: Mapping[str, Any] | None = None, **tables: object) -> Evaluation:
    """What r1 earns under these rules; row: its columns."""
    given = {"referrals": (referral(**row),), **tables} if row is not None else tables
    return evaluations(programme(*rules, **given))["r1"]  # type: ignore[arg-type]  # as programme takes them


def amounts(lines: Iterable[Line]) -> list[str]:
    """The amounts of lines, "-" for none."""
    return ["-" if line.amount is None else str(line.amount) for line in lines]


def told(line: Line) -> list[tuple[object, ...]]:
    """The steps of a line: each one's name and values."""
    return [(step.name.value, *step.values.values()) for step in line.steps]


def states(lines: Iterable[Line]) -> list[tuple[str, str, str | None]]:
    """Rule, state and code of lines."""
    return [(line.rule.id, line.state.value, line.code.value if line.code else None) for line in lines]
