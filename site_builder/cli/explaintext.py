"""What referrals earn as people read it: a few of them line by line, many of them a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from site_builder.cli.explainblocks import WHY, Block, blocks, is_releasable
from site_builder.cli.speaking import NOTHING, heading, speaker
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, paragraph, table
from site_builder.impact.money import Key, left, payouts_by_key, unexplained
from site_builder.model.portal import Portal
from site_builder.model.tables import Payout, Referral, Status
from site_builder.reasons import Speaker, said
from site_builder.record import row
from site_builder.rules.collections import won_on
from site_builder.rules.incentives.course import course
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import State, Step
from site_builder.rules.money import rounded

_DYES: Final[Mapping[State, Dye]] = MappingProxyType(
    {
        State.EXPECTED: Dye.DIM,
        State.EARNED: Dye.NONE,
        State.DUE: Dye.YELLOW,
        State.PAID: Dye.GREEN,
        State.WITHHELD: Dye.RED,
    }
)
_LINES: Final = (
    Column("rule"),
    Column("month", is_number=True),
    Column("to", is_spare=True),
    Column("amount", is_number=True),
    Column("state"),
    Column("earned"),
    Column("due"),
)
_REFERRALS: Final = (
    Column("referral"),
    Column("sent by", is_spare=True),
    Column("status"),
    *(Column(state.value, is_number=True) for state in State),
    Column("why", is_spare=True),
)
_READER: Final = 'The reasons are in the words that the referrer reads: "you" is the referrer.'


def in_full(evaluations: Sequence[Evaluation], portal: Portal, words: Speaker, on: Screen) -> str:
    """Return each referral with its lines, their reasons and its totals; before them, to whom the reasons speak."""
    payouts = payouts_by_key(portal.payouts, portal.as_of)
    texts = ["".join(_whole(each, payouts.get(each.referral.referral_id, {}), portal, words, on)) for each in evaluations]
    has_lines = any(each.lines for each in evaluations)
    return "\n".join([paragraph(_READER, on), *texts] if has_lines else texts)


def in_short(evaluations: Sequence[Evaluation], portal: Portal, on: Screen) -> str:
    """Return a line a referral with its cash in each state, what they come to, and what else is due."""
    if not evaluations:
        return paragraph(f"Nobody had sent a referral by {portal.as_of}, so there is nothing to explain.", on)
    currency = portal.settings.currency
    payouts = payouts_by_key(portal.payouts, portal.as_of)
    cash = [_cash(each, payouts.get(each.referral.referral_id, {})) for each in evaluations]
    totals = {state: sum((each[state] for each in cash), start=Decimal(0)) for state in State}
    last = Row((Cell("in all", Dye.BOLD), "", "", *_amounts(totals, currency), ""))
    rows = [_short(each, sums, portal.as_of, currency) for each, sums in zip(evaluations, cash, strict=True)]
    others = Counter(line.rule.id for each in evaluations for line in each.lines if _is_other(line))
    due = ", ".join(f"{rule} ({count})" for rule, count in sorted(others.items()))
    return "".join(
        (
            heading(f"What was sent by {portal.as_of} earns, cash in {currency}", on),
            table(_REFERRALS, [*rows, last], on),
            paragraph(_withheld(evaluations, totals[State.WITHHELD], portal), on),
            paragraph(f"Due, and not cash to a referrer: {due}." if due else "", on),
            paragraph(f"portal explain {evaluations[-1].referral.referral_id} says it line by line, with reasons.", on),
            paragraph(
                "portal explain --state due says what is due to whom, the oldest first." if _has_due(evaluations) else "", on
            ),
        )
    )


def _whole(found: Evaluation, payouts: Mapping[Key, Payout], portal: Portal, words: Speaker, on: Screen) -> Iterator[str]:
    referral, referrer = found.referral, found.referrer
    yield heading(f"{referral.referral_id}: {referral.prospect}", on)
    sender = f" from {referrer.name} ({referrer.referrer_id})" if referrer else ", sent by nobody, so it earns no reward"
    yield paragraph(f"received {referral.received_on}{sender}; status: {_status(referral, portal.as_of).value}", on)
    for step in found.steps:
        yield paragraph(f"for every reward: {said(step, words)}{_rows_meant(step)}", on)
    if referrer is None:
        return
    if not found.lines:
        yield paragraph("No incentive is for them: none fits their audience and the day it was received.", on)
    yield table(_LINES, [Row(tuple(_cells(block, words)), block.reason) for block in blocks(found.lines, words)], on)
    for payout in unexplained(found, payouts):
        yield paragraph(_loose(payout, words), on)
    cash = [f"{words.money(amount)} {state.value}" for state, amount in _cash(found, payouts).items() if amount]
    if found.lines or cash:
        yield paragraph(f"cash to the referrer: {', '.join(cash) or 'none'}", on)


def _cells(block: Block, words: Speaker) -> Iterator[Cell | str]:
    line, last = block.first, block.lines[-1]
    each, since = (" each", "from ") if block.is_several else ("", "")
    months = f"{line.instalment} to {last.instalment}" if block.is_several else str(line.instalment)
    yield line.rule.id
    yield "" if line.instalment is None else months
    yield line.rule.to.value
    yield NOTHING if block.amount is None else f"{words.money(block.amount)}{each}"
    yield Cell(line.state.value, _DYES[line.state])
    yield f"{since}{line.milestone_on}" if line.milestone_on else ""
    yield f"{since}{line.due_on}" if line.due_on else ""


def _loose(payout: Payout, words: Speaker) -> str:
    """Tell of a payout that no line explains."""
    what = "what is no money" if payout.amount is None else words.money(payout.amount)
    number = "" if payout.instalment is None else f", instalment {payout.instalment}"
    return f"also paid: {what} on {payout.paid_on} for {payout.rule}{number}, which is none of its rewards ({row(payout)})"


def _cash(found: Evaluation, payouts: Mapping[Key, Payout]) -> Mapping[State, Decimal]:
    """Return the referrer's cash in each state, as it left by payouts.csv where it is paid."""
    paid = [left(line) for line in found.lines if line.is_cash] + [payout.amount for payout in unexplained(found, payouts)]
    return {**found.totals(), State.PAID: sum((amount for amount in paid if amount is not None), start=Decimal(0))}


def _withheld(evaluations: Sequence[Evaluation], withheld: Decimal, portal: Portal) -> str:
    """Say how much of the cash withheld may still come; "" where none is."""
    lines = (line for each in evaluations for line in each.lines if line.is_cash and is_releasable(line))
    open_ = sum((line.amount for line in lines if line.amount is not None), start=Decimal(0))
    money = speaker(portal).money
    how = "once they sign, or say what their contract allows"
    told = f"Withheld: {money(open_)} can still be released ({how}), {money(withheld - open_)} cannot."
    return told if withheld else ""


def _has_due(evaluations: Sequence[Evaluation]) -> bool:
    return any(line.state is State.DUE for each in evaluations for line in each.lines)


def _rows_meant(step: Step) -> str:
    """Return the ids in a step, which the referrer is not told and the owner looks up; "" for none."""
    ids = [f"{table_of} {step.values[table_of]}" for table_of in ("client", "referral") if table_of in step.values]
    return f" ({', '.join(ids)})" if ids else ""


def _status(referral: Referral, as_of: date) -> Status:
    """Return how far a referral had come by a day: the table knows the present alone, and the days of what came before."""
    day = won_on(referral) if referral.status is Status.WON else referral.status_on
    if day is None or day <= as_of:
        return referral.status
    before = course(referral, as_of)
    if before.won_on is not None:
        return Status.WON
    return Status.RECEIVED if before.qualified_on is None else Status.QUALIFIED


def _short(found: Evaluation, cash: Mapping[State, Decimal], as_of: date, currency: str) -> Row:
    referral = found.referral
    whys = dict.fromkeys(WHY[line.code] for line in found.lines if line.code is not None)
    amounts = _amounts(cash, currency)
    return Row((referral.referral_id, referral.referrer_id or "", _status(referral, as_of).value, *amounts, ", ".join(whys)))


def _amounts(totals: Mapping[State, Decimal], currency: str) -> Iterator[Cell]:
    """Yield the cash of each state, nothing for 0."""
    for state, amount in totals.items():
        yield Cell(f"{rounded(amount, currency):,f}" if amount else "", _DYES[state])


def _is_other(line: Line) -> bool:
    return line.state is State.DUE and not line.is_cash
