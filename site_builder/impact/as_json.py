"""An impact for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from site_builder.impact.comparison import Impact, PaidAlready, ReferralChange, Reward, RuleChanges, Side
from site_builder.impact.money import Part, Totals
from site_builder.rules.incentives.trace import State
from site_builder.rules.money import rounded

_Json = Mapping[str, object]


def as_json(impact: Impact, against: str) -> str:
    """Return {"as_of", "against", "totals": {"before", "after"}, "rules", "kpis": {"before", "after"}, "referrals": […]}.

    Amounts and percentages are strings, as in the other commands' answers; null where there is none. The totals' "liability" and
    states are of cash to referrers, as in portal explain; "owed" is of all money, and "paid_out" is what payouts.csv has.
    """
    answer = {
        "as_of": impact.as_of.isoformat(),
        "against": against,
        "totals": {"before": _side(impact.before), "after": _side(impact.after)},
        "rules": _rules(impact.rules),
        "kpis": {"before": _kpis(impact.before), "after": _kpis(impact.after)},
        "referrals": [_referral(change, impact) for change in impact.referrals],
    }
    return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"


def _side(side: Side) -> _Json:
    liability = str(rounded(side.liability, side.currency))
    owed = {part.value: str(rounded(side.owed(part), side.currency)) for part in Part}
    total = sum((side.owed(part) for part in Part), start=Decimal(0))
    return {
        "currency": side.currency,
        "liability": liability,
        **_totals(side.totals, side),
        "owed": {**owed, "total": str(rounded(total, side.currency))},
        "paid_out": str(rounded(side.paid_out, side.currency)),
    }


def _totals(totals: Totals, side: Side) -> _Json:
    return {state.value: str(rounded(totals[state], side.currency)) for state in State}


def _rules(changes: RuleChanges) -> _Json:
    return {
        "added": list(changes.added),
        "removed": list(changes.removed),
        "changed": [{"id": name, "keys": list(keys)} for name, keys in changes.changed],
        "reordered": changes.is_reordered,
        "others": list(changes.others),
    }


def _kpis(side: Side) -> _Json:
    present, month = side.kpis.present, side.kpis.months[-1]
    shares = {"reviewed": present.reviewed, "health": present.health, "risk": present.risk, "unknown": present.unknown}
    percents = {name: None if share.percent is None else str(share.percent) for name, share in shares.items()}
    return {**percents, "month": {"month": month.month, "target": month.target, "reviewed": month.reviewed}}


def _referral(change: ReferralChange, impact: Impact) -> _Json:
    return {
        "referral": change.referral_id,
        "before": None if change.before is None else _totals(change.before, impact.before),
        "after": None if change.after is None else _totals(change.after, impact.after),
        "lines": [
            {"rule": line.rule, "instalment": line.instalment, "before": _reward(line.before), "after": _reward(line.after)}
            for line in change.lines
        ],
        "paid_already": [_paid_already(each) for each in change.paid_already],
    }


def _paid_already(each: PaidAlready) -> _Json:
    paid, now = (None if amount is None else str(amount) for amount in (each.paid, each.now))
    return {"rule": each.rule, "instalment": each.instalment, "paid": paid, "now": now}


def _reward(reward: Reward | None) -> _Json | None:
    if reward is None:
        return None
    return {
        "amount": None if reward.amount is None else str(reward.amount),
        "state": reward.state.value,
        "code": None if reward.code is None else reward.code.value,
        "due_on": None if reward.due_on is None else reward.due_on.isoformat(),
        "paid": None if reward.paid is None else str(reward.paid),
    }
