"""What happened to a referral: days in its row, or a payout more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from site_builder.cli.arguments import Arguments
from site_builder.cli.loaded import unknown
from site_builder.cli.recordedit import Change, allowed, joined, with_rows
from site_builder.cli.speaking import speaker
from site_builder.edit import change_cells
from site_builder.model.portal import Portal
from site_builder.model.tables import Payout, Referral
from site_builder.record import Payment, Tick, Wish, changed_cells, following, missing, payments, row, ticked
from site_builder.rules.incentives.spans import spanned

_KEY: Final = "referral_id"


def ticked_off(portal: Portal, on: date, arguments: Arguments) -> Change | None:
    """Return the change of a referral's row; None where it says so already."""
    before, tick = _referral(portal, arguments.row), Tick(arguments.step)
    after = allowed(lambda: ticked(before, tick, on))
    cells = changed_cells(before, after)
    if not cells:
        return None
    name = before.referral_id
    changed = replace(portal, referrals=tuple(after if each is before else each for each in portal.referrals))
    match tick:
        case Tick.THANKED:
            said = f"{before.referrer_id} was thanked for {name} on {on}."
        case Tick.TOLD:
            former = before.outcome_told_on
            instead = f" (it said {former}, which was before the outcome)" if former is not None else ""
            said = f"{before.referrer_id} was told on {on} what became of {name}{instead}."
        case _:
            said = f"{name} is {tick} since {after.status_on}."
    needs = _to_fill_in(changed, before) if tick is Tick.WON else ""
    next_is = "; ".join(filter(None, (following(changed, name), needs)))
    return Change(_KEY, lambda content: change_cells(content or b"", {name: cells}, key=_KEY), said, next_is)


def paid(portal: Portal, on: date, arguments: Arguments) -> Change:
    """Return the change of the payouts: a row more for each line that is paid, or a table with them."""
    referral = _referral(portal, arguments.row)
    rules = [rule.id for rule in portal.incentives.rules]
    if arguments.rule is not None and arguments.rule not in rules:
        raise unknown("incentive", arguments.rule, rules)
    wish = Wish(on, arguments.rule, arguments.instalment or (), is_early=arguments.early)
    made = allowed(lambda: payments(portal, referral, wish))
    changed = replace(portal, payouts=(*portal.payouts, *(each.payout() for each in made)))
    return Change(
        _KEY,
        lambda former: with_rows(former, Payout, [each.cells() for each in made], _KEY),
        _handed_over(made, portal),
        following(changed, referral.referral_id),
    )


def _referral(portal: Portal, typed: str) -> Referral:
    referrals = {each.referral_id: each for each in portal.referrals}
    if typed not in referrals:
        raise unknown("referral", typed, referrals)
    return referrals[typed]


def _to_fill_in(changed: Portal, before: Referral) -> str:
    columns = missing(changed, before.referral_id)
    return f"fill in {joined(columns)} ({row(before)}), for rewards are reckoned from that" if columns else ""


def _handed_over(made: Sequence[Payment], portal: Portal) -> str:
    first, is_one = made[0], len(made) == 1
    numbers = spanned(each.instalment for each in made)
    which = f", {'instalment' if is_one else 'instalments'} {numbers}," if numbers != spanned([None]) else ""
    amounts = [each.amount for each in made if each.amount is not None]
    amount = f" with {speaker(portal).money(sum(amounts, start=Decimal(0)))}" if amounts else ""
    early = [each.due_on for each in made if each.due_on is not None]
    before = "" if not early else f", before it is due on {early[0]}" if is_one else f", {len(early)} of them before they are due"
    return f"{first.rule}{which} of {first.referral_id} {'is' if is_one else 'are'} paid{amount} on {first.paid_on}{before}."
