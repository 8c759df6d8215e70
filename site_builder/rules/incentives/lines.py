"""From what a reward is worth to how far it has come: its days, what holds it, whether it is paid (domain, "Incentives", 7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from site_builder.model.incentives import Milestone
from site_builder.model.tables import Payout
from site_builder.rules.calendar import plus_months
from site_builder.rules.incentives.choice import Granted
from site_builder.rules.incentives.course import Course
from site_builder.rules.incentives.evaluation import Line
from site_builder.rules.incentives.trace import LineCode, State, Step, StepName, Value
from site_builder.rules.incentives.worth import Worth

_LOST = Step(StepName.LOST, {})
_WAITS_FOR = {milestone: Step(StepName.WAITS_FOR, {"milestone": milestone}) for milestone in Milestone}
_TO_BE_WON = (_WAITS_FOR[Milestone.WON],)
_CODES = {StepName(code.value): code for code in LineCode if code is not LineCode.CAPPED}


@dataclass(frozen=True, slots=True)
class Case:
    """A referral as its lines see it. void: why there is no claim; unsigned: what was not signed; None for neither."""

    referral_id: str
    course: Course
    void: Step | None
    unsigned: Step | None


class Lines:
    """Makes lines. Days that many lines share, and their steps, are worked out once."""

    def __init__(self, payouts: Iterable[Payout], as_of: date) -> None:
        self._paid = _first_paid(payouts, as_of)
        self._as_of = as_of
        self._instalments: dict[tuple[date, int], date] = {}
        self._reached: dict[tuple[Milestone, date], Step] = {}
        self._dues: dict[tuple[date, int], tuple[date, tuple[Step]]] = {}

    def of(self, case: Case, grant: Granted, worths: Iterable[Worth]) -> Iterator[Line]:
        """Return the lines of one rule; instalments after the end of the contract do not exist, reached or not.

        A line's code is its first hold in the order of the domain's steps. Its own steps name all holds, and so show whether
        mending one is enough; of a void referral they name that alone. What was paid out is paid, whatever should have held it:
        the owner sees where the money is, and the code tells what was wrong.
        """
        rule, course = grant.rule, case.course
        reached_on = course.reached_on(rule.earned_when)
        told = self._told(grant, reached_on)
        held = _held(case, grant)
        may_fall = not case.void and (course.is_lost or course.ended_on is not None)
        for instalment, amount, worth_steps in worths:
            milestone_on = reached_on
            waits: tuple[Step, ...] = ()
            if instalment is not None:
                falls_on = self._falls_on(course, instalment)
                if falls_on and course.ended_on and course.ended_on < falls_on:
                    break
                milestone_on = falls_on if reached_on else None
                waits = _TO_BE_WON if reached_on and falls_on is None else ()
            due_on, due_steps = self._due(milestone_on, rule.wait_days)
            holds = (*held, *self._fallen(course, instalment, milestone_on, due_on)) if may_fall else held
            payout = self._paid.get((case.referral_id, rule.id, instalment))
            yield Line(
                rule,
                instalment,
                amount,
                self._state(payout, holds, milestone_on, due_on),
                milestone_on,
                due_on,
                _CODES[holds[0].name] if holds else None,
                payout.paid_on if payout else None,
                (*worth_steps, *told, *waits, *due_steps, *(_paid(payout) if payout else ()), *holds),
            )

    def _told(self, grant: Granted, reached_on: date | None) -> tuple[Step, ...]:
        """Why this reward, and what has to happen first."""
        milestone = grant.rule.earned_when
        if reached_on is None:
            step = _WAITS_FOR[milestone]
        else:
            step = self._reached.setdefault(
                (milestone, reached_on), Step(StepName.REACHED, {"milestone": milestone, "on": reached_on})
            )
        return (step,) if grant.reason is None else (grant.reason, step)

    def _falls_on(self, course: Course, instalment: int) -> date | None:
        """Instalments are counted from won_on, never from one another: 31 January + 2 months is 31 March. No day until won."""
        if course.won_on is None:
            return None
        key = course.won_on, instalment
        day = self._instalments.get(key)
        if day is None:
            day = self._instalments[key] = plus_months(course.won_on, instalment)
        return day

    def _due(self, milestone_on: date | None, wait_days: int) -> tuple[date | None, tuple[Step, ...]]:
        if milestone_on is None:
            return None, ()
        key = milestone_on, wait_days
        due = self._dues.get(key)
        if due is None:
            # Owners may wait for longer than the calendar lasts.
            due_on = milestone_on + timedelta(min(wait_days, (date.max - milestone_on).days))
            step = Step(StepName.DUE, {"on": due_on, "wait_days": wait_days, "after": milestone_on})
            due = self._dues[key] = due_on, (step,)
        return due

    def _fallen(self, course: Course, instalment: int | None, milestone_on: date | None, due_on: date | None) -> tuple[Step, ...]:
        """Say what came between: the prospect was lost before the milestone, or the contract ended before the day it was due.

        Instalments end with a contract and are not withheld for it. Those after the day on which a won referral was lost are; of
        a loss without a day nobody knows that it came before anything, and what is reached by as_of stays.
        """
        last = self._as_of if instalment is None or course.lost_on is None else course.lost_on
        is_reached = milestone_on is not None and milestone_on <= last
        lost = (_LOST,) if course.is_lost and not is_reached else ()
        if instalment is None and course.ended_on is not None and (due_on is None or course.ended_on < due_on):
            return (*lost, Step(StepName.ENDED, {"on": course.ended_on}))
        return lost

    def _state(self, payout: Payout | None, holds: tuple[Step, ...], milestone_on: date | None, due_on: date | None) -> State:
        if payout is not None:
            return State.PAID
        if holds:
            return State.WITHHELD
        if milestone_on is None or due_on is None or milestone_on > self._as_of:
            return State.EXPECTED
        return State.DUE if due_on <= self._as_of else State.EARNED


def _first_paid(payouts: Iterable[Payout], as_of: date) -> Mapping[tuple[str, str, int | None], Payout]:
    found: dict[tuple[str, str, int | None], Payout] = {}
    for payout in payouts:
        key = payout.referral_id, payout.rule, payout.instalment
        if payout.paid_on <= as_of and (key not in found or payout.paid_on < found[key].paid_on):
            found[key] = payout
    return found


def _held(case: Case, grant: Granted) -> tuple[Step, ...]:
    if case.void is not None:
        return (case.void,)
    held = () if grant.hold is None else (grant.hold,)
    return held if case.unsigned is None or not grant.rule.needs_agreement else (*held, case.unsigned)


def _paid(payout: Payout) -> tuple[Step]:
    amount: dict[str, Value] = {} if payout.amount is None else {"amount": payout.amount}
    return (Step(StepName.PAID, {"on": payout.paid_on, **amount}),)
