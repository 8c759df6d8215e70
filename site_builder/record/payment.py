"""A reward that was handed over: which line of the reckoning it is, and whether it may be (domain, "Incentives", step 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from site_builder.model.incentives import Base, EventRule, GiftRule, Honour, IntroductionRule, Milestone
from site_builder.model.portal import Portal
from site_builder.model.tables import Payout, Referral
from site_builder.record.refusal import RefusedError, row
from site_builder.record.wish import Wish, meant
from site_builder.rules.incentives.evaluation import Line
from site_builder.rules.incentives.spans import spanned
from site_builder.rules.incentives.trace import LineCode, State, Step, StepName
from site_builder.rules.programme import Programme

_IN_KIND: Final = (GiftRule, EventRule, Honour, IntroductionRule)
_PAYABLE: Final = frozenset({State.DUE, State.EARNED})
_MILESTONES: Final[Mapping[Milestone, str]] = MappingProxyType(
    {
        Milestone.RECEIVED: "when the referral comes",
        Milestone.QUALIFIED: "when the referral is qualified",
        Milestone.WON: "when the referral is won",
        Milestone.PAID: "when the customer has paid for the first time (first_paid_on)",
    }
)
_COLUMNS: Final[Mapping[Base, str]] = MappingProxyType(
    {
        Base.FIRST_YEAR_REVENUE: "first_year_revenue or monthly_fee",
        Base.SETUP_FEE: "setup_fee",
        Base.FIRST_MONTH: "monthly_fee",
        Base.MONTHLY_FEE: "monthly_fee",
    }
)
_REASONS: Final[Mapping[LineCode, str]] = MappingProxyType(
    {
        LineCode.SELF_REFERRAL: "the prospect is the referrer's own firm",
        LineCode.EXISTING_CLIENT: "the prospect was a client already",
        LineCode.DUPLICATE: "another referral of the same prospect came first",
        LineCode.POLICY: "the rules for the referrer's sector, or their own contract, forbid it",
        LineCode.CLAUSE_UNKNOWN: "nobody knows yet what the referrer's contract allows (kickback_clause in data/referrers.csv)",
        LineCode.UNSIGNED: "the referrer has not signed the agreement",
        LineCode.LOST: "the referral is lost",
        LineCode.ENDED: "the contract ended before it was due",
        LineCode.CAPPED: "the cap of this incentive is used up",
    }
)

Key = tuple[str, int | None]
"""A rule's id and the number of an instalment, None for what is paid once."""
_MOST: Final = 3  # reasons told of instalments that cannot be paid together
_CELLS: Final = ("referral_id", "rule", "instalment", "paid_on", "amount")


@dataclass(frozen=True, slots=True)
class Payment:
    """A row for payouts.csv. amount: None for what is no money; due_on: where that is later than paid_on, else None."""

    referral_id: str
    rule: str
    instalment: int | None
    paid_on: date
    amount: Decimal | None
    due_on: date | None = None

    def cells(self) -> Mapping[str, str]:
        """Return the row's columns and their text, "" for what it has not."""
        texts = {name: getattr(self, name) for name in _CELLS}
        return {name: "" if value is None else str(value) for name, value in texts.items()}

    def payout(self) -> Payout:
        """Return the row as it will be read."""
        return Payout.model_validate({name: text for name, text in self.cells().items() if text})


def payments(portal: Portal, referral: Referral, wish: Wish) -> tuple[Payment, ...]:
    """Return the payouts that are meant: the instalments that are named, all of them, else the earliest line that is due.

    Reckoned as the rules stood on the day. What is earned and not due is taken where its instalment is named or an early payment
    is wished for. Raises RefusedError for what is withheld, not due by then or paid already, where several rewards may be meant,
    and for an instalment that would leave out one before it, unless an early payment is wished for.
    """
    name = referral.referral_id
    if wish.on < referral.received_on:
        raise RefusedError(f"{name} came on {referral.received_on}, so nothing was paid for it on {wish.on}")
    if referral.referrer_id is None:
        raise RefusedError(f"{name} names no referrer, so nobody is paid for it")
    evaluation = Programme(replace(portal, as_of=wish.on)).evaluations[name]
    # A payout may be written down for a later day than this one's; it is no less paid.
    paid = {(each.rule, each.instalment): each for each in portal.payouts if each.referral_id == name}
    hindrances = {
        _key(line): _hindrance(line, paid.get(_key(line)), evaluation.steps, wish) for line in evaluation.lines
    }  # "" for a line that can be paid
    lines = _payable(name, meant(evaluation, wish), hindrances, wish)
    if wish.instalments and not wish.is_early:
        _check_turn(lines, [line for line in evaluation.lines if line.rule.id == lines[0].rule.id and not hindrances[_key(line)]])
    return tuple(_payment(name, line, wish.on) for line in lines)


def _key(line: Line) -> Key:
    return line.rule.id, line.instalment


def _payable(name: str, lines: Sequence[Line], hindrances: Mapping[Key, str], wish: Wish) -> Sequence[Line]:
    """Return lines of one rule: those that are named where all of them can be paid, else the first that can."""
    stuck = {line.rule.id for line in lines if hindrances[_key(line)]} if wish.instalments else set()
    free = [line for line in lines if line.rule.id not in stuck and not hindrances[_key(line)]]
    if not free:
        raise RefusedError(_in_vain(name, lines, hindrances, wish))
    if len({line.rule.id for line in free}) > 1:
        raise RefusedError(f"several rewards of {name} may be meant; name one with --rule: {_choices(free)}")
    return free if wish.instalments else free[:1]


def _check_turn(lines: Sequence[Line], payable: Sequence[Line]) -> None:
    """Refuse to leave out an instalment that comes before a named one and waits to be paid: mostly it is paid as well.

    payable: all lines of the rule that could be paid.
    """
    named = {line.instalment for line in lines}
    last = max((line.instalment for line in lines if line.instalment is not None), default=0)
    left = [line.instalment for line in payable if line.instalment not in named and 0 < (line.instalment or 0) < last]
    if left:
        rule_id, one = lines[0].rule.id, len(left) == 1
        wait = f"instalment{'' if one else 's'} {spanned(left)} {'waits' if one else 'wait'} to be paid before {last}"
        both = f"--instalment {spanned((*left, *named))} ticks all of them off"
        raise RefusedError(f"{rule_id}, {wait}; {both}, --early --instalment {spanned(named)} leaves the others open")


def _payment(name: str, line: Line, on: date) -> Payment:
    amount = None if isinstance(line.rule, _IN_KIND) else line.amount
    return Payment(name, line.rule.id, line.instalment, on, amount, None if line.state is State.DUE else line.due_on)


def _hindrance(line: Line, paid: Payout | None, shared: Sequence[Step], wish: Wish) -> str:
    """Return why a line cannot be paid, "" where it can. shared: what holds for all lines."""
    if paid is not None:
        return f"was paid on {paid.paid_on} ({row(paid)})"
    if line.state is State.WITHHELD and line.code is not None:
        return f"is withheld because {_REASONS[line.code]}{_detail(line.code, (*line.steps, *shared))}"
    if line.state not in _PAYABLE:
        earned = f"on {line.milestone_on}" if line.milestone_on is not None else _MILESTONES[_waits_for(line)]
        return f"is earned only {earned}"
    if line.amount is None and not isinstance(line.rule, _IN_KIND):
        return _open(line)
    if line.state is State.DUE or wish.is_early or wish.instalments:
        return ""
    option = "--early" if line.instalment is None else f"--instalment {line.instalment}"
    return f"is due only on {line.due_on}; {option} pays it now"


def _detail(code: LineCode, steps: Iterable[Step]) -> str:
    """Return what names the fault more closely, by ids and days alone."""
    step = next((step for step in steps if step.name.value == code.value), None)
    match code, step:
        case ((LineCode.SELF_REFERRAL | LineCode.EXISTING_CLIENT), Step(values=values)):
            return f" ({values['client']})"
        case LineCode.DUPLICATE, Step(values=values):
            return f" ({values['referral']}, {values['on']})"
        case LineCode.UNSIGNED, Step(values={"version": version}):
            return f", version {version}"
    return ""


def _waits_for(line: Line) -> Milestone:
    """Return what has to happen first: an instalment may wait for the win, whatever its rule waits for."""
    waits = [Milestone(str(step.values["milestone"])) for step in line.steps if step.name is StepName.WAITS_FOR]
    return waits[0] if waits else line.rule.earned_when


def _open(line: Line) -> str:
    """Say why a reward in money has no amount."""
    columns = dict.fromkeys(_COLUMNS[Base(str(step.values["of"]))] for step in line.steps if step.name is StepName.BASE_UNKNOWN)
    if columns:
        return f"has no amount until {' and '.join(columns)} of the referral {'is' if len(columns) == 1 else 'are'} filled in"
    return "is worth nothing yet, for no tier is reached"


def _in_vain(name: str, lines: Sequence[Line], hindrances: Mapping[Key, str], wish: Wish) -> str:
    """Say why the lines cannot be paid, and which of those that are named can."""
    stuck = [line for line in lines if hindrances[_key(line)]]
    free = [line.instalment for line in lines if not hindrances[_key(line)]]
    if not (wish.instalments and free):
        return f"nothing of {name} can be paid on {wish.on}: {'; '.join(_each_once(stuck, hindrances))}"
    why = [_said(line, hindrances) for line in stuck[:_MOST]] + (["and more"] if len(stuck) > _MOST else [])
    return f"of {name}, not all of that can be paid on {wish.on}: {'; '.join(why)}; --instalment {spanned(free)} can be"


def _each_once(lines: Iterable[Line], hindrances: Mapping[Key, str]) -> Iterable[str]:
    """Return for each rule why its next line cannot be paid; of a rule that is paid to the end, when that was."""
    told: dict[str, str] = {}
    done: set[str] = set()
    for line in lines:
        if line.rule.id not in done:
            told[line.rule.id] = _said(line, hindrances)
            if not hindrances[_key(line)].startswith("was paid"):
                done.add(line.rule.id)
    return told.values()


def _said(line: Line, hindrances: Mapping[Key, str]) -> str:
    number = "" if line.instalment is None else f", instalment {line.instalment},"
    return f"{line.rule.id}{number} {hindrances[_key(line)]}"


def _choices(lines: Iterable[Line]) -> str:
    return ", ".join(dict.fromkeys(f"{line.rule.id} ({line.state})" for line in lines))
