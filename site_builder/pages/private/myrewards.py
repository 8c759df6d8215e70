"""What one referral brings its referrer, as far as it is theirs to know: what it is, when, and what it waits for.

Nothing of the friend's contract is told before there is a reward to be paid from it: neither the fee nor, by the number of
instalments, for how long it runs. So rates are the rule's own, and what is still open is one line without a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from site_builder.model.incentives import (
    AnyRule,
    Base,
    Commission,
    Donation,
    EventRule,
    GiftRule,
    Honour,
    IntroductionRule,
    Receiver,
)
from site_builder.rules.incentives.evaluation import Evaluation, Line
from site_builder.rules.incentives.trace import LineCode, State, StepName


class Hold(StrEnum):
    """Why a reward is not paid, as far as it is theirs to know."""

    OWN_FIRM = "own_firm"
    KNOWN_BEFORE = "known_before"
    POLICY = "policy"
    CLAUSE_UNKNOWN = "clause_unknown"
    UNSIGNED = "unsigned"
    NOT_THIS_TIME = "not_this_time"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Rate:
    """A part of a commission, as the rule has it: percent of what (a Base).

    first, last: the months it is for; first is None for what comes once, last None where it runs as long as the contract.
    """

    percent: Decimal
    of: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class RewardLine:
    """One reward, or one instalment of it: month, from 1, None for one-off lines and for all that is still open.

    amount: None where it is no sum, still open, or not to be had. on: when it was earned or paid, or will be due, None where that
    is not known yet or will not be. is_earned: by as_of, whatever holds it. is_cut: by a cap. hold: None for none. version: of
    the terms to sign, where these are what it waits for and some were in force.
    """

    month: int | None
    amount: Decimal | None
    state: State
    on: date | None
    is_earned: bool
    is_cut: bool
    hold: Hold | None
    version: str | None


@dataclass(frozen=True, slots=True)
class Reward:
    """What a rule brings for one referral. what: of a gift, an event, an honour; charity: to whom a donation goes.

    rates: how a commission is reckoned, () for all else and where nothing of it is to be had.
    """

    title: str
    plain: str
    what: str | None
    charity: str | None
    is_cash: bool
    lines: tuple[RewardLine, ...]
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """Money so far, over all their referrals."""

    paid: Decimal
    due: Decimal
    earned: Decimal
    expected: Decimal


_NOT_TO_BE_HAD = frozenset({Hold.OWN_FIRM, Hold.KNOWN_BEFORE, Hold.POLICY, Hold.NOT_THIS_TIME, Hold.ENDED})
_KEPT = frozenset({LineCode.CLAUSE_UNKNOWN, LineCode.UNSIGNED})
"""Why a reward is kept for them: mend it, and it is theirs, unless it came to nothing meanwhile."""
_HOLDS: Mapping[LineCode | None, Hold] = {
    LineCode.SELF_REFERRAL: Hold.OWN_FIRM,
    # Both say of others what is not theirs to know; "we knew them already" is true of either.
    LineCode.EXISTING_CLIENT: Hold.KNOWN_BEFORE,
    LineCode.DUPLICATE: Hold.KNOWN_BEFORE,
    LineCode.POLICY: Hold.POLICY,
    LineCode.CLAUSE_UNKNOWN: Hold.CLAUSE_UNKNOWN,
    LineCode.UNSIGNED: Hold.UNSIGNED,
    LineCode.LOST: Hold.NOT_THIS_TIME,
    LineCode.ENDED: Hold.ENDED,
}
"""A cap is none of them: it cuts, which is told of the line."""
_OVER = {StepName.LOST: Hold.NOT_THIS_TIME, StepName.ENDED: Hold.ENDED}
_TO_COME = frozenset({State.EXPECTED, State.WITHHELD})


def rewards(evaluation: Evaluation, as_of: date, *, is_won: bool) -> tuple[Reward, ...]:
    """Return what each rule brings the referrer, in the order of rules; () where nothing applies. is_won: whether it is now."""
    lines = [line for line in evaluation.lines if line.rule.to is Receiver.REFERRER]
    return tuple(_reward(list(group), as_of, is_won=is_won) for _, group in groupby(lines, key=lambda line: line.rule.id))


def waits_for_signature(evaluation: Evaluation) -> bool:
    """Say whether signing the terms is among what a reward of theirs still waits for."""
    return any(
        line.rule.to is Receiver.REFERRER
        and _hold(line) in {Hold.UNSIGNED, Hold.CLAUSE_UNKNOWN}
        and any(step.name is StepName.UNSIGNED for step in line.steps)
        for line in evaluation.lines
    )


def sums(found: Iterable[Reward]) -> Sums | None:
    """Return the money in question; None where none is to be had, so that nobody meets a payout screen for nothing."""
    lines = [line for each in found if each.is_cash for line in each.lines if line.hold not in _NOT_TO_BE_HAD]
    if not lines:
        return None
    by_state = {
        state: sum((line.amount for line in lines if line.state is state and line.amount is not None), start=Decimal(0))
        for state in State
    }
    return Sums(by_state[State.PAID], by_state[State.DUE], by_state[State.EARNED], by_state[State.EXPECTED])


def _reward(lines: Sequence[Line], as_of: date, *, is_won: bool) -> Reward:
    rule = lines[0].rule
    told = tuple(_line(line, as_of) for line in lines)
    return Reward(
        title=rule.title,
        plain=rule.plain,
        what=rule.what if isinstance(rule, GiftRule | EventRule | Honour | IntroductionRule) else None,
        charity=rule.charity if isinstance(rule, Donation) else None,
        is_cash=lines[0].is_cash,
        lines=_gathered(told, is_won=is_won) if isinstance(rule, Commission) else told,
        rates=tuple(_rates(rule)) if any(line.hold not in _NOT_TO_BE_HAD for line in told) else (),
    )


def _gathered(lines: tuple[RewardLine, ...], *, is_won: bool) -> tuple[RewardLine, ...]:
    """Make one line of all that is open or will not come: sums, and the number of months, tell of the friend's contract."""
    to_come = [line for line in lines if line.state in _TO_COME]
    if not to_come or (is_won and any(line.hold not in _NOT_TO_BE_HAD for line in to_come)):
        return lines
    first = to_come[0]
    one = replace(
        first,
        month=None,
        amount=None,
        state=State.WITHHELD if first.hold else State.EXPECTED,
        on=None,
        is_earned=False,
        is_cut=False,
    )
    return (*(line for line in lines if line.state not in _TO_COME), one)


def _line(line: Line, as_of: date) -> RewardLine:
    hold = _hold(line)
    is_to_be_had = hold not in _NOT_TO_BE_HAD
    # What a discount is worth in all would tell the fee.
    is_sum = line.is_cash or isinstance(line.rule, Donation)
    return RewardLine(
        month=line.instalment,
        amount=line.amount if is_to_be_had and is_sum else None,
        state=line.state,
        on=_day(line) if is_to_be_had else None,
        is_earned=is_to_be_had and line.milestone_on is not None and line.milestone_on <= as_of,
        is_cut=line.code is LineCode.CAPPED,
        hold=hold,
        version=_version(line) if hold is Hold.UNSIGNED else None,
    )


def _hold(line: Line) -> Hold | None:
    """Return why a line is withheld. What came to nothing waits for no signature: that would release nothing."""
    if line.state is not State.WITHHELD:
        return None
    over = next((_OVER[step.name] for step in line.steps if step.name in _OVER), None) if line.code in _KEPT else None
    return over or _HOLDS.get(line.code)


def _day(line: Line) -> date | None:
    if line.state is State.PAID:
        return line.paid_on
    return line.milestone_on if line.state is State.WITHHELD else line.due_on


def _version(line: Line) -> str | None:
    versions = (step.values.get("version") for step in line.steps if step.name is StepName.UNSIGNED)
    return next((str(version) for version in versions if version is not None), None)


def _rates(rule: AnyRule) -> Iterable[Rate]:
    """Yield how a commission is reckoned, without what it is reckoned from: that is the friend's fee."""
    for part in rule.parts if isinstance(rule, Commission) else ():
        is_monthly = part.of is Base.MONTHLY_FEE
        yield Rate(part.percent, part.of.value, part.from_ if is_monthly else None, part.to if is_monthly else None)
