"""What referrals earn as people read it: a few of them line by line, many of them a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from site_builder.cli.speaking import NOTHING, heading
from site_builder.cli.table import Cell, Column, Dye, Row, Screen, paragraph, table
from site_builder.model.portal import Portal
from site_builder.model.tables import Referral, Status
from site_builder.reasons import Speaker, reason, said
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


def in_full(evaluations: Sequence[Evaluation], as_of: date, words: Speaker, on: Screen) -> str:
    """Return each referral with its lines, their reasons and its totals."""
    blocks = ["".join(_whole(each, as_of, words, on)) for each in evaluations]
    has_lines = any(each.lines for each in evaluations)
    return "\n".join([*blocks, paragraph(_READER, on)] if has_lines else blocks)


def in_short(evaluations: Sequence[Evaluation], portal: Portal, on: Screen) -> str:
    """Return a line a referral with its cash in each state, what they come to, and what else is due."""
    if not evaluations:
        return paragraph(f"Nobody had sent a referral by {portal.as_of}, so there is nothing to explain.", on)
    currency = portal.settings.currency
    totals = {state: sum((each.totals()[state] for each in evaluations), start=Decimal(0)) for state in State}
    last = Row((Cell("in all", Dye.BOLD), "", "", *_amounts(totals, currency), ""))
    rows = [_short(each, portal.as_of, currency) for each in evaluations]
    others = Counter(line.rule.id for each in evaluations for line in each.lines if _is_other(line))
    due = ", ".join(f"{rule} ({count})" for rule, count in sorted(others.items()))
    return "".join(
        (
            heading(f"What was sent by {portal.as_of} earns, cash in {currency}", on),
            table(_REFERRALS, [*rows, last], on),
            paragraph(f"Due, and not cash to a referrer: {due}." if due else "", on),
            paragraph(f"portal explain {evaluations[-1].referral.referral_id} says it line by line, with reasons.", on),
        )
    )


def _whole(found: Evaluation, as_of: date, words: Speaker, on: Screen) -> Iterator[str]:
    referral, referrer = found.referral, found.referrer
    yield heading(f"{referral.referral_id}: {referral.prospect}", on)
    sender = f" from {referrer.name} ({referrer.referrer_id})" if referrer else ", sent by nobody, so it earns no reward"
    yield paragraph(f"received {referral.received_on}{sender}; status: {_status(referral, as_of).value}", on)
    for step in found.steps:
        yield paragraph(f"for every reward: {said(step, words)}{_rows_meant(step)}", on)
    if referrer is None:
        return
    if not found.lines:
        yield paragraph("No incentive is for them: none fits their audience and the day it was received.", on)
        return
    yield table(_LINES, tuple(_rows(found.lines, words)), on)
    cash = [f"{words.money(amount)} {state.value}" for state, amount in found.totals().items() if amount]
    yield paragraph(f"cash to the referrer: {', '.join(cash) or 'none'}", on)


def _rows(lines: Sequence[Line], words: Speaker) -> Iterator[Row]:
    """Yield a row a line; a reason that is the next line's as well stands below the last of them."""
    reasons = [(line.rule.id, reason(line, words)) for line in lines]
    for line, present, following in zip(lines, reasons, [*reasons[1:], None], strict=True):
        yield Row(tuple(_cells(line, words)), "" if present == following else present[1])


def _cells(line: Line, words: Speaker) -> Iterator[Cell | str]:
    yield line.rule.id
    yield "" if line.instalment is None else str(line.instalment)
    yield line.rule.to.value
    yield NOTHING if line.amount is None else words.money(line.amount)
    yield Cell(line.state.value, _DYES[line.state])
    yield line.milestone_on.isoformat() if line.milestone_on else ""
    yield line.due_on.isoformat() if line.due_on else ""


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


def _short(found: Evaluation, as_of: date, currency: str) -> Row:
    referral = found.referral
    codes = dict.fromkeys(line.code.value for line in found.lines if line.code is not None)
    amounts = _amounts(found.totals(), currency)
    return Row((referral.referral_id, referral.referrer_id or "", _status(referral, as_of).value, *amounts, ", ".join(codes)))


def _amounts(totals: Mapping[State, Decimal], currency: str) -> Iterator[Cell]:
    """Yield the cash of each state, nothing for 0."""
    for state, amount in totals.items():
        yield Cell(f"{rounded(amount, currency):,f}" if amount else "", _DYES[state])


def _is_other(line: Line) -> bool:
    return line.state is State.DUE and not line.is_cash
