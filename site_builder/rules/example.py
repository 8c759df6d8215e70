"""What a rule comes to on a made-up customer: by the rules that pay real referrals, so that page and payout never disagree.

Only the rule and the example customer are handed to them: no table, no policy, nobody's preference.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from site_builder.model.incentives import ALL_AUDIENCES, AnyRule, Commission, Discount, Example, Incentives, Tiered
from site_builder.model.portal import Portal
from site_builder.model.public import ExampleStep, WorkedExample
from site_builder.model.tables import Audience, Clause, Referral, Referrer, ReferrerKind, Status
from site_builder.rules.calendar import plus_months
from site_builder.rules.incentives import evaluations
from site_builder.rules.incentives.trace import State

WORKED = (Commission, Tiered, Discount)
"""The types of reward that need an example; a fixed sum says what it is by itself."""
MOST_CLIENTS = 12
"""In how many won referrals of a year an example is worked at most: one a month."""
# On the last day of a year, so that months 1 to 12 fall into one calendar year and its cap.
_WON_ON = date(2000, 12, 31)
_NOTHING = Decimal(0)
_YEAR = 12

_Sums = Mapping[tuple[str, int], Decimal]
"""By referral and by month, 0 for what is paid at once."""


def worked(portal: Portal, rule: AnyRule) -> WorkedExample | None:
    """Return what a rule comes to on the portal's example customer, or on several in one year where it grows with them.

    None without an example, for a reward that needs none, and where nothing would come of it.
    """
    example = portal.incentives.example
    if example is None or not isinstance(rule, WORKED):
        return None
    clients = min(max(tier.nth for tier in rule.tiers), MOST_CLIENTS) if isinstance(rule, Tiered) else 1
    bare = rule.model_copy(update={"audiences": ALL_AUDIENCES, "valid_from": None, "valid_to": None, "needs_agreement": False})
    uncut = _sums(portal, bare.model_copy(update={"cap_per_referral": None, "cap_per_year": None}), example, clients)
    cut = _sums(portal, bare, example, clients)
    steps = _by_clients(uncut, cut) if isinstance(rule, Tiered) else _by_years(uncut, cut)
    total, before = sum(cut.values(), start=_NOTHING), sum(uncut.values(), start=_NOTHING)
    return WorkedExample(isinstance(rule, Tiered), steps, total, is_cut=total < before) if total else None


def _sums(portal: Portal, rule: AnyRule, example: Example, clients: int) -> _Sums:
    """Return what each line of each made-up referral comes to once everything that can happen has happened."""
    made = Portal(
        as_of=date.max,
        settings=portal.settings,
        positioning=portal.positioning,
        incentives=Incentives(rules=(rule,)),
        referrers=(_REFERRER,),
        referrals=tuple(_referral(number, example) for number in range(1, clients + 1)),
    )
    return {
        (referral_id, line.instalment or 0): line.amount if line.amount and line.state is not State.WITHHELD else _NOTHING
        for referral_id, evaluation in evaluations(made).items()
        for line in evaluation.lines
    }


_REFERRER = Referrer.model_construct(
    referrer_id="referrer",
    name="Referrer",
    audience=Audience.PARTNER,
    kind=ReferrerKind.PARTNER,
    kickback_clause=Clause.NONE,
)


def _referral(number: int, example: Example) -> Referral:
    """Return a prospect who was sent, fitted, signed and paid on one day, and stays as long as the example says."""
    return Referral.model_construct(
        referral_id=f"{number:02}",
        referrer_id=_REFERRER.referrer_id,
        prospect=f"Prospect {number:02}",
        status=Status.WON,
        received_on=_WON_ON,
        qualified_on=_WON_ON,
        won_on=_WON_ON,
        first_paid_on=_WON_ON,
        ended_on=plus_months(_WON_ON, example.months),
        monthly_fee=example.monthly_fee,
        setup_fee=example.setup_fee,
        contract_months=example.months,
        source="referral",
    )


def _by_clients(uncut: _Sums, cut: _Sums) -> tuple[ExampleStep, ...]:
    """Return a step for each run of clients who bring the same; those below the first tier bring nothing and are left out."""
    rows = [(number, uncut[key], cut[key]) for number, key in enumerate(sorted(uncut), start=1)]
    return tuple(_step(list(group)) for each, group in groupby(rows, key=itemgetter(1)) if each)


def _by_years(uncut: _Sums, cut: _Sums) -> tuple[ExampleStep, ...]:
    """Return what is paid at once as a step without months, then a step for each year of months."""
    rows = [(key[1], uncut[key], cut[key]) for key in sorted(uncut) if uncut[key]]
    return tuple(_step(list(group)) for _year, group in groupby(rows, key=lambda row: (row[0] + _YEAR - 1) // _YEAR))


def _step(rows: list[tuple[int, Decimal, Decimal]]) -> ExampleStep:
    """Return months or clients that stand together, each with its sum before and after caps, as one step."""
    sums = {before for _number, before, _after in rows}
    return ExampleStep(
        first=rows[0][0],
        last=rows[-1][0],
        count=len(rows),
        each=sums.pop() if len(sums) == 1 else None,
        before=sum((before for _number, before, _after in rows), start=_NOTHING),
        amount=sum((after for _number, _before, after in rows), start=_NOTHING),
    )
